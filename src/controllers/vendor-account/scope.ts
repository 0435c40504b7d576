import { createHash } from 'node:crypto';
import type { ServedVendorAccountSpec } from '../../api/vendor-account.generated.ts';
import { canonicalEndpoint } from '../../domain/endpoint.ts';

/** The vendor and the login an account stands for. */
export interface VendorLogin {
  readonly endpoint: string;
  /** The fields that tell one login from another, for example `{ partnerId: "1234567890" }`. */
  readonly identity: Readonly<Record<string, string>>;
  /** What else its block says, which makes it no other login. */
  readonly options?: Readonly<Record<string, string>>;
  readonly secretName: string;
}

/** What the block of the account's vendor says. The API server's rules promise that the block is there. */
export function loginOf(spec: ServedVendorAccountSpec): VendorLogin | undefined {
  switch (spec.vendor) {
    case 'GoogleZeroTouch':
      return (
        spec.googleZeroTouch && {
          endpoint: spec.googleZeroTouch.endpoint,
          identity: { partnerId: spec.googleZeroTouch.partnerId },
          secretName: spec.googleZeroTouch.credentialsSecretRef.name,
        }
      );
    case 'SamsungKnox':
      return (
        spec.samsungKnox && {
          endpoint: spec.samsungKnox.endpoint,
          identity: { resellerId: spec.samsungKnox.resellerId },
          options: {
            authentication: spec.samsungKnox.authentication,
            allowCustomerCreation: String(spec.samsungKnox.allowCustomerCreation),
          },
          secretName: spec.samsungKnox.credentialsSecretRef.name,
        }
      );
    case 'CrmComNetflix':
      return (
        spec.crmComNetflix && {
          endpoint: spec.crmComNetflix.endpoint,
          identity: {
            organisation: spec.crmComNetflix.organisation,
            ...(spec.crmComNetflix.unit === undefined ? {} : { unit: spec.crmComNetflix.unit }),
          },
          options: netflixOptions(spec.crmComNetflix),
          secretName: spec.crmComNetflix.credentialsSecretRef.name,
        }
      );
    case 'VerizonUws':
      return (
        spec.verizonUws && {
          endpoint: spec.verizonUws.endpoint,
          identity: { accountName: spec.verizonUws.accountName },
          secretName: spec.verizonUws.credentialsSecretRef.name,
        }
      );
    default:
      return spec.vendor satisfies never;
  }
}

function netflixOptions(
  block: NonNullable<ServedVendorAccountSpec['crmComNetflix']>,
): Readonly<Record<string, string>> {
  const { timeZone, addressFormat, release, failures } = block;
  return {
    timeZone,
    ...(addressFormat === undefined ? {} : { addressFormat }),
    ...(release === undefined ? {} : { release }),
    ...(failures === undefined ? {} : { failures: JSON.stringify(failures) }),
  };
}

/** The vendor identity as text, the same for every account of it in any namespace. */
export function scopeOf(spec: ServedVendorAccountSpec): string | undefined {
  const login = loginOf(spec);
  if (login === undefined) return undefined;
  const identity = Object.entries(login.identity).map(([name, value]) => `${name}=${value}`);
  return [spec.vendor, canonicalEndpoint(login.endpoint), ...identity].join(' ');
}

/** A scope in a label or a name: 12 characters of `[0-9a-f]`. */
export function scopeHash(scope: string): string {
  return createHash('sha256').update(scope).digest('hex').slice(0, 12);
}
