// Generated from crds/ by `npm run generate`. Do not edit.

import type { CustomResourceDefinition } from './definition.ts';

/** Every kind of the group. */
export type Kind =
  | 'Customer'
  | 'DeviceClaim'
  | 'NetflixChargeFeed'
  | 'NetflixCharge'
  | 'NetflixDeviceRegistration'
  | 'NetflixSubscription'
  | 'VendorAccount'
  | 'VendorOperation'
  | 'VendorRecord'
  | 'VerizonDeviceDeletion';

/** The definitions as they stand in crds/, by kind. */
export const DEFINITIONS: Readonly<Record<Kind, CustomResourceDefinition>> = {
  "Customer": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "customers.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "Customer",
        "listKind": "CustomerList",
        "plural": "customers",
        "singular": "customer",
        "shortNames": [
          "cust"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Account",
              "type": "string",
              "jsonPath": ".spec.accountRef.name",
              "description": "The vendor account."
            },
            {
              "name": "Company",
              "type": "string",
              "jsonPath": ".status.companyId",
              "description": "The vendor's id of the company, once it is bound."
            },
            {
              "name": "Declared",
              "type": "integer",
              "jsonPath": ".status.devices.declared",
              "description": "Devices that claims declare for the company."
            },
            {
              "name": "Claimed",
              "type": "integer",
              "jsonPath": ".status.devices.claimed",
              "description": "Declared devices the company holds."
            },
            {
              "name": "Unmanaged",
              "type": "integer",
              "jsonPath": ".status.devices.unmanaged",
              "description": "Devices the company holds that no claim names."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether the company is bound."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Name",
              "type": "string",
              "jsonPath": ".spec.companyName",
              "priority": 1,
              "description": "The company's name at the vendor."
            },
            {
              "name": "Terms",
              "type": "string",
              "jsonPath": ".status.termsStatus",
              "priority": 1,
              "description": "Whether the company accepted the vendor's terms."
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A Customer is a company at a device vendor, to which DeviceClaims assign devices. It is found by companyId or by companyName; adoption says whether it may be taken over or created. Deleting a Customer never deletes the company: no vendor offers that.",
              "required": [
                "spec"
              ],
              "x-kubernetes-validations": [
                {
                  "rule": "!has(oldSelf.status) || !has(oldSelf.status.companyId) || self.spec.companyName == oldSelf.spec.companyName",
                  "fieldPath": ".spec.companyName",
                  "message": "companyName is frozen once status.companyId is set, because the vendor cannot rename a company. Create another Customer for the other company"
                },
                {
                  "rule": "!has(oldSelf.status) || !has(oldSelf.status.companyId) || !has(self.spec.companyId) || self.spec.companyId == oldSelf.status.companyId",
                  "fieldPath": ".spec.companyId",
                  "message": "this Customer is bound to the company in status.companyId. Set companyId to that value or leave it out; create another Customer for the other company"
                }
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "Which company it is.",
                  "required": [
                    "accountRef",
                    "companyName"
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount at which this company is a customer. Immutable.",
                      "required": [
                        "name"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "self.name == oldSelf.name",
                          "message": "accountRef is immutable. A company lives at one vendor account; create another Customer for the other account"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "companyName": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 256,
                      "description": "The company's name, exactly as the vendor shows it. Frozen once status.companyId is set. Two companies of this name stall the Customer with the reason AmbiguousCompany: then set companyId."
                    },
                    "companyId": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 64,
                      "description": "The vendor's id of the company: adopt exactly this one. Quote it in YAML: it is a string. Default: the company is looked up by companyName, and adoption decides. Once bound, it can only be equal to status.companyId."
                    },
                    "adoption": {
                      "type": "string",
                      "enum": [
                        "Never",
                        "Adopt",
                        "AdoptOrCreate"
                      ],
                      "default": "Adopt",
                      "description": "What to do without companyId. Never: nothing; wait for companyId. Adopt: take over the one company of that name. AdoptOrCreate: take it over or, if there is none, create it; that sends mail, cannot be undone, needs ownerEmails, and spends the account's guard.creations. Default Adopt."
                    },
                    "ownerEmails": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Who owns the company in the vendor's portal; needed and used only to create it. Google: the owners, Google accounts of the company. Samsung: the first one becomes super admin, a Samsung account. The vendor cannot read it back or change it.",
                      "items": {
                        "type": "string",
                        "maxLength": 254,
                        "pattern": "^[^@\\s]+@[^@\\s]+$",
                        "description": "A mail address."
                      }
                    },
                    "adminEmails": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Who else administers the company in the vendor's portal; used only to create it. Google only.",
                      "items": {
                        "type": "string",
                        "maxLength": 254,
                        "pattern": "^[^@\\s]+@[^@\\s]+$",
                        "description": "A mail address."
                      }
                    },
                    "languageCode": {
                      "type": "string",
                      "maxLength": 35,
                      "pattern": "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$",
                      "description": "The language of the vendor's mails to the company, for example de or pt-BR; used only to create it. Google only. Default: the vendor's."
                    },
                    "contact": {
                      "type": "object",
                      "description": "The person Samsung asks for when a company is created. Samsung creation only.",
                      "required": [
                        "firstName",
                        "lastName",
                        "country"
                      ],
                      "properties": {
                        "firstName": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 60,
                          "description": "First name, at most 60 characters."
                        },
                        "lastName": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 60,
                          "description": "Last name, at most 60 characters."
                        },
                        "country": {
                          "type": "string",
                          "maxLength": 2,
                          "pattern": "^[A-Z]{2}$",
                          "description": "The country, as two capital letters of ISO 3166-1, for example DE."
                        }
                      }
                    },
                    "unmanagedDevices": {
                      "type": "string",
                      "enum": [
                        "Report",
                        "Ignore"
                      ],
                      "default": "Report",
                      "description": "What to say about devices the company holds that no DeviceClaim names. Report: count them in status. Ignore: do not. They are never touched. Default Report."
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this company, that of its DeviceClaims too: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What was seen of the company, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "companyId": {
                      "type": "string",
                      "maxLength": 64,
                      "description": "The vendor's id of the company this Customer is bound to. Absent until it was found, adopted or created."
                    },
                    "termsStatus": {
                      "type": "string",
                      "maxLength": 64,
                      "description": "Whether the company accepted the vendor's terms: Accepted, NotAccepted, or Stale when they have changed since. Absent where the vendor does not tell (Samsung)."
                    },
                    "devices": {
                      "type": "object",
                      "description": "The company's devices.",
                      "properties": {
                        "declared": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that DeviceClaims declare for the company."
                        },
                        "claimed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Declared devices the company holds."
                        },
                        "unmanaged": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices the company holds that no DeviceClaim names. Absent when unmanagedDevices is Ignore."
                        }
                      }
                    },
                    "operations": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "VendorOperations in flight for the company itself, such as its creation.",
                      "items": {
                        "type": "object",
                        "description": "One operation.",
                        "required": [
                          "name"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the VendorOperation, in the namespace of this object."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "DeviceClaim": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "deviceclaims.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "DeviceClaim",
        "listKind": "DeviceClaimList",
        "plural": "deviceclaims",
        "singular": "deviceclaim",
        "shortNames": [
          "dclaim"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Customer",
              "type": "string",
              "jsonPath": ".spec.customerRef.name",
              "description": "Whom the devices belong to."
            },
            {
              "name": "Desired",
              "type": "integer",
              "jsonPath": ".status.devices.desired",
              "description": "Devices the claim declares."
            },
            {
              "name": "Claimed",
              "type": "integer",
              "jsonPath": ".status.devices.claimed",
              "description": "Declared devices that were seen at the customer."
            },
            {
              "name": "Pending",
              "type": "integer",
              "jsonPath": ".status.devices.pending",
              "description": "Devices with work still to do."
            },
            {
              "name": "Failed",
              "type": "integer",
              "jsonPath": ".status.devices.failed",
              "description": "Devices that need a person."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether every device is as declared."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Conflicted",
              "type": "integer",
              "jsonPath": ".status.devices.conflicted",
              "priority": 1,
              "description": "Devices another claim or another customer holds."
            },
            {
              "name": "Awaiting",
              "type": "integer",
              "jsonPath": ".status.devices.awaitingCustomer",
              "priority": 1,
              "description": "Devices the customer has yet to approve."
            },
            {
              "name": "Releasing",
              "type": "integer",
              "jsonPath": ".status.devices.releasing",
              "priority": 1,
              "description": "Devices that are being given back."
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A DeviceClaim says that these devices belong to this customer. Devices that enter the list are claimed at the vendor; what happens to devices that leave it, releasePolicy says. Only devices that were recorded as this customer's are ever released. While any source of the list is missing, unreadable, has a rejected row or is empty, nothing is released (condition ReleaseHeld); to release everything, delete the DeviceClaim.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "Which devices belong to whom.",
                  "required": [
                    "customerRef"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "has(self.devices) || has(self.devicesFrom)",
                      "message": "name the devices in devices, or in ConfigMaps named by devicesFrom. To release all of them, delete the DeviceClaim"
                    },
                    {
                      "rule": "!has(self.devices) || size(self.devices) <= 1000",
                      "fieldPath": ".devices",
                      "message": "at most 1,000 devices can be listed here. Put longer lists as CSV into ConfigMaps and name those in devicesFrom"
                    }
                  ],
                  "properties": {
                    "customerRef": {
                      "type": "object",
                      "description": "The Customer these devices belong to. Immutable.",
                      "required": [
                        "name"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "self.name == oldSelf.name",
                          "message": "customerRef is immutable. To move devices, add them to a DeviceClaim of the other Customer and take them out of this one"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the Customer, in the namespace of this object."
                        }
                      }
                    },
                    "orderNumber": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "Your order, sent to the vendor with each device and shown in its portal. A change is written to devices already held where the vendor allows it (Google). Default: none."
                    },
                    "releasePolicy": {
                      "type": "string",
                      "enum": [
                        "Unclaim",
                        "Keep"
                      ],
                      "default": "Keep",
                      "description": "What happens at the vendor to a device that leaves this claim, or when the claim is deleted. Keep: it stays the customer's, and is no longer managed. Unclaim: it is given back, within the account's guard. Default Keep."
                    },
                    "onVendorRelease": {
                      "type": "string",
                      "enum": [
                        "Report",
                        "Reclaim"
                      ],
                      "default": "Report",
                      "description": "What to do when the customer let go of a declared device behind our back. Report: say so and leave it. Reclaim: claim it again. Default Report."
                    },
                    "vendorParams": {
                      "type": "object",
                      "default": {},
                      "maxProperties": 20,
                      "description": "More values for the vendor's claim, by name: configurationId (Google), profileAliases (Samsung, separated by commas). Sent with a claim only; the vendor cannot read them back. At most 20. Default: none.",
                      "additionalProperties": {
                        "type": "string",
                        "maxLength": 1024,
                        "description": "The value, at most 1,024 characters."
                      }
                    },
                    "devices": {
                      "type": "array",
                      "maxItems": 100000,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The devices, at most 1,000; for more use devicesFrom. Both may be set, and are one list. Entries that share an identifier are the same device. A wrong check digit or a duplicate does not refuse the list: it fails that device alone, see status.failures.",
                      "items": {
                        "type": "object",
                        "description": "One device. Samsung: one of imei, serialNumber, meid. Other makes: imei and manufacturer, or serialNumber, manufacturer and model for a device without radio.",
                        "x-kubernetes-validations": [
                          {
                            "rule": "has(self.imei) || has(self.serialNumber) || has(self.meid)",
                            "message": "name the device by its imei, serialNumber or meid"
                          }
                        ],
                        "properties": {
                          "imei": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The IMEI, 15 digits; spaces, dashes and slashes are ignored. Quote it in YAML: it is a string. Of a device with two, the lower one."
                          },
                          "imei2": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The second IMEI of a device with two."
                          },
                          "serialNumber": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The serial number as the device itself reports it; upper and lower case count."
                          },
                          "meid": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The MEID, 14 hexadecimal or 18 decimal digits."
                          },
                          "manufacturer": {
                            "type": "string",
                            "maxLength": 128,
                            "description": "The maker, exactly as the vendor lists it, for example Google."
                          },
                          "model": {
                            "type": "string",
                            "maxLength": 128,
                            "description": "The model, exactly as the vendor lists it, for example Pixel 8."
                          }
                        }
                      }
                    },
                    "devicesFrom": {
                      "type": "array",
                      "maxItems": 64,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Longer lists, as CSV in ConfigMaps of this namespace. At most 64. A changed ConfigMap takes effect by itself.",
                      "items": {
                        "type": "object",
                        "description": "One list.",
                        "required": [
                          "configMapKeyRef"
                        ],
                        "properties": {
                          "configMapKeyRef": {
                            "type": "object",
                            "description": "Which key of which ConfigMap holds the list.",
                            "required": [
                              "name",
                              "key"
                            ],
                            "properties": {
                              "name": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 253,
                                "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                                "description": "Name of the ConfigMap, in the namespace of this object."
                              },
                              "key": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 253,
                                "pattern": "^[-._a-zA-Z0-9]+$",
                                "description": "The key, for example devices.csv in data or devices.csv.gz in binaryData. The CSV begins with a header line that names the columns: imei, imei2, serialNumber, meid, manufacturer, model. A name that ends in .gz is unpacked."
                              }
                            }
                          }
                        }
                      }
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What became of the devices, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "devices": {
                      "type": "object",
                      "description": "How many devices stand where.",
                      "properties": {
                        "desired": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Entries of the lists, those that name no device or one twice too (failed)."
                        },
                        "claimed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Declared devices that were seen at the customer."
                        },
                        "pending": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices with work still to do by itself."
                        },
                        "failed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that need a person; the first 50 stand in failures."
                        },
                        "conflicted": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that another claim or another customer holds."
                        },
                        "releasing": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that left the claim and are being given back."
                        },
                        "awaitingCustomer": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices the customer has yet to approve (Samsung)."
                        }
                      }
                    },
                    "sources": {
                      "type": "array",
                      "maxItems": 64,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The lists of devicesFrom as they were read for this status, so that Ready is never about an older list.",
                      "items": {
                        "type": "object",
                        "description": "One list that was read, or could not be.",
                        "required": [
                          "name",
                          "key"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the ConfigMap."
                          },
                          "key": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "The key in it."
                          },
                          "uid": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The metadata.uid of the ConfigMap that was read. Absent when it is missing."
                          },
                          "resourceVersion": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The metadata.resourceVersion of the ConfigMap that was read."
                          },
                          "sha256": {
                            "type": "string",
                            "maxLength": 64,
                            "pattern": "^[0-9a-f]{64}$",
                            "description": "SHA-256 of the bytes under the key, 64 hexadecimal digits, as sha256sum prints it."
                          },
                          "rows": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "description": "Rows without the header line, good and rejected ones."
                          },
                          "rejectedRows": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "description": "Rows that could not be read as a device. While there are any, nothing is released."
                          },
                          "problem": {
                            "type": "string",
                            "enum": [
                              "SourceMissing",
                              "SourceUnreadable",
                              "RowsRejected",
                              "EmptyList"
                            ],
                            "description": "What is wrong with the list. While anything is, nothing is released. Absent when it is in order."
                          },
                          "rejections": {
                            "type": "array",
                            "maxItems": 20,
                            "x-kubernetes-list-type": "atomic",
                            "description": "The first 20 rejected rows.",
                            "items": {
                              "type": "object",
                              "description": "One rejected row.",
                              "required": [
                                "line",
                                "reason"
                              ],
                              "properties": {
                                "line": {
                                  "type": "integer",
                                  "format": "int32",
                                  "minimum": 1,
                                  "description": "Line in the file; the header line is 1."
                                },
                                "reason": {
                                  "type": "string",
                                  "maxLength": 64,
                                  "description": "What is wrong with it, as one CamelCase word."
                                },
                                "message": {
                                  "type": "string",
                                  "maxLength": 256,
                                  "description": "What is wrong with it, as a sentence."
                                }
                              }
                            }
                          }
                        }
                      }
                    },
                    "failures": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Devices that need a person, at most 50; devices.failed counts them all, and vendorplane devices lists them all.",
                      "items": {
                        "type": "object",
                        "description": "One device.",
                        "required": [
                          "device",
                          "code"
                        ],
                        "properties": {
                          "device": {
                            "type": "string",
                            "maxLength": 512,
                            "description": "The device by kind and identifier, for example imei:490154203237518."
                          },
                          "code": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "What is wrong, in the words of the Common Android Reseller Library where it has one, for example INVALID_MANUFACTURER."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 1024,
                            "description": "What is wrong and what to do, as a sentence."
                          }
                        }
                      }
                    },
                    "operations": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "VendorOperations in flight that carry devices of this claim. At most 50 are shown.",
                      "items": {
                        "type": "object",
                        "description": "One operation.",
                        "required": [
                          "name"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the VendorOperation, in the namespace of this object."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "NetflixChargeFeed": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "netflixchargefeeds.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "NetflixChargeFeed",
        "listKind": "NetflixChargeFeedList",
        "plural": "netflixchargefeeds",
        "singular": "netflixchargefeed",
        "shortNames": [
          "nfeed"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Acknowledge",
              "type": "string",
              "jsonPath": ".spec.acknowledge",
              "description": "Whether charges are acknowledged."
            },
            {
              "name": "Recorded",
              "type": "integer",
              "jsonPath": ".status.recorded",
              "description": "Charges that stand recorded."
            },
            {
              "name": "Acknowledged",
              "type": "integer",
              "jsonPath": ".status.acknowledged",
              "description": "Charges that were acknowledged."
            },
            {
              "name": "Review",
              "type": "integer",
              "jsonPath": ".status.review",
              "description": "Charges that a person must look at."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether the last drain left nothing undone."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Drained",
              "type": "date",
              "jsonPath": ".status.lastDrainAt",
              "priority": 1,
              "description": "When the list was last read to its end."
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A NetflixChargeFeed reads the operator's charges from CRM.COM, records each as a NetflixCharge, and only then, if it says so, acknowledges it. An acknowledged charge can never be read from the vendor again. Deleting the feed deletes no charge.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "Which charges are read, and what is done with them.",
                  "required": [
                    "accountRef"
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount of the operator. Immutable.",
                      "required": [
                        "name"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "self.name == oldSelf.name",
                          "message": "accountRef is immutable. Create another NetflixChargeFeed for the other account and delete this one"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "pollInterval": {
                      "type": "string",
                      "maxLength": 32,
                      "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                      "default": "5m",
                      "description": "How long at least passes between two looks at the charges, as a duration like 5m. Default 5m, at least 1s.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "duration(self) >= duration('1s')",
                          "message": "pollInterval must be at least 1s"
                        }
                      ]
                    },
                    "acknowledge": {
                      "type": "string",
                      "enum": [
                        "Never",
                        "AfterRecording"
                      ],
                      "default": "Never",
                      "description": "Whether a charge is acknowledged once the API server has it, which takes it off the vendor's list for good. Never: it is only recorded. AfterRecording: it is. Charges that contradict themselves are never acknowledged. Default Never."
                    },
                    "retention": {
                      "type": "string",
                      "maxLength": 32,
                      "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                      "default": "720h",
                      "description": "How long an acknowledged charge stays recorded, as a duration like 720h. Charges that were not acknowledged, or that a person must look at, stay. Default 720h, at least 1h.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "duration(self) >= duration('1h')",
                          "message": "retention must be at least 1h"
                        }
                      ]
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "How far the feed is, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "recorded": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 0,
                      "description": "Charges of this operator that stand recorded, acknowledged ones too."
                    },
                    "acknowledged": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 0,
                      "description": "Recorded charges that were acknowledged."
                    },
                    "review": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 0,
                      "description": "Recorded charges that a person must look at: kubectl get netflixcharges shows which and why."
                    },
                    "pending": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 0,
                      "description": "Charges with work still to do by itself."
                    },
                    "lastDrainAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When the list of charges was last read to its end."
                    },
                    "operations": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "VendorOperations in flight that acknowledge charges. At most 50 are shown.",
                      "items": {
                        "type": "object",
                        "description": "One operation.",
                        "required": [
                          "name"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the VendorOperation, in the namespace of this object."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "NetflixCharge": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "netflixcharges.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "NetflixCharge",
        "listKind": "NetflixChargeList",
        "plural": "netflixcharges",
        "singular": "netflixcharge",
        "shortNames": [
          "nchg"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Number",
              "type": "string",
              "jsonPath": ".spec.number",
              "description": "Its number at CRM.COM."
            },
            {
              "name": "Customer",
              "type": "string",
              "jsonPath": ".spec.billingSystemCustomerIdentifier",
              "description": "Whom it charges."
            },
            {
              "name": "Amount",
              "type": "integer",
              "jsonPath": ".spec.amountMinor",
              "description": "How much, in the smallest unit of the currency."
            },
            {
              "name": "Currency",
              "type": "string",
              "jsonPath": ".spec.currency",
              "description": "In which currency."
            },
            {
              "name": "Status",
              "type": "string",
              "jsonPath": ".spec.chargeStatus",
              "description": "What the vendor decided."
            },
            {
              "name": "Acknowledged",
              "type": "boolean",
              "jsonPath": ".status.acknowledged",
              "description": "Whether the vendor was told that we have it."
            },
            {
              "name": "Review",
              "type": "string",
              "jsonPath": ".status.review.reason",
              "description": "Why a person must look at it."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A NetflixCharge is one charge of the operator as it was read from CRM.COM, written by the controller before the charge is acknowledged. Its name is made from the vendor and the number, so that recording it twice is impossible.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "The charge, as it was read.",
                  "required": [
                    "accountRef",
                    "number",
                    "billingSystemCustomerIdentifier",
                    "currency",
                    "chargeStatus"
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount it was read through.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "number": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 128,
                      "description": "Its number at CRM.COM."
                    },
                    "billingSystemCustomerIdentifier": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 256,
                      "description": "The subscriber, by the id of your own billing system."
                    },
                    "amountMinor": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "maximum": 9007199254740991,
                      "description": "The amount as an integer of the currency's smallest unit, for example 599 for 5.99 EUR. Absent where the number that was sent cannot be trusted; status.review says why."
                    },
                    "currency": {
                      "type": "string",
                      "maxLength": 16,
                      "description": "The currency, three letters (ISO 4217)."
                    },
                    "localAmountMinor": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "maximum": 9007199254740991,
                      "description": "The amount in the operator's own currency, likewise. Absent where the vendor sends none."
                    },
                    "localCurrency": {
                      "type": "string",
                      "maxLength": 16,
                      "description": "The operator's own currency."
                    },
                    "paidThroughDate": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "Until when Netflix is paid for if the charge is approved."
                    },
                    "chargeStatus": {
                      "type": "string",
                      "enum": [
                        "PENDING",
                        "APPROVED",
                        "DECLINED",
                        "BAD_REQUEST",
                        "REJECTED",
                        "UNKNOWN"
                      ],
                      "description": "What the vendor says of it. Bill APPROVED ones only."
                    },
                    "receivedOn": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When Netflix received it."
                    },
                    "decidedOn": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When its status was reached."
                    },
                    "asReceived": {
                      "type": "object",
                      "maxProperties": 20,
                      "description": "What amounts, dates and status were read from, by the vendor's names and in its words.",
                      "additionalProperties": {
                        "type": "string",
                        "maxLength": 256,
                        "description": "The value as it was sent."
                      }
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What became of the charge, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "acknowledged": {
                      "type": "boolean",
                      "description": "Whether the vendor was told that we have it. It never lists it again then."
                    },
                    "acknowledgedAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When that was known."
                    },
                    "referenceNumber": {
                      "type": "string",
                      "maxLength": 128,
                      "description": "The reference it is acknowledged under, the same however often that is sent."
                    },
                    "review": {
                      "type": "object",
                      "description": "Why a person must look at it; it is never acknowledged. Absent when nothing is wrong.",
                      "properties": {
                        "reason": {
                          "type": "string",
                          "maxLength": 64,
                          "description": "What is wrong, as one CamelCase word."
                        },
                        "message": {
                          "type": "string",
                          "maxLength": 1024,
                          "description": "What is wrong and what to do, as a sentence."
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "NetflixDeviceRegistration": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "netflixdeviceregistrations.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "NetflixDeviceRegistration",
        "listKind": "NetflixDeviceRegistrationList",
        "plural": "netflixdeviceregistrations",
        "singular": "netflixdeviceregistration",
        "shortNames": [
          "nreg"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Desired",
              "type": "integer",
              "jsonPath": ".status.devices.desired",
              "description": "Devices it declares."
            },
            {
              "name": "Registered",
              "type": "integer",
              "jsonPath": ".status.devices.registered",
              "description": "Devices recorded as registered."
            },
            {
              "name": "Unconfirmed",
              "type": "integer",
              "jsonPath": ".status.devices.unconfirmed",
              "description": "Devices that the vendor names as failed without a reason."
            },
            {
              "name": "Failed",
              "type": "integer",
              "jsonPath": ".status.devices.failed",
              "description": "Devices that need a person."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether every device is registered."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Pending",
              "type": "integer",
              "jsonPath": ".status.devices.pending",
              "priority": 1,
              "description": "Devices with work still to do."
            },
            {
              "name": "Releasing",
              "type": "integer",
              "jsonPath": ".status.devices.releasing",
              "priority": 1,
              "description": "Devices that are being unregistered."
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A NetflixDeviceRegistration says that these devices are registered to this operator at Netflix. The vendor can neither list nor show a registered device, so our record is all there is: a device that the vendor names as failed is Unconfirmed, alone. While any source of the list is missing, unreadable, has a rejected row or is empty, nothing is unregistered (condition ReleaseHeld); to unregister everything, delete the object.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "Which devices are registered to whom.",
                  "required": [
                    "accountRef",
                    "group"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "has(self.devices) || has(self.devicesFrom)",
                      "message": "name the devices in devices, or in ConfigMaps named by devicesFrom. To unregister all of them, delete the NetflixDeviceRegistration"
                    },
                    {
                      "rule": "!has(self.devices) || size(self.devices) <= 1000",
                      "fieldPath": ".devices",
                      "message": "at most 1,000 devices can be listed here. Put longer lists as CSV into ConfigMaps and name those in devicesFrom"
                    }
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount of the operator. Immutable.",
                      "required": [
                        "name"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "self.name == oldSelf.name",
                          "message": "accountRef is immutable. Create another NetflixDeviceRegistration for the other account and delete this one"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "group": {
                      "type": "object",
                      "description": "The group that stands for the operator at CRM.COM, by exactly one of its fields.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "[has(self.id), has(self.name), has(self.alternativeCode)].exists_one(is, is)",
                          "message": "name the group by exactly one of id, name and alternativeCode"
                        }
                      ],
                      "properties": {
                        "id": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 128,
                          "description": "Its id."
                        },
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 256,
                          "description": "Its name, for example Telkom Operator."
                        },
                        "alternativeCode": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 128,
                          "description": "Its alternative code."
                        }
                      }
                    },
                    "releasePolicy": {
                      "type": "string",
                      "enum": [
                        "Keep",
                        "Unregister"
                      ],
                      "default": "Keep",
                      "description": "What happens at the vendor to a device that leaves this object, or when it is deleted. Keep: it stays registered, and is no longer managed. Unregister: it loses Netflix, within the guard of the account. Default Keep."
                    },
                    "devices": {
                      "type": "array",
                      "maxItems": 100000,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The devices, at most 1,000; for more use devicesFrom. Both may be set, and are one list. A number that cannot be one, or is listed twice, fails alone, see status.failures.",
                      "items": {
                        "type": "object",
                        "description": "One device.",
                        "required": [
                          "esn"
                        ],
                        "properties": {
                          "esn": {
                            "type": "string",
                            "maxLength": 256,
                            "description": "Its electronic serial number; upper and lower case count."
                          }
                        }
                      }
                    },
                    "devicesFrom": {
                      "type": "array",
                      "maxItems": 64,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Longer lists, as CSV in ConfigMaps of this namespace. At most 64. A changed ConfigMap takes effect by itself.",
                      "items": {
                        "type": "object",
                        "description": "One list.",
                        "required": [
                          "configMapKeyRef"
                        ],
                        "properties": {
                          "configMapKeyRef": {
                            "type": "object",
                            "description": "Which key of which ConfigMap holds the list.",
                            "required": [
                              "name",
                              "key"
                            ],
                            "properties": {
                              "name": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 253,
                                "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                                "description": "Name of the ConfigMap, in the namespace of this object."
                              },
                              "key": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 253,
                                "pattern": "^[-._a-zA-Z0-9]+$",
                                "description": "The key, for example devices.csv in data or devices.csv.gz in binaryData. The CSV begins with a header line that names the columns: esn. A name that ends in .gz is unpacked."
                              }
                            }
                          }
                        }
                      }
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What became of the devices, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "devices": {
                      "type": "object",
                      "description": "How many devices stand where.",
                      "properties": {
                        "desired": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Entries of the lists, those that name no device or one twice too (failed)."
                        },
                        "registered": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices recorded as registered."
                        },
                        "pending": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices with work still to do by itself."
                        },
                        "unconfirmed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that the vendor names as failed without a reason."
                        },
                        "lost": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices whose records were lost, as far as can be told; they are not registered again before a person asks for it, see the reason RecordLost."
                        },
                        "failed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that need a person; the first 50 stand in failures."
                        },
                        "conflicted": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that another object or another group holds."
                        },
                        "releasing": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Devices that left it and are being unregistered."
                        }
                      }
                    },
                    "sources": {
                      "type": "array",
                      "maxItems": 64,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The lists of devicesFrom as they were read for this status, so that Ready is never about an older list.",
                      "items": {
                        "type": "object",
                        "description": "One list that was read, or could not be.",
                        "required": [
                          "name",
                          "key"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the ConfigMap."
                          },
                          "key": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "The key in it."
                          },
                          "uid": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The metadata.uid of the ConfigMap that was read. Absent when it is missing."
                          },
                          "resourceVersion": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The metadata.resourceVersion of the ConfigMap that was read."
                          },
                          "sha256": {
                            "type": "string",
                            "maxLength": 64,
                            "pattern": "^[0-9a-f]{64}$",
                            "description": "SHA-256 of the bytes under the key, 64 hexadecimal digits, as sha256sum prints it."
                          },
                          "rows": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "description": "Rows without the header line, good and rejected ones."
                          },
                          "rejectedRows": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "description": "Rows that could not be read as a device. While there are any, nothing is unregistered."
                          },
                          "problem": {
                            "type": "string",
                            "enum": [
                              "SourceMissing",
                              "SourceUnreadable",
                              "RowsRejected",
                              "EmptyList"
                            ],
                            "description": "What is wrong with the list. While anything is, nothing is unregistered. Absent when it is in order."
                          },
                          "rejections": {
                            "type": "array",
                            "maxItems": 20,
                            "x-kubernetes-list-type": "atomic",
                            "description": "The first 20 rejected rows.",
                            "items": {
                              "type": "object",
                              "description": "One rejected row.",
                              "required": [
                                "line",
                                "reason"
                              ],
                              "properties": {
                                "line": {
                                  "type": "integer",
                                  "format": "int32",
                                  "minimum": 1,
                                  "description": "Line in the file; the header line is 1."
                                },
                                "reason": {
                                  "type": "string",
                                  "maxLength": 64,
                                  "description": "What is wrong with it, as one CamelCase word."
                                },
                                "message": {
                                  "type": "string",
                                  "maxLength": 256,
                                  "description": "What is wrong with it, as a sentence."
                                }
                              }
                            }
                          }
                        }
                      }
                    },
                    "failures": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Devices that need a person, at most 50; the counts in devices count them all, and vendorplane devices lists them all.",
                      "items": {
                        "type": "object",
                        "description": "One device.",
                        "required": [
                          "device",
                          "code"
                        ],
                        "properties": {
                          "device": {
                            "type": "string",
                            "maxLength": 512,
                            "description": "The device by kind and identifier, for example esn:NFANDROID1-PRV."
                          },
                          "code": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "What is wrong, for example UNCONFIRMED."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 1024,
                            "description": "What is wrong and what to do, as a sentence."
                          }
                        }
                      }
                    },
                    "operations": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "VendorOperations in flight that carry devices of this object. At most 50 are shown.",
                      "items": {
                        "type": "object",
                        "description": "One operation.",
                        "required": [
                          "name"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the VendorOperation, in the namespace of this object."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "NetflixSubscription": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "netflixsubscriptions.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "NetflixSubscription",
        "listKind": "NetflixSubscriptionList",
        "plural": "netflixsubscriptions",
        "singular": "netflixsubscription",
        "shortNames": [
          "nsub"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Customer",
              "type": "string",
              "jsonPath": ".spec.billingSystemCustomerIdentifier",
              "description": "The subscriber."
            },
            {
              "name": "State",
              "type": "string",
              "jsonPath": ".spec.state",
              "description": "What is asked for."
            },
            {
              "name": "Netflix",
              "type": "string",
              "jsonPath": ".status.netflixState",
              "description": "What Netflix shows."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether it stands as asked for."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Number",
              "type": "string",
              "jsonPath": ".status.subscriptionNumber",
              "priority": 1,
              "description": "Its number in CRM.COM."
            },
            {
              "name": "Last",
              "type": "string",
              "jsonPath": ".status.lastConfirmedAction.verb",
              "priority": 1,
              "description": "What was last confirmed to have been done."
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A NetflixSubscription says how one subscriber's Netflix subscription shall stand at the operator's CRM.COM installation. It is looked up before it is created, created at most once, and its one-time token goes into a Secret. The vendor cannot show a suspension, so what we did is recorded.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "Whose subscription it is, and how it shall stand.",
                  "required": [
                    "accountRef",
                    "billingSystemCustomerIdentifier",
                    "state"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "!(has(self.registration) && has(self.registrationSecretRef))",
                      "fieldPath": ".registrationSecretRef",
                      "message": "set either registration or registrationSecretRef, not both"
                    }
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount of the operator. Immutable.",
                      "required": [
                        "name"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "self.name == oldSelf.name",
                          "message": "accountRef is immutable. Create another NetflixSubscription for the other account and delete this one"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "billingSystemCustomerIdentifier": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 128,
                      "description": "The subscriber, by the id of your own billing system. Quote it in YAML: it is a string. Immutable.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self == oldSelf",
                          "message": "billingSystemCustomerIdentifier is immutable. Create another NetflixSubscription for the other subscriber"
                        }
                      ]
                    },
                    "state": {
                      "type": "string",
                      "enum": [
                        "Active",
                        "Suspended",
                        "Cancelled"
                      ],
                      "description": "How it shall stand; there is no default. Active: it is created if there is none, and unsuspended if we suspended it. Suspended: a subscriber who watches watches no more. Cancelled: it ends for good, within the guard of the account."
                    },
                    "recreateAfterCancel": {
                      "type": "boolean",
                      "default": false,
                      "description": "Whether a subscription that was cancelled may be followed by a new one while state is Active. One that the vendor lost has to be declared Cancelled first. Default false."
                    },
                    "releasePolicy": {
                      "type": "string",
                      "enum": [
                        "Keep",
                        "Cancel"
                      ],
                      "default": "Keep",
                      "description": "What happens at the vendor when this object is deleted. Keep: nothing. Cancel: the subscription is cancelled, within the guard of the account. Default Keep."
                    },
                    "tokenSecretRef": {
                      "type": "object",
                      "description": "Where the one-time registration token goes, under the key token. The Secret is made, empty, before the call that yields the token; nothing is created without it.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the Secret, in the namespace of this object."
                        }
                      }
                    },
                    "registration": {
                      "type": "object",
                      "description": "What the subscription is created with, and never again: the vendor can neither show nor change it. Personal data does not belong into Git; registrationSecretRef takes it from a Secret instead.",
                      "properties": {
                        "promotionCode": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 64,
                          "description": "One of the operator's promotions; the account's status.promotions lists them."
                        },
                        "channel": {
                          "type": "string",
                          "enum": [
                            "WEB",
                            "STORE",
                            "MOBILE",
                            "BROADBAND",
                            "OTHER"
                          ],
                          "description": "Through which channel the subscriber came."
                        },
                        "validityDurationSeconds": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 1,
                          "maximum": 86400,
                          "description": "How long the subscriber's one-time token lives, 1 to 86400 seconds. Default: what the vendor gives."
                        },
                        "firstName": {
                          "type": "string",
                          "maxLength": 256,
                          "description": "First name of the subscriber."
                        },
                        "lastName": {
                          "type": "string",
                          "maxLength": 256,
                          "description": "Last name of the subscriber."
                        },
                        "address": {
                          "type": "object",
                          "description": "The postal address, in the one of the two forms that the account names in addressFormat. Fields of the other form are refused.",
                          "required": [
                            "type"
                          ],
                          "properties": {
                            "type": {
                              "type": "string",
                              "enum": [
                                "HOME",
                                "BUSINESS",
                                "POBOX",
                                "CUSTOM1",
                                "CUSTOM2",
                                "CUSTOM3",
                                "CUSTOM4",
                                "CUSTOM5"
                              ],
                              "description": "What kind of address it is."
                            },
                            "isPrimary": {
                              "type": "boolean",
                              "description": "Whether it is the primary address. Sent only where the release of the account knows it (R16.1.0 on). Default true."
                            },
                            "postalCode": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "The postal code. Both forms."
                            },
                            "townCity": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The town or city. Both forms."
                            },
                            "country": {
                              "type": "object",
                              "description": "The country, by exactly one of its fields.",
                              "x-kubernetes-validations": [
                                {
                                  "rule": "[has(self.id), has(self.name), has(self.alternativeCode), has(self.twoCharacterCode), has(self.threeCharacterCode)].exists_one(is, is)",
                                  "message": "name the country by exactly one of id, name, alternativeCode, twoCharacterCode and threeCharacterCode"
                                }
                              ],
                              "properties": {
                                "id": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 128,
                                  "description": "Its id in CRM.COM."
                                },
                                "name": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 128,
                                  "description": "Its name in CRM.COM."
                                },
                                "alternativeCode": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 64,
                                  "description": "Its alternative code in CRM.COM."
                                },
                                "twoCharacterCode": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 2,
                                  "description": "Its two letters, for example CY."
                                },
                                "threeCharacterCode": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 3,
                                  "description": "Its three letters, for example CYP."
                                }
                              }
                            },
                            "streetName": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The street. CRM.COM form, where it must be set unless type is POBOX."
                            },
                            "streetNumber": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "The number in the street. CRM.COM form."
                            },
                            "floor": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": -100,
                              "maximum": 1000,
                              "description": "The floor. CRM.COM form."
                            },
                            "apartmentNumber": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "The apartment. CRM.COM form."
                            },
                            "area": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The area. CRM.COM form."
                            },
                            "district": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The district. CRM.COM form."
                            },
                            "municipality": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The municipality. CRM.COM form."
                            },
                            "poBox": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "The post-office box. CRM.COM form."
                            },
                            "poBoxPostalCode": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "Postal code of the box. CRM.COM form."
                            },
                            "careOf": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "In care of whom. CRM.COM form."
                            },
                            "addressLine1": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The first line. International form, where it must be set."
                            },
                            "addressLine2": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "The second line. International form."
                            },
                            "stateProvinceCounty": {
                              "type": "string",
                              "maxLength": 256,
                              "description": "State, province or county. International form."
                            },
                            "userDefinedFields": {
                              "type": "object",
                              "maxProperties": 24,
                              "description": "Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_16, udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.",
                              "additionalProperties": {
                                "type": "string",
                                "maxLength": 1024,
                                "description": "The value, at most 1,024 characters."
                              }
                            }
                          }
                        },
                        "email": {
                          "type": "object",
                          "description": "The e-mail address.",
                          "required": [
                            "type",
                            "emailAddress"
                          ],
                          "properties": {
                            "type": {
                              "type": "string",
                              "enum": [
                                "PERSONAL",
                                "BUSINESS",
                                "CUSTOM1",
                                "CUSTOM2",
                                "CUSTOM3",
                                "CUSTOM4",
                                "CUSTOM5"
                              ],
                              "description": "What kind of e-mail address it is."
                            },
                            "isPrimary": {
                              "type": "boolean",
                              "description": "Whether it is the primary one. Sent only where the release of the account knows it (R16.1.0 on). Default true."
                            },
                            "emailAddress": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 320,
                              "description": "The address itself."
                            },
                            "notes": {
                              "type": "string",
                              "maxLength": 1024,
                              "description": "Notes on it."
                            },
                            "userDefinedFields": {
                              "type": "object",
                              "maxProperties": 24,
                              "description": "Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_8, udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.",
                              "additionalProperties": {
                                "type": "string",
                                "maxLength": 1024,
                                "description": "The value, at most 1,024 characters."
                              }
                            }
                          }
                        },
                        "phone": {
                          "type": "object",
                          "description": "The phone number.",
                          "required": [
                            "type",
                            "number"
                          ],
                          "properties": {
                            "type": {
                              "type": "string",
                              "enum": [
                                "LANDLINE",
                                "MOBILE",
                                "FAX",
                                "CUSTOM1",
                                "CUSTOM2",
                                "CUSTOM3",
                                "CUSTOM4",
                                "CUSTOM5"
                              ],
                              "description": "What kind of phone it is."
                            },
                            "isPrimary": {
                              "type": "boolean",
                              "description": "Whether it is the primary one. Sent only where the release of the account knows it (R16.1.0 on). Default true."
                            },
                            "number": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 64,
                              "description": "The number itself."
                            },
                            "areaCode": {
                              "type": "string",
                              "maxLength": 32,
                              "description": "The area code."
                            },
                            "country": {
                              "type": "object",
                              "description": "The country, by exactly one of its fields.",
                              "x-kubernetes-validations": [
                                {
                                  "rule": "[has(self.id), has(self.name), has(self.alternativeCode), has(self.twoCharacterCode), has(self.threeCharacterCode)].exists_one(is, is)",
                                  "message": "name the country by exactly one of id, name, alternativeCode, twoCharacterCode and threeCharacterCode"
                                }
                              ],
                              "properties": {
                                "id": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 128,
                                  "description": "Its id in CRM.COM."
                                },
                                "name": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 128,
                                  "description": "Its name in CRM.COM."
                                },
                                "alternativeCode": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 64,
                                  "description": "Its alternative code in CRM.COM."
                                },
                                "twoCharacterCode": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 2,
                                  "description": "Its two letters, for example CY."
                                },
                                "threeCharacterCode": {
                                  "type": "string",
                                  "minLength": 1,
                                  "maxLength": 3,
                                  "description": "Its three letters, for example CYP."
                                }
                              }
                            },
                            "notes": {
                              "type": "string",
                              "maxLength": 1024,
                              "description": "Notes on it."
                            },
                            "userDefinedFields": {
                              "type": "object",
                              "maxProperties": 24,
                              "description": "Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_8, udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.",
                              "additionalProperties": {
                                "type": "string",
                                "maxLength": 1024,
                                "description": "The value, at most 1,024 characters."
                              }
                            }
                          }
                        }
                      }
                    },
                    "registrationSecretRef": {
                      "type": "object",
                      "description": "A Secret whose key registration.json holds what registration would, as a JSON object. It keeps personal data out of Git.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the Secret, in the namespace of this object."
                        }
                      }
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "How the subscription stands, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "subscriptionNumber": {
                      "type": "string",
                      "maxLength": 128,
                      "description": "Its number in CRM.COM."
                    },
                    "lifeCycleState": {
                      "type": "string",
                      "maxLength": 64,
                      "description": "The state in CRM.COM as the vendor words it: EFFECTIVE, NOT_EFFECTIVE or CANCELLED; UNKNOWN is a word that this version does not know."
                    },
                    "netflixState": {
                      "type": "string",
                      "maxLength": 64,
                      "description": "The state at Netflix as the vendor words it: EFFECTIVE or NOT_EFFECTIVE; UNKNOWN is a word that this version does not know."
                    },
                    "lastConfirmedAction": {
                      "type": "object",
                      "description": "What was last confirmed to have been done. The vendor cannot tell a suspension from a subscriber who never registered; this can.",
                      "properties": {
                        "verb": {
                          "type": "string",
                          "maxLength": 64,
                          "description": "The write, for example suspendSubscription; adopt when it was there before us."
                        },
                        "at": {
                          "type": "string",
                          "format": "date-time",
                          "maxLength": 64,
                          "description": "When it was confirmed."
                        },
                        "operation": {
                          "type": "string",
                          "maxLength": 253,
                          "description": "The VendorOperation that did it, in the namespace of this object. Absent when it was seen and not done."
                        }
                      }
                    },
                    "tokenExpiresAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When the one-time token ends. Absent when there is none, or the vendor did not say."
                    },
                    "promotions": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Codes of the promotions redeemed in the last ten months.",
                      "items": {
                        "type": "string",
                        "maxLength": 64,
                        "description": "The code of a promotion."
                      }
                    },
                    "prices": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Prices as Netflix words them for the subscriber; for reading only.",
                      "items": {
                        "type": "string",
                        "maxLength": 256,
                        "description": "A localised price."
                      }
                    },
                    "operations": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "VendorOperations in flight that are about this subscription. At most 50 are shown.",
                      "items": {
                        "type": "object",
                        "description": "One operation.",
                        "required": [
                          "name"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the VendorOperation, in the namespace of this object."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "VendorAccount": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "vendoraccounts.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "VendorAccount",
        "listKind": "VendorAccountList",
        "plural": "vendoraccounts",
        "singular": "vendoraccount",
        "shortNames": [
          "va"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Vendor",
              "type": "string",
              "jsonPath": ".spec.vendor",
              "description": "Whose API the account is for."
            },
            {
              "name": "Mode",
              "type": "string",
              "jsonPath": ".spec.mode",
              "description": "What may be written at the vendor."
            },
            {
              "name": "Devices",
              "type": "integer",
              "jsonPath": ".status.observed.devices",
              "description": "Devices seen at the vendor by the last complete look."
            },
            {
              "name": "Pending",
              "type": "integer",
              "jsonPath": ".status.pending.actions",
              "description": "Actions that are still to be done."
            },
            {
              "name": "Plan",
              "type": "string",
              "jsonPath": ".status.planRef.name",
              "description": "The plan that waits for approval."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether the account works and nothing of it waits."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Spent",
              "type": "integer",
              "jsonPath": ".status.guard.spent",
              "priority": 1,
              "description": "Destructive actions counted in the guard's window."
            },
            {
              "name": "Allowed",
              "type": "integer",
              "jsonPath": ".status.guard.allowed",
              "priority": 1,
              "description": "Destructive actions the guard allows in its window."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A VendorAccount is one login at one vendor: where the vendor answers, with which Secret, what may be written there (mode), how fast (limits) and how much at most (guard). All resources of one vendor identity share its quota, its guard and its records; a second VendorAccount of the same identity stalls with the reason DuplicateAccount. Whoever may edit mode, guard or approvals of a VendorAccount may approve everything that is done with it.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "What the account is and what may be done with it.",
                  "required": [
                    "vendor",
                    "mode"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "(self.vendor == 'GoogleZeroTouch') == has(self.googleZeroTouch)",
                      "fieldPath": ".googleZeroTouch",
                      "message": "set googleZeroTouch if, and only if, vendor is GoogleZeroTouch"
                    },
                    {
                      "rule": "(self.vendor == 'SamsungKnox') == has(self.samsungKnox)",
                      "fieldPath": ".samsungKnox",
                      "message": "set samsungKnox if, and only if, vendor is SamsungKnox"
                    },
                    {
                      "rule": "(self.vendor == 'CrmComNetflix') == has(self.crmComNetflix)",
                      "fieldPath": ".crmComNetflix",
                      "message": "set crmComNetflix if, and only if, vendor is CrmComNetflix"
                    },
                    {
                      "rule": "(self.vendor == 'VerizonUws') == has(self.verizonUws)",
                      "fieldPath": ".verizonUws",
                      "message": "set verizonUws if, and only if, vendor is VerizonUws"
                    },
                    {
                      "rule": "!(has(self.approvedPlans) && has(self.approvals))",
                      "fieldPath": ".approvals",
                      "message": "use either approvedPlans (digests only) or approvals (digests with an end), not both"
                    }
                  ],
                  "properties": {
                    "vendor": {
                      "type": "string",
                      "enum": [
                        "GoogleZeroTouch",
                        "SamsungKnox",
                        "CrmComNetflix",
                        "VerizonUws"
                      ],
                      "description": "Whose API this account is for. The block of the same name must be set, and no other. Immutable.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self == oldSelf",
                          "message": "vendor is immutable. Create another VendorAccount for the other vendor"
                        }
                      ]
                    },
                    "mode": {
                      "type": "string",
                      "enum": [
                        "Observe",
                        "Plan",
                        "Enforce"
                      ],
                      "description": "What may be written at the vendor; there is no default. Observe: nothing, differences are only reported. Plan: every write waits until its VendorPlan is approved. Enforce: writes go ahead as far as the guard allows."
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    },
                    "googleZeroTouch": {
                      "type": "object",
                      "description": "The reseller account at Google zero-touch. Set exactly when vendor is GoogleZeroTouch.",
                      "required": [
                        "partnerId",
                        "credentialsSecretRef"
                      ],
                      "properties": {
                        "partnerId": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 20,
                          "pattern": "^[0-9]+$",
                          "description": "The reseller's partner id, decimal digits. Quote it in YAML: it is a string. Immutable.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self == oldSelf",
                              "message": "partnerId is immutable. Create another VendorAccount for the other partner"
                            }
                          ]
                        },
                        "endpoint": {
                          "type": "string",
                          "default": "https://androiddeviceprovisioning.googleapis.com",
                          "description": "Where the API answers, without the version. Default https://androiddeviceprovisioning.googleapis.com. Part of the vendor identity, however it is spelled: with another one the account begins without records.",
                          "minLength": 1,
                          "maxLength": 512,
                          "pattern": "^https?://[^\\s?#@]+$",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self.startsWith('https://') || self.matches('^http://(localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?(/|$)')",
                              "message": "endpoint must begin with https://. Only a simulator on this machine (localhost, 127.0.0.1 or [::1]) may use http://, because credentials never travel in the clear"
                            }
                          ]
                        },
                        "credentialsSecretRef": {
                          "type": "object",
                          "description": "The Secret whose key key.json holds the service account key, as the cloud console issued it. The account must be linked in the zero-touch portal. A changed Secret is used without a restart.",
                          "required": [
                            "name"
                          ],
                          "properties": {
                            "name": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 253,
                              "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                              "description": "Name of the Secret, in the namespace of this object."
                            }
                          }
                        }
                      }
                    },
                    "samsungKnox": {
                      "type": "object",
                      "description": "The reseller account at the Samsung Knox Deployment Program. Set exactly when vendor is SamsungKnox.",
                      "required": [
                        "resellerId",
                        "credentialsSecretRef"
                      ],
                      "properties": {
                        "resellerId": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 64,
                          "pattern": "^[A-Za-z0-9_-]+$",
                          "description": "The reseller's id at Knox. Quote it in YAML: it is a string. Immutable.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self == oldSelf",
                              "message": "resellerId is immutable. Create another VendorAccount for the other reseller"
                            }
                          ]
                        },
                        "endpoint": {
                          "type": "string",
                          "default": "https://api.samsungknox.com",
                          "description": "Where the API answers, without the path. Default https://api.samsungknox.com. Part of the vendor identity, however it is spelled: with another one the account begins without records.",
                          "minLength": 1,
                          "maxLength": 512,
                          "pattern": "^https?://[^\\s?#@]+$",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self.startsWith('https://') || self.matches('^http://(localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?(/|$)')",
                              "message": "endpoint must begin with https://. Only a simulator on this machine (localhost, 127.0.0.1 or [::1]) may use http://, because credentials never travel in the clear"
                            }
                          ]
                        },
                        "authentication": {
                          "type": "string",
                          "enum": [
                            "OAuth",
                            "SignedIdentifier"
                          ],
                          "default": "OAuth",
                          "description": "How to log in. OAuth: client credentials. SignedIdentifier: the key pair and client identifier from the Knox portal. Default OAuth."
                        },
                        "allowCustomerCreation": {
                          "type": "boolean",
                          "default": false,
                          "description": "True lets a Customer create a company at Samsung. The vendor has not published this call, so confirm it with Samsung first. Default false: companies are only adopted."
                        },
                        "credentialsSecretRef": {
                          "type": "object",
                          "description": "The Secret with the credentials. For OAuth the keys clientId and clientSecret; for SignedIdentifier the keys keys.json and clientIdentifier. A changed Secret is used without a restart.",
                          "required": [
                            "name"
                          ],
                          "properties": {
                            "name": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 253,
                              "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                              "description": "Name of the Secret, in the namespace of this object."
                            }
                          }
                        }
                      }
                    },
                    "crmComNetflix": {
                      "type": "object",
                      "description": "The operator's CRM.COM installation. Set exactly when vendor is CrmComNetflix.",
                      "required": [
                        "endpoint",
                        "organisation",
                        "credentialsSecretRef"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "has(self.unit) == has(oldSelf.unit) && (!has(self.unit) || self.unit == oldSelf.unit)",
                          "fieldPath": ".unit",
                          "message": "unit is immutable and can be neither added nor removed. Create another VendorAccount for the other unit"
                        }
                      ],
                      "properties": {
                        "endpoint": {
                          "type": "string",
                          "description": "Where the installation answers, without the path crmapi/rest/v2. There is no default: every operator has a host of its own. Part of the vendor identity, however it is spelled: with another one the account begins without records.",
                          "minLength": 1,
                          "maxLength": 512,
                          "pattern": "^https?://[^\\s?#@]+$",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self.startsWith('https://') || self.matches('^http://(localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?(/|$)')",
                              "message": "endpoint must begin with https://. Only a simulator on this machine (localhost, 127.0.0.1 or [::1]) may use http://, because credentials never travel in the clear"
                            }
                          ]
                        },
                        "organisation": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 256,
                          "description": "The organisation to log in to. Immutable.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self == oldSelf",
                              "message": "organisation is immutable. Create another VendorAccount for the other organisation"
                            }
                          ]
                        },
                        "unit": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 256,
                          "description": "The id of the unit to log in to. Default: the unit the vendor gives the user. Immutable, also whether it is set."
                        },
                        "timeZone": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 64,
                          "pattern": "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$",
                          "default": "UTC",
                          "description": "The IANA time zone of the installation, for example Asia/Nicosia. The vendor sends local times without a zone. Default UTC."
                        },
                        "addressFormat": {
                          "type": "string",
                          "enum": [
                            "CrmCom",
                            "International"
                          ],
                          "description": "Which of the two address forms the installation is set up for. Needed before an address can be sent; it is never guessed, so there is no default."
                        },
                        "release": {
                          "type": "string",
                          "maxLength": 16,
                          "pattern": "^R[0-9]+([.][0-9]+){0,2}$",
                          "description": "The installed release, for example R16.1.0; the vendor cannot be asked. Default: only what every release with the Netflix interface knows is used."
                        },
                        "failures": {
                          "type": "array",
                          "maxItems": 50,
                          "x-kubernetes-list-type": "atomic",
                          "description": "What this installation's errors mean, asked before our own table: the vendor publishes no codes. Exact codes are tried first, then patterns, in this order. An error that no row knows is never taken for a refusal of a write. AlreadyAcknowledged is about single charges: what their failed acknowledgement says (error_code, error_description) where the vendor has it already.",
                          "items": {
                            "type": "object",
                            "description": "One error and its meaning.",
                            "required": [
                              "means"
                            ],
                            "x-kubernetes-validations": [
                              {
                                "rule": "has(self.code) != has(self.messagePattern)",
                                "message": "set either code or messagePattern, not both"
                              }
                            ],
                            "properties": {
                              "code": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 64,
                                "description": "The status code of the reply, exactly."
                              },
                              "messagePattern": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 128,
                                "description": "A regular expression that finds something in the message, whatever the case of its letters."
                              },
                              "means": {
                                "type": "string",
                                "enum": [
                                  "Auth",
                                  "AuthFatal",
                                  "Validation",
                                  "NotFound",
                                  "Conflict",
                                  "State",
                                  "Throttled",
                                  "AlreadyAcknowledged"
                                ],
                                "description": "Auth: the token has ended, log in again. AuthFatal: the credentials are wrong. Validation: the request is. NotFound: the customer has no subscription. Conflict: they have one already. State: its state does not allow it. Throttled: wait."
                              }
                            }
                          }
                        },
                        "credentialsSecretRef": {
                          "type": "object",
                          "description": "The Secret with the credentials: the keys username and password, or the key webApiKey. A changed Secret is used without a restart.",
                          "required": [
                            "name"
                          ],
                          "properties": {
                            "name": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 253,
                              "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                              "description": "Name of the Secret, in the namespace of this object."
                            }
                          }
                        }
                      }
                    },
                    "verizonUws": {
                      "type": "object",
                      "description": "The account at Verizon's Unified Web Service. Set exactly when vendor is VerizonUws.",
                      "required": [
                        "endpoint",
                        "accountName",
                        "credentialsSecretRef"
                      ],
                      "properties": {
                        "endpoint": {
                          "type": "string",
                          "description": "Where the services answer, without the service's name. There is no default, because the vendor's current documents do not print one. Part of the vendor identity, however it is spelled: with another one the account begins without records.",
                          "minLength": 1,
                          "maxLength": 512,
                          "pattern": "^https?://[^\\s?#@]+$",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self.startsWith('https://') || self.matches('^http://(localhost|127[.]0[.]0[.]1|\\\\[::1\\\\])(:[0-9]+)?(/|$)')",
                              "message": "endpoint must begin with https://. Only a simulator on this machine (localhost, 127.0.0.1 or [::1]) may use http://, because credentials never travel in the clear"
                            }
                          ]
                        },
                        "accountName": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 64,
                          "pattern": "^[^'<\\\\]+$",
                          "description": "The billing account, with its leading zeros. Quote it in YAML: it is a string. Immutable.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self == oldSelf",
                              "message": "accountName is immutable. Create another VendorAccount for the other account"
                            }
                          ]
                        },
                        "credentialsSecretRef": {
                          "type": "object",
                          "description": "The Secret with the keys username and password. After two refused log-ins no third is tried until the Secret changes, because the vendor locks the account after five. A changed Secret is used without a restart.",
                          "required": [
                            "name"
                          ],
                          "properties": {
                            "name": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 253,
                              "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                              "description": "Name of the Secret, in the namespace of this object."
                            }
                          }
                        }
                      }
                    },
                    "caBundleSecretRef": {
                      "type": "object",
                      "description": "A Secret whose key ca.crt holds PEM certificates of a private CA that signed the endpoint. They are trusted in addition to the public ones. TLS checks can never be switched off. Default: the public CAs only.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the Secret, in the namespace of this object."
                        }
                      }
                    },
                    "firstContact": {
                      "type": "string",
                      "enum": [
                        "Approve",
                        "Trust"
                      ],
                      "default": "Approve",
                      "description": "What happens when there are no records yet and the vendor already holds declared items. Approve: the account behaves as in mode Plan until its first plan is approved. Trust: mode counts at once. Default Approve. This version has no plans yet: an account that waits (reason FirstContact) goes on when this is set to Trust."
                    },
                    "resyncInterval": {
                      "type": "string",
                      "maxLength": 32,
                      "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                      "default": "1h",
                      "description": "How long at least passes between two complete looks at the vendor, as a duration like 30m or 1h. It is a floor: looks are spread by chance, and stretched further so that they use at most half of the quota; what is in force stands in status.quota.effectiveResyncInterval. Default 1h, at least 1s.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "duration(self) >= duration('1s')",
                          "message": "resyncInterval must be at least 1s"
                        }
                      ]
                    },
                    "limits": {
                      "type": "object",
                      "default": {},
                      "description": "How fast and how big calls may be. What is not set takes the default of the vendor, which stands in the reference documentation.",
                      "properties": {
                        "requestsPerSecond": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 1,
                          "maximum": 1000,
                          "description": "Calls a second at most, over all resources of the account. Default by vendor; Google 8, four fifths of its quota of 1,000 calls in 100 s."
                        },
                        "requestsPerDay": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 1,
                          "maximum": 100000000,
                          "description": "Calls in 24 h at most. Default by vendor; Google 100000."
                        },
                        "concurrentRequests": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 1,
                          "maximum": 64,
                          "description": "Calls at the same time at most. Default by vendor; Google 4."
                        },
                        "itemsPerRequest": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 1,
                          "maximum": 10000,
                          "description": "Items in one writing call at most. Default by vendor; Google 5000. A smaller limit of the vendor always counts. At most 10000, so that the journal of a call fits into one object."
                        }
                      }
                    },
                    "guard": {
                      "type": "object",
                      "default": {},
                      "description": "How much harm is possible before a person must decide. What exceeds a budget waits, as a VendorPlan, for an approval or a raised budget. Counted over all resources of the vendor identity and across restarts.",
                      "properties": {
                        "window": {
                          "type": "string",
                          "maxLength": 32,
                          "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                          "default": "1h",
                          "description": "Over what time the budgets below are counted, as a duration like 1h or 24h. Default 1h; from 1s to 168h.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "duration(self) >= duration('1s') && duration(self) <= duration('168h')",
                              "message": "window must be from 1s to 168h (seven days)"
                            }
                          ]
                        },
                        "settle": {
                          "type": "string",
                          "maxLength": 32,
                          "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                          "default": "60s",
                          "description": "How long a destructive action waits after the last edit that touches it, as a duration like 60s, so that a slip can be taken back. Default 60s."
                        },
                        "destructive": {
                          "type": "object",
                          "default": {},
                          "description": "The budget for unclaim, move, cancel, suspend and unregister. Allowed in a window are min(maxItems, max(floor, maxPercent of the items recorded when the window began)).",
                          "properties": {
                            "maxItems": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": 0,
                              "maximum": 10000000,
                              "default": 100,
                              "description": "Items at most. Default 100. 0 stops all destructive actions."
                            },
                            "maxPercent": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": 0,
                              "maximum": 100,
                              "default": 10,
                              "description": "Share of the recorded items at most, in percent, rounded up. Default 10."
                            },
                            "floor": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": 0,
                              "maximum": 10000000,
                              "default": 10,
                              "description": "Items that are allowed even if maxPercent gives fewer, so that small accounts can work. Never more than maxItems. Default 10."
                            }
                          }
                        },
                        "creations": {
                          "type": "object",
                          "default": {},
                          "description": "The budget for companies created; a creation sends mail and cannot be undone.",
                          "properties": {
                            "maxItems": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": 0,
                              "maximum": 10000,
                              "default": 0,
                              "description": "Companies created in a window at most. Default 0: none without an approval."
                            }
                          }
                        },
                        "irreversible": {
                          "type": "object",
                          "default": {},
                          "description": "The budget for Verizon deactivations and deletes, which cannot be undone.",
                          "properties": {
                            "maxItems": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": 0,
                              "maximum": 10000000,
                              "default": 0,
                              "description": "Lines in a window at most. Default 0: none without an approval. The opt-in of the resource is needed in any case."
                            }
                          }
                        },
                        "shrinkPercent": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "maximum": 99,
                          "default": 20,
                          "description": "A read of the vendor that lost more than this share of its items, in percent, is not believed before a second one agrees. Default 20. At most 99, so that a read that lost everything is never believed alone."
                        }
                      }
                    },
                    "approvedPlans": {
                      "type": "array",
                      "maxItems": 20,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Digests of plans that may run: approval by Git commit. An approval is used up by one execution. At most 20; take old ones out. Not together with approvals.",
                      "items": {
                        "type": "string",
                        "maxLength": 71,
                        "pattern": "^sha256:[0-9a-f]{64}$",
                        "description": "The digest of a VendorPlan, sha256 and 64 hexadecimal digits."
                      }
                    },
                    "approvals": {
                      "type": "array",
                      "maxItems": 20,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Like approvedPlans, with a time after which the approval no longer counts. At most 20. Not together with approvedPlans.",
                      "items": {
                        "type": "object",
                        "description": "One approval.",
                        "required": [
                          "digest",
                          "validUntil"
                        ],
                        "properties": {
                          "digest": {
                            "type": "string",
                            "maxLength": 71,
                            "pattern": "^sha256:[0-9a-f]{64}$",
                            "description": "The digest of a VendorPlan, sha256 and 64 hexadecimal digits."
                          },
                          "validUntil": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When the approval ends, for example 2026-12-24T18:00:00Z."
                          }
                        }
                      }
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What was seen of the account, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "quota": {
                      "type": "object",
                      "description": "How much of the vendor's quota is left. Written at most every 30 s.",
                      "properties": {
                        "windowRemaining": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Calls that may be made at once."
                        },
                        "dayRemaining": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Calls left of limits.requestsPerDay."
                        },
                        "retryAfter": {
                          "type": "string",
                          "format": "date-time",
                          "maxLength": 64,
                          "description": "Until when the vendor asked to be left alone. Absent when it did not."
                        },
                        "effectiveResyncInterval": {
                          "type": "string",
                          "maxLength": 32,
                          "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                          "description": "The time between two complete looks that is really in force, as a duration: resyncInterval, stretched where the quota asks for it."
                        }
                      }
                    },
                    "guard": {
                      "type": "object",
                      "description": "How much of the guard's budgets is used. spent, allowed and requested are the destructive budget.",
                      "properties": {
                        "window": {
                          "type": "string",
                          "maxLength": 32,
                          "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                          "description": "The window in force, as a duration."
                        },
                        "windowStartedAt": {
                          "type": "string",
                          "format": "date-time",
                          "maxLength": 64,
                          "description": "When the current window began, by the clock of the API server."
                        },
                        "base": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Items that were recorded for a resource when the window began; maxPercent is a share of it. What a claim with releasePolicy Keep let go of is recorded for none."
                        },
                        "spent": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Destructive actions journaled in the window. An action is given back only if it was abandoned unsent."
                        },
                        "allowed": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Destructive actions the window allows."
                        },
                        "requested": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Destructive actions that are wanted now. More than allowed minus spent: the rest waits for a person."
                        },
                        "creations": {
                          "type": "object",
                          "description": "The same for companies created.",
                          "properties": {
                            "spent": {
                              "type": "integer",
                              "format": "int64",
                              "minimum": 0,
                              "description": "Companies whose creation was journaled in the window."
                            },
                            "allowed": {
                              "type": "integer",
                              "format": "int64",
                              "minimum": 0,
                              "description": "Companies the window allows to be created."
                            },
                            "requested": {
                              "type": "integer",
                              "format": "int64",
                              "minimum": 0,
                              "description": "Companies that are wanted now."
                            }
                          }
                        },
                        "irreversible": {
                          "type": "object",
                          "description": "The same for deactivations and deletes that cannot be undone.",
                          "properties": {
                            "spent": {
                              "type": "integer",
                              "format": "int64",
                              "minimum": 0,
                              "description": "Irreversible actions journaled in the window."
                            },
                            "allowed": {
                              "type": "integer",
                              "format": "int64",
                              "minimum": 0,
                              "description": "Irreversible actions the window allows."
                            },
                            "requested": {
                              "type": "integer",
                              "format": "int64",
                              "minimum": 0,
                              "description": "Irreversible actions that are wanted now."
                            }
                          }
                        }
                      }
                    },
                    "observed": {
                      "type": "object",
                      "description": "What the last complete look at the vendor saw.",
                      "properties": {
                        "customers": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Companies at the vendor."
                        },
                        "devices": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Devices at the vendor, declared or not."
                        },
                        "unmanagedDevices": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Devices at the vendor that no resource declares. They are never touched."
                        },
                        "lastCompleteReadAt": {
                          "type": "string",
                          "format": "date-time",
                          "maxLength": 64,
                          "description": "When the last look ended that saw everything."
                        }
                      }
                    },
                    "pending": {
                      "type": "object",
                      "description": "What is still to be done, estimated from the quota.",
                      "properties": {
                        "actions": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Items that still need an action."
                        },
                        "operations": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Operations the vendor has not finished."
                        },
                        "estimatedVendorCalls": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "Calls it will take."
                        },
                        "estimatedFinishAt": {
                          "type": "string",
                          "format": "date-time",
                          "maxLength": 64,
                          "description": "When the work would be done at this quota. Absent when it cannot be told."
                        }
                      }
                    },
                    "planRef": {
                      "type": "object",
                      "description": "The VendorPlan that waits for approval. Absent when none waits.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorPlan, in the namespace of this object."
                        }
                      }
                    },
                    "promotions": {
                      "type": "array",
                      "maxItems": 200,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The Netflix promotions the operator may use, as the vendor lists them. At most 200 are shown.",
                      "items": {
                        "type": "object",
                        "description": "One promotion.",
                        "required": [
                          "code"
                        ],
                        "properties": {
                          "code": {
                            "type": "string",
                            "maxLength": 256,
                            "description": "The code to set as promotionCode."
                          },
                          "name": {
                            "type": "string",
                            "maxLength": 256,
                            "description": "What the vendor calls it."
                          },
                          "description": {
                            "type": "string",
                            "maxLength": 1024,
                            "description": "The vendor's description, cut at 1024 characters."
                          },
                          "effectiveFrom": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "First day it can be used, as the vendor writes it."
                          },
                          "expiresOn": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "Last day it can be used, as the vendor writes it. Absent: it does not expire."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "VendorOperation": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "vendoroperations.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "VendorOperation",
        "listKind": "VendorOperationList",
        "plural": "vendoroperations",
        "singular": "vendoroperation",
        "shortNames": [
          "vop"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Account",
              "type": "string",
              "jsonPath": ".spec.accountRef.name",
              "description": "The vendor account."
            },
            {
              "name": "Verb",
              "type": "string",
              "jsonPath": ".spec.verb",
              "description": "What the vendor is asked to do."
            },
            {
              "name": "Items",
              "type": "integer",
              "jsonPath": ".spec.itemCount",
              "description": "How many items the call carries."
            },
            {
              "name": "State",
              "type": "string",
              "jsonPath": ".status.state",
              "description": "How far it is."
            },
            {
              "name": "Succeeded",
              "type": "integer",
              "jsonPath": ".status.results.succeeded",
              "description": "Items the vendor did."
            },
            {
              "name": "Failed",
              "type": "integer",
              "jsonPath": ".status.results.failed",
              "description": "Items the vendor refused."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Customer",
              "type": "string",
              "jsonPath": ".spec.partition.customer",
              "priority": 1,
              "description": "The vendor's customer, where the call has one."
            },
            {
              "name": "Request",
              "type": "string",
              "jsonPath": ".spec.requestKey",
              "priority": 1,
              "description": "Our key of the call."
            },
            {
              "name": "Finished",
              "type": "date",
              "jsonPath": ".status.finishedAt",
              "priority": 1,
              "description": "How long ago it ended."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A VendorOperation is one entry of the journal, written by the controller: a write to a vendor, recorded before its first byte is sent. It covers one call or, at a vendor that takes one item a call, a bounded run of calls. An operation in state Unknown that no read can settle waits for a person: see vendorplane resolve. Finished operations are removed after the audit time. Deleting one neither stops the call nor gives its budget back.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "What the vendor is asked to do. Written once, before it is sent.",
                  "required": [
                    "accountRef",
                    "verb",
                    "requestKey",
                    "itemCount",
                    "itemsSha256",
                    "itemsGzip",
                    "fence"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == oldSelf",
                      "message": "the intent of an operation is written once and cannot be changed, because it says what was sent"
                    }
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount on whose behalf the call is made.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "verb": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 40,
                      "pattern": "^[a-z][A-Za-z]*$",
                      "description": "What is asked for, for example claim, unclaim, createCompany, suspend, cancel, register, acknowledge, deactivate or delete. Each verb's rule for repeating it stands in the documentation of its vendor."
                    },
                    "requestKey": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 64,
                      "pattern": "^[A-Za-z0-9_-]+$",
                      "description": "Our unique key of this call. Sent along where the vendor takes one (Samsung's transactionId), so that a lost reply can be looked up."
                    },
                    "partition": {
                      "type": "object",
                      "maxProperties": 8,
                      "description": "What all items of the call share because the vendor takes one value a call, by name: customer, identifierType and orderNumber for devices, group for ESNs. No personal data.",
                      "additionalProperties": {
                        "type": "string",
                        "maxLength": 256,
                        "description": "The shared value."
                      }
                    },
                    "itemCount": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 1,
                      "maximum": 10000,
                      "description": "How many items the call carries."
                    },
                    "itemsSha256": {
                      "type": "string",
                      "maxLength": 64,
                      "pattern": "^[0-9a-f]{64}$",
                      "description": "SHA-256 of the item keys before compression, 64 hexadecimal digits."
                    },
                    "itemsGzip": {
                      "type": "string",
                      "format": "byte",
                      "maxLength": 700000,
                      "description": "The item keys in the order they are sent, one a line, as base64 of gzip. Read them with base64 -d and gunzip."
                    },
                    "recordsGzip": {
                      "type": "string",
                      "format": "byte",
                      "maxLength": 700000,
                      "description": "What becomes recorded of the items that succeed, and so for which resource and under which policy each was sent: one JSON object a line, with the record and the positions of its items, as base64 of gzip. Absent: a success leaves no record."
                    },
                    "asked": {
                      "type": "string",
                      "maxLength": 16,
                      "pattern": "^[0-9a-f]{16}$",
                      "description": "Digest of what was asked for the items, as their resources declared it. A later process knows by it whether a refusal still answers what they declare."
                    },
                    "sample": {
                      "type": "array",
                      "maxItems": 20,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The first 20 item keys, for reading.",
                      "items": {
                        "type": "string",
                        "maxLength": 512,
                        "description": "An item key, for example imei:490154203237518."
                      }
                    },
                    "planDigest": {
                      "type": "string",
                      "maxLength": 71,
                      "pattern": "^sha256:[0-9a-f]{64}$",
                      "description": "The digest of the approved VendorPlan this is a part of. Absent when no approval was needed."
                    },
                    "fence": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "maximum": 9007199254740991,
                      "description": "Number of the leadership under which it was written; only the leader of the same number may send it."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What became of it. state is derived from the other fields, which are the facts.",
                  "x-kubernetes-validations": [
                    {
                      "rule": "!has(oldSelf.resolutions) || has(self.resolutions)",
                      "message": "what people found out is written once and cannot be taken back",
                      "fieldPath": ".resolutions"
                    }
                  ],
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "state": {
                      "type": "string",
                      "enum": [
                        "Intended",
                        "Submitted",
                        "InProgress",
                        "Complete",
                        "CompleteWithErrors",
                        "Failed",
                        "Unknown",
                        "Abandoned",
                        "Resolved"
                      ],
                      "description": "How far it is, for reading. Intended: recorded, not sent. Submitted: sent. InProgress: the vendor works on it. Complete: done. CompleteWithErrors: done, some items refused. Failed: refused as a whole. Unknown: sent, and nobody knows what became of it. Abandoned: never sent. Resolved: a person said what became of it."
                    },
                    "cursor": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 0,
                      "maximum": 10000,
                      "description": "In a run of calls that take one item each: how many items were begun. Written before each call that may not simply be repeated."
                    },
                    "vendorOperationIds": {
                      "type": "array",
                      "maxItems": 1000,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The vendor's own ids of the operation, to ask for its progress.",
                      "items": {
                        "type": "string",
                        "maxLength": 256,
                        "description": "One id, exactly as the vendor gave it."
                      }
                    },
                    "submittedAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When the call was handed to the connection. Absent: never sent."
                    },
                    "unknownSince": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "Since when its outcome is unknown. Absent when it is known."
                    },
                    "abandonedAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When it was given up unsent. Absent when it was not."
                    },
                    "finishedAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When its outcome was known for every item."
                    },
                    "failure": {
                      "type": "object",
                      "description": "Why the call was refused as a whole, or why it was given up. Absent otherwise.",
                      "required": [
                        "code"
                      ],
                      "properties": {
                        "code": {
                          "type": "string",
                          "maxLength": 128,
                          "description": "The vendor's code, or a CamelCase word of ours."
                        },
                        "message": {
                          "type": "string",
                          "maxLength": 256,
                          "description": "One sentence, without secrets."
                        }
                      }
                    },
                    "results": {
                      "type": "object",
                      "description": "How many items ended how.",
                      "properties": {
                        "succeeded": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "maximum": 10000,
                          "description": "Items the vendor did."
                        },
                        "failed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "maximum": 10000,
                          "description": "Items the vendor refused."
                        },
                        "unknown": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "maximum": 10000,
                          "description": "Items nobody knows about."
                        }
                      }
                    },
                    "outcomes": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "What the vendor answered about single items, equal answers in one group. At most 50 groups; results counts all items.",
                      "items": {
                        "type": "object",
                        "description": "Items with the same answer.",
                        "required": [
                          "code",
                          "count",
                          "items"
                        ],
                        "properties": {
                          "code": {
                            "type": "string",
                            "maxLength": 128,
                            "description": "The code of the answer."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 256,
                            "description": "The text of the answer, cut at 256 characters."
                          },
                          "count": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 1,
                            "maximum": 10000,
                            "description": "How many items got it."
                          },
                          "items": {
                            "type": "string",
                            "maxLength": 65536,
                            "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$",
                            "description": "Which items, as positions in itemsGzip counted from 0, single or from-to, for example 0-17,44."
                          }
                        }
                      }
                    },
                    "resolutions": {
                      "type": "array",
                      "maxItems": 1000,
                      "x-kubernetes-list-type": "atomic",
                      "description": "What people found out about items whose outcome was unknown. Entries can only be added.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "size(self) >= size(oldSelf)",
                          "message": "a resolution is written once and cannot be taken back"
                        }
                      ],
                      "items": {
                        "type": "object",
                        "description": "One finding.",
                        "required": [
                          "as",
                          "by",
                          "at"
                        ],
                        "properties": {
                          "item": {
                            "type": "string",
                            "maxLength": 512,
                            "description": "The item key. Absent: all items without a finding of their own."
                          },
                          "as": {
                            "type": "string",
                            "enum": [
                              "Happened",
                              "NotHappened"
                            ],
                            "description": "What was found out."
                          },
                          "by": {
                            "type": "string",
                            "maxLength": 256,
                            "description": "Who found out, as the API server knows the person."
                          },
                          "at": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When it was said."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "VendorRecord": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "vendorrecords.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "VendorRecord",
        "listKind": "VendorRecordList",
        "plural": "vendorrecords",
        "singular": "vendorrecord",
        "shortNames": [
          "vrec"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Account",
              "type": "string",
              "jsonPath": ".spec.accountRef.name",
              "description": "The vendor account that wrote it."
            },
            {
              "name": "Content",
              "type": "string",
              "jsonPath": ".spec.content",
              "description": "What is recorded."
            },
            {
              "name": "Slice",
              "type": "string",
              "jsonPath": ".spec.slice",
              "description": "Which part of it."
            },
            {
              "name": "Entries",
              "type": "integer",
              "jsonPath": ".spec.entries",
              "description": "How many entries the slice has."
            },
            {
              "name": "Updated",
              "type": "date",
              "jsonPath": ".spec.updatedAt",
              "description": "How long ago it was written."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Scope",
              "type": "string",
              "jsonPath": ".spec.vendorScope",
              "priority": 1,
              "description": "The vendor identity it belongs to."
            },
            {
              "name": "Format",
              "type": "integer",
              "jsonPath": ".spec.formatVersion",
              "priority": 1,
              "description": "The version of its inner format."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A VendorRecord is a compressed slice of what the vendor cannot tell us, written by the controller: which items we hold and under which policy, states confirmed by an operation, proofs, the ledger of the guard, and log-ins that failed. A missing record means not known, never not held. Do not edit or delete records; back them up with vendorplane records export.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "The slice.",
                  "required": [
                    "accountRef",
                    "vendorScope",
                    "content",
                    "slice",
                    "formatVersion",
                    "entries",
                    "sha256",
                    "dataGzip",
                    "fence"
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount that wrote this record. When a second account of the same vendor scope appears, this says which one was first.",
                      "required": [
                        "name"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "vendorScope": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 1024,
                      "description": "The vendor identity the slice belongs to: vendor, endpoint, and the identifying field of the account's block; or the login, which several accounts may share. Immutable.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self == oldSelf",
                          "message": "vendorScope is immutable. A record belongs to one vendor identity"
                        }
                      ]
                    },
                    "content": {
                      "type": "string",
                      "enum": [
                        "Holdings",
                        "ConfirmedStates",
                        "Proofs",
                        "GuardLedger",
                        "Refusals",
                        "LogIns"
                      ],
                      "description": "What is recorded. Holdings: items we hold, with the policy to release them by. ConfirmedStates: what an operation confirmed and the vendor cannot be asked. Proofs: what must not happen twice. GuardLedger: what was spent of the budgets, and of the day's requests. Refusals: what the vendor refused for good, so that a restart does not ask it again. LogIns: attempts to log in that the vendor may count towards locking the login. Immutable.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self == oldSelf",
                          "message": "content is immutable. Another content is another record"
                        }
                      ]
                    },
                    "slice": {
                      "type": "string",
                      "minLength": 1,
                      "maxLength": 128,
                      "description": "Which part of the content it is. Immutable.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self == oldSelf",
                          "message": "slice is immutable. Another slice is another record"
                        }
                      ]
                    },
                    "formatVersion": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 1,
                      "maximum": 1000,
                      "description": "Version of the format inside dataGzip. A version that is not known is left untouched, and the account stalls."
                    },
                    "entries": {
                      "type": "integer",
                      "format": "int32",
                      "minimum": 0,
                      "maximum": 10000000,
                      "description": "How many entries the slice has."
                    },
                    "sha256": {
                      "type": "string",
                      "maxLength": 64,
                      "pattern": "^[0-9a-f]{64}$",
                      "description": "SHA-256 of the entries before compression, 64 hexadecimal digits."
                    },
                    "dataGzip": {
                      "type": "string",
                      "format": "byte",
                      "maxLength": 349528,
                      "description": "The entries, as base64 of gzip, at most 256 KiB compressed."
                    },
                    "fence": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "maximum": 9007199254740991,
                      "description": "Number of the leadership under which it was written; a leader of a lower number may not write it."
                    },
                    "updatedAt": {
                      "type": "string",
                      "format": "date-time",
                      "maxLength": 64,
                      "description": "When the slice was last written."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What the controller has to say about the record itself.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  },
  "VerizonDeviceDeletion": {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {
      "name": "verizondevicedeletions.vendorplane.dev"
    },
    "spec": {
      "group": "vendorplane.dev",
      "scope": "Namespaced",
      "names": {
        "kind": "VerizonDeviceDeletion",
        "listKind": "VerizonDeviceDeletionList",
        "plural": "verizondevicedeletions",
        "singular": "verizondevicedeletion",
        "shortNames": [
          "vdel"
        ],
        "categories": [
          "vendorplane"
        ]
      },
      "versions": [
        {
          "name": "v1alpha1",
          "served": true,
          "storage": true,
          "subresources": {
            "status": {}
          },
          "additionalPrinterColumns": [
            {
              "name": "Account",
              "type": "string",
              "jsonPath": ".spec.accountRef.name",
              "description": "The VendorAccount the lines are deleted from."
            },
            {
              "name": "Desired",
              "type": "integer",
              "jsonPath": ".status.devices.desired",
              "description": "Lines the object declares."
            },
            {
              "name": "Deleted",
              "type": "integer",
              "jsonPath": ".status.devices.deleted",
              "description": "Declared lines that are gone from the account."
            },
            {
              "name": "Archived",
              "type": "integer",
              "jsonPath": ".status.devices.archived",
              "description": "Declared lines whose history is safe."
            },
            {
              "name": "Waiting",
              "type": "integer",
              "jsonPath": ".status.devices.waiting",
              "description": "Lines with work still to do by itself."
            },
            {
              "name": "Failed",
              "type": "integer",
              "jsonPath": ".status.devices.failed",
              "description": "Lines that need a person."
            },
            {
              "name": "Ready",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
              "description": "Whether every line is gone."
            },
            {
              "name": "Reason",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].reason",
              "description": "Why it is ready or not."
            },
            {
              "name": "Age",
              "type": "date",
              "jsonPath": ".metadata.creationTimestamp"
            },
            {
              "name": "Deactivating",
              "type": "integer",
              "jsonPath": ".status.devices.deactivating",
              "priority": 1,
              "description": "Lines whose deactivation is under way."
            },
            {
              "name": "Suspended",
              "type": "boolean",
              "jsonPath": ".spec.suspend",
              "priority": 1,
              "description": "Whether new work is stopped."
            },
            {
              "name": "Message",
              "type": "string",
              "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
              "priority": 1,
              "description": "What stands, and what to do."
            }
          ],
          "schema": {
            "openAPIV3Schema": {
              "type": "object",
              "description": "A VerizonDeviceDeletion says that these lines are gone from a Verizon account, their histories archived first. Deleting a line cannot be undone. A line that was proven gone is never deleted again, by any object. Deleting this object never touches the vendor: lines that are not deleted yet stay as they are.",
              "required": [
                "spec"
              ],
              "properties": {
                "spec": {
                  "type": "object",
                  "description": "Which lines shall be gone, and how carefully.",
                  "required": [
                    "accountRef",
                    "irreversible"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "has(self.devices) || has(self.devicesFrom)",
                      "message": "name the lines in devices, or in ConfigMaps named by devicesFrom"
                    },
                    {
                      "rule": "!has(self.devices) || size(self.devices) <= 1000",
                      "fieldPath": ".devices",
                      "message": "at most 1,000 lines can be listed here. Put longer lists as CSV into ConfigMaps and name those in devicesFrom"
                    }
                  ],
                  "properties": {
                    "accountRef": {
                      "type": "object",
                      "description": "The VendorAccount the lines belong to, of vendor VerizonUws. Immutable.",
                      "required": [
                        "name"
                      ],
                      "x-kubernetes-validations": [
                        {
                          "rule": "self.name == oldSelf.name",
                          "message": "accountRef is immutable. Create another VerizonDeviceDeletion for the other account"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 253,
                          "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                          "description": "Name of the VendorAccount, in the namespace of this object."
                        }
                      }
                    },
                    "irreversible": {
                      "type": "boolean",
                      "description": "Must be true. Whoever writes it has understood that a deleted line, its history and its number do not come back. The account's guard.irreversible must allow it, too.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self",
                          "message": "irreversible must be true. Deleting a line at Verizon cannot be undone; write true if that is understood"
                        }
                      ]
                    },
                    "deactivate": {
                      "type": "string",
                      "enum": [
                        "Never",
                        "IfActive"
                      ],
                      "default": "Never",
                      "description": "What to do with a line that is in service. Never: say so and leave it. IfActive: deactivate it first, which takes its number and plan and may cost a fee. A suspended line is left alone either way. Default Never."
                    },
                    "etfWaiver": {
                      "type": "boolean",
                      "default": false,
                      "description": "True uses a waiver of the contract against the early termination fee of a deactivation. Default false."
                    },
                    "history": {
                      "type": "object",
                      "default": {},
                      "description": "What becomes of the lines' past, which goes with them.",
                      "properties": {
                        "archive": {
                          "type": "string",
                          "enum": [
                            "Required",
                            "Skip"
                          ],
                          "default": "Required",
                          "description": "Required: usage, connection and provisioning history and the line's record are archived and read back first, or the line is not deleted. Skip: they may be lost. Default Required."
                        },
                        "usageSettlesAfter": {
                          "type": "string",
                          "maxLength": 32,
                          "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                          "default": "72h",
                          "description": "How long to wait, as a duration, after the line was first seen out of service, since usage comes in late at the vendor; also with archive Skip. Default 72h."
                        },
                        "lookback": {
                          "type": "string",
                          "maxLength": 32,
                          "pattern": "^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$",
                          "default": "8760h",
                          "description": "How far back the archive reaches, as a duration. The vendor keeps usage for 12 months. Default 8760h, one year; at most 87600h.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "duration(self) <= duration('87600h')",
                              "message": "lookback must be at most 87600h"
                            }
                          ]
                        }
                      }
                    },
                    "devices": {
                      "type": "array",
                      "maxItems": 100000,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The lines, at most 1,000; for more use devicesFrom. Both may be set, and are one list. One identifier names a line. A wrong identifier or a duplicate does not refuse the list: it fails that line alone, see status.failures.",
                      "items": {
                        "type": "object",
                        "description": "One line.",
                        "required": [
                          "kind",
                          "identifier"
                        ],
                        "properties": {
                          "kind": {
                            "type": "string",
                            "enum": [
                              "esn",
                              "iccid",
                              "imei",
                              "meid",
                              "eid"
                            ],
                            "description": "What the identifier is. A line named by its eid cannot be looked at and is not deleted; name it by its iccid or imei."
                          },
                          "identifier": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 64,
                            "description": "The identifier, with its leading zeros; spaces and dashes are ignored. Quote it in YAML: it is a string."
                          }
                        }
                      }
                    },
                    "devicesFrom": {
                      "type": "array",
                      "maxItems": 64,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Longer lists, as CSV in ConfigMaps of this namespace. At most 64. A changed ConfigMap takes effect by itself.",
                      "items": {
                        "type": "object",
                        "description": "One list.",
                        "required": [
                          "configMapKeyRef"
                        ],
                        "properties": {
                          "configMapKeyRef": {
                            "type": "object",
                            "description": "Which key of which ConfigMap holds the list.",
                            "required": [
                              "name",
                              "key"
                            ],
                            "properties": {
                              "name": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 253,
                                "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
                                "description": "Name of the ConfigMap, in the namespace of this object."
                              },
                              "key": {
                                "type": "string",
                                "minLength": 1,
                                "maxLength": 253,
                                "pattern": "^[-._a-zA-Z0-9]+$",
                                "description": "The key, for example devices.csv in data or devices.csv.gz in binaryData. The CSV begins with a header line that names the columns: kind, identifier. A name that ends in .gz is unpacked."
                              }
                            }
                          }
                        }
                      }
                    },
                    "suspend": {
                      "type": "boolean",
                      "default": false,
                      "description": "True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed to its end, and what is held at the vendor stays held. Default false."
                    }
                  }
                },
                "status": {
                  "type": "object",
                  "description": "What became of the lines, written by the controller.",
                  "properties": {
                    "observedGeneration": {
                      "type": "integer",
                      "format": "int64",
                      "minimum": 0,
                      "description": "The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not been looked at yet, and nothing below is about it."
                    },
                    "lastHandledReconcileAt": {
                      "type": "string",
                      "maxLength": 256,
                      "description": "The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the annotation to a new value to ask for a look at the vendor now; when it appears here, it was done."
                    },
                    "devices": {
                      "type": "object",
                      "description": "How many lines stand where.",
                      "properties": {
                        "desired": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Entries of the lists, those that name no line or one twice too (failed)."
                        },
                        "deleted": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Declared lines that are gone from the account, whoever deleted them."
                        },
                        "alreadyGone": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Of those, lines that were not in the account at the first look; check that they are written right."
                        },
                        "archived": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Declared lines whose history is safe."
                        },
                        "deactivating": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Lines whose deactivation is under way."
                        },
                        "waiting": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Lines with work still to do by itself, or with time to pass."
                        },
                        "failed": {
                          "type": "integer",
                          "format": "int32",
                          "minimum": 0,
                          "description": "Lines that need a person; the first 50 stand in failures."
                        }
                      }
                    },
                    "sources": {
                      "type": "array",
                      "maxItems": 64,
                      "x-kubernetes-list-type": "atomic",
                      "description": "The lists of devicesFrom as they were read for this status, so that Ready is never about an older list.",
                      "items": {
                        "type": "object",
                        "description": "One list that was read, or could not be.",
                        "required": [
                          "name",
                          "key"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the ConfigMap."
                          },
                          "key": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "The key in it."
                          },
                          "uid": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The metadata.uid of the ConfigMap that was read. Absent when it is missing."
                          },
                          "resourceVersion": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "The metadata.resourceVersion of the ConfigMap that was read."
                          },
                          "sha256": {
                            "type": "string",
                            "maxLength": 64,
                            "pattern": "^[0-9a-f]{64}$",
                            "description": "SHA-256 of the bytes under the key, 64 hexadecimal digits, as sha256sum prints it."
                          },
                          "rows": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "description": "Rows without the header line, good and rejected ones."
                          },
                          "rejectedRows": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "description": "Rows that could not be read as a line."
                          },
                          "problem": {
                            "type": "string",
                            "enum": [
                              "SourceMissing",
                              "SourceUnreadable",
                              "RowsRejected",
                              "EmptyList"
                            ],
                            "description": "What is wrong with the list. Absent when it is in order."
                          },
                          "rejections": {
                            "type": "array",
                            "maxItems": 20,
                            "x-kubernetes-list-type": "atomic",
                            "description": "The first 20 rejected rows.",
                            "items": {
                              "type": "object",
                              "description": "One rejected row.",
                              "required": [
                                "line",
                                "reason"
                              ],
                              "properties": {
                                "line": {
                                  "type": "integer",
                                  "format": "int32",
                                  "minimum": 1,
                                  "description": "Line in the file; the header line is 1."
                                },
                                "reason": {
                                  "type": "string",
                                  "maxLength": 64,
                                  "description": "What is wrong with it, as one CamelCase word."
                                },
                                "message": {
                                  "type": "string",
                                  "maxLength": 256,
                                  "description": "What is wrong with it, as a sentence."
                                }
                              }
                            }
                          }
                        }
                      }
                    },
                    "archives": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Where the histories are, at most 50; devices.archived counts them all, and vendorplane archive verify lists them all.",
                      "items": {
                        "type": "object",
                        "description": "The history of one line.",
                        "required": [
                          "device",
                          "path",
                          "sha256"
                        ],
                        "properties": {
                          "device": {
                            "type": "string",
                            "maxLength": 512,
                            "description": "The line by kind and identifier, for example iccid:85000022411113460014."
                          },
                          "path": {
                            "type": "string",
                            "maxLength": 1024,
                            "description": "The compressed file, relative to the archive's folder."
                          },
                          "sha256": {
                            "type": "string",
                            "maxLength": 64,
                            "pattern": "^[0-9a-f]{64}$",
                            "description": "SHA-256 of the file, 64 hexadecimal digits, as sha256sum prints it."
                          },
                          "records": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "Rows of all three histories."
                          },
                          "completedAt": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When it had been read back."
                          }
                        }
                      }
                    },
                    "failures": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "Lines that need a person, and those that something holds up, at most 50; devices.failed counts the former.",
                      "items": {
                        "type": "object",
                        "description": "One line.",
                        "required": [
                          "device",
                          "code"
                        ],
                        "properties": {
                          "device": {
                            "type": "string",
                            "maxLength": 512,
                            "description": "The line by kind and identifier, for example iccid:85000022411113460014."
                          },
                          "code": {
                            "type": "string",
                            "maxLength": 64,
                            "description": "What is wrong, as one word; docs/reasons.md lists them."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 1024,
                            "description": "What is wrong and what to do, as a sentence."
                          }
                        }
                      }
                    },
                    "operations": {
                      "type": "array",
                      "maxItems": 50,
                      "x-kubernetes-list-type": "atomic",
                      "description": "VendorOperations in flight that carry lines of this object. At most 50 are shown.",
                      "items": {
                        "type": "object",
                        "description": "One operation.",
                        "required": [
                          "name"
                        ],
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "description": "Name of the VendorOperation, in the namespace of this object."
                          }
                        }
                      }
                    },
                    "conditions": {
                      "type": "array",
                      "maxItems": 16,
                      "x-kubernetes-list-type": "map",
                      "x-kubernetes-list-map-keys": [
                        "type"
                      ],
                      "description": "What can be said about this object now, one entry per type. Ready is there from the first touch on; the other types appear only while they are True.",
                      "items": {
                        "type": "object",
                        "description": "One observation about this object.",
                        "required": [
                          "type",
                          "status",
                          "lastTransitionTime",
                          "reason",
                          "message"
                        ],
                        "properties": {
                          "type": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 316,
                            "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
                            "description": "What the entry is about, in CamelCase, for example Ready, Reconciling or Stalled."
                          },
                          "status": {
                            "type": "string",
                            "enum": [
                              "True",
                              "False",
                              "Unknown"
                            ],
                            "description": "Whether it holds. Unknown means that it could not be found out, never that it does not hold."
                          },
                          "observedGeneration": {
                            "type": "integer",
                            "format": "int64",
                            "minimum": 0,
                            "description": "The metadata.generation the entry speaks about."
                          },
                          "lastTransitionTime": {
                            "type": "string",
                            "format": "date-time",
                            "maxLength": 64,
                            "description": "When status last changed; a new reason or message alone does not move it."
                          },
                          "reason": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 1024,
                            "pattern": "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
                            "description": "Why, as one CamelCase word for machines. The reference documentation lists every reason."
                          },
                          "message": {
                            "type": "string",
                            "maxLength": 32768,
                            "description": "Why, as one stable sentence for people: what, which, the vendor's code, what to do. It holds no times and no counts; those have fields of their own."
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      ]
    }
  }
};
