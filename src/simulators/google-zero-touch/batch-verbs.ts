import type { JsonObject } from '../json.ts';
import type { ClaimRequest, DeviceName } from './checks.ts';
import { claim, type Outcome, type Registry, unclaim, updateMetadata } from './holding.ts';
import { IDENTIFIER_FIELDS, readIdentifier } from './identifiers.ts';
import { readEntries } from './metadata.ts';
import { int64In, objectIn, type Shape, textIn } from './proto-json.ts';
import { invalidArgument } from './vendor-error.ts';

const IDENTIFIER: Shape = Object.fromEntries(IDENTIFIER_FIELDS.map((field) => [field, true]));
const METADATA: Shape = { entries: true };

/** The names of ClaimDeviceRequest and PartnerClaim (2.3). */
export const CLAIM_SHAPE: Shape = {
  deviceIdentifier: IDENTIFIER,
  sectionType: true,
  customerId: true,
  googleWorkspaceCustomerId: true,
  deviceMetadata: METADATA,
  configurationId: true,
  preProvisioningToken: true,
  simlockProfileId: true,
};

/** The names of UnclaimDeviceRequest and PartnerUnclaim (2.3). */
export const UNCLAIM_SHAPE: Shape = {
  deviceId: true,
  deviceIdentifier: IDENTIFIER,
  sectionType: true,
  vacationModeDays: true,
  vacationModeExpireTime: true,
};

/** The names of UpdateMetadataArguments (2.3). */
const UPDATE_SHAPE: Shape = { deviceId: true, deviceIdentifier: IDENTIFIER, deviceMetadata: METADATA };

export const IDENTIFIER_SHAPE = IDENTIFIER;
export const METADATA_SHAPE = METADATA;

/** The three things a batch can do. */
export type Verb = 'claim' | 'unclaim' | 'updateMetadata';

/** How one verb reads its request and does one item. The verb is also the name under which items are echoed. */
export interface BatchVerb {
  /** The field of the request that holds the items. */
  readonly listField: string;
  readonly shape: Shape;
  /** Throws when the item cannot be parsed. Such items are left out of the batch (2.4). */
  readonly parse: (item: JsonObject) => unknown;
  readonly apply: (registry: Registry, resellerId: string, item: JsonObject) => Outcome;
  /** Whether a success names the device: an unclaim may leave it out (2.4, field), so it always does here. */
  readonly namesDevice: boolean;
}

export const VERBS: Readonly<Record<Verb, BatchVerb>> = {
  claim: {
    listField: 'claims',
    shape: CLAIM_SHAPE,
    parse: readClaim,
    apply: (registry, resellerId, item) => claim(registry, resellerId, readClaim(item)),
    namesDevice: true,
  },
  unclaim: {
    listField: 'unclaims',
    shape: UNCLAIM_SHAPE,
    parse: (item) => [readName(item), textIn(item, 'sectionType')],
    apply: (registry, resellerId, item) =>
      unclaim(registry, resellerId, readName(item), textIn(item, 'sectionType')),
    namesDevice: false,
  },
  updateMetadata: {
    listField: 'updates',
    shape: UPDATE_SHAPE,
    parse: (item) => [readName(item), readEntries(requiredMetadata(item))],
    apply: (registry, resellerId, item) =>
      updateMetadata(registry, resellerId, readName(item), readEntries(requiredMetadata(item))),
    namesDevice: true,
  },
};

/** Reads a claim of either form; throws when it cannot be parsed. */
export function readClaim(item: JsonObject): ClaimRequest {
  const identifier = objectIn(item, 'deviceIdentifier');
  if (identifier === undefined) throw invalidArgument('Missing device identifier.');
  // Accepted and forgotten: a reseller can set a configuration, never read it (2.5).
  int64In(item, 'configurationId');
  return {
    identifier: readIdentifier(identifier),
    sectionType: textIn(item, 'sectionType'),
    customerId: int64In(item, 'customerId'),
    entries: readEntries(objectIn(item, 'deviceMetadata')),
    simlockProfileId: int64In(item, 'simlockProfileId'),
    chromeOs:
      textIn(item, 'googleWorkspaceCustomerId') !== undefined ||
      textIn(item, 'preProvisioningToken') !== undefined,
  };
}

/** Reads how an item names its device; throws when it does not. */
export function readName(item: JsonObject): DeviceName {
  const deviceId = int64In(item, 'deviceId');
  const identifier = objectIn(item, 'deviceIdentifier');
  if (deviceId !== undefined) return { deviceId };
  if (identifier !== undefined) return { identifier: readIdentifier(identifier) };
  throw invalidArgument('Missing device id or device identifier.');
}

function requiredMetadata(item: JsonObject): JsonObject {
  const metadata = objectIn(item, 'deviceMetadata');
  if (metadata === undefined) throw invalidArgument('Missing device metadata.');
  return metadata;
}
