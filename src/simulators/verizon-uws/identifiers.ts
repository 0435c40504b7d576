import { CODES, VendorFault } from './vendor-fault.ts';

/** The kinds of identifier (fact sheet 4), in the spelling requests use. */
export const KINDS = ['esn', 'iccid', 'imei', 'meid', 'eid', 'mdn', 'msisdn'] as const;

export type Kind = (typeof KINDS)[number];

/** One identifier of a device. */
export interface Identifier {
  readonly kind: Kind;
  /** A string: leading zeros count (4). */
  readonly value: string;
}

/** All identifiers of a device, at most one of each kind. */
export type Identifiers = Readonly<Partial<Record<Kind, string>>>;

/** What each kind looks like (4). */
const FORMATS: Readonly<Record<Kind, RegExp>> = {
  esn: /^\d{11}$/,
  iccid: /^\d{1,20}$/,
  imei: /^\d{14,16}$/,
  meid: /^[0-9a-f]{14}$/i,
  eid: /^\d{32}$/,
  mdn: /^\d{10}$/,
  msisdn: /^\d{11}$/,
};

/** Kinds that may name a device to DeleteDevices: those that stay with it after deactivation (4). */
export const DELETABLE_KINDS: readonly Kind[] = ['esn', 'iccid', 'imei', 'meid', 'eid'];

/** Kinds that may name a device to every other operation (4). */
export const NAMING_KINDS: readonly Kind[] = ['esn', 'iccid', 'imei', 'meid', 'mdn', 'msisdn'];

/** How DeleteDevices spells a kind in its reply: `Esn`, `Iccid` (5). */
export function capitalised(kind: Kind): string {
  return kind.slice(0, 1).toUpperCase() + kind.slice(1);
}

/** How lists spell a kind: `mdn`, `meid`, but `iccId` (4). */
export function asListed(kind: Kind): string {
  return kind === 'iccid' ? 'iccId' : kind;
}

/** The spelling of a kind under the knob `kindCase`. */
export function spelt(printed: string, kindCase: 'asPrinted' | 'lower' | 'upper'): string {
  if (kindCase === 'asPrinted') return printed;
  return kindCase === 'lower' ? printed.toLowerCase() : printed.toUpperCase();
}

/** The identifier a request names; faults when the kind is not allowed or the value does not fit it (10). */
export function checkedIdentifier(kind: string, value: string, allowed: readonly Kind[]): Identifier {
  const known = allowed.find((candidate) => candidate === kind.toLowerCase());
  if (known === undefined)
    throw new VendorFault(CODES.kindInvalid, `The identifier kind ${kind} is invalid.`);
  if (!isOfKind(known, value)) {
    throw new VendorFault(CODES.identifierInvalid, `The ${known} ${value} is invalid.`);
  }
  return { kind: known, value };
}

/** Whether the value has the format of the kind. */
export function isOfKind(kind: Kind, value: string): boolean {
  return FORMATS[kind].test(value);
}

/** The identifiers as a list, in the order of KINDS. */
export function listed(identifiers: Identifiers): readonly Identifier[] {
  return KINDS.flatMap((kind) => {
    const value = identifiers[kind];
    return value === undefined ? [] : [{ kind, value }];
  });
}
