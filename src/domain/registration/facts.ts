import type { Holder, ItemFailure, ItemKey } from '../item.ts';

/** A device, by its electronic serial number. */
export interface Esn {
  readonly esn: string;
}

/** The group that stands for an operator at the vendor; exactly one of them is set. */
export interface OperatorGroup {
  readonly id?: string;
  readonly name?: string;
  readonly alternativeCode?: string;
}

/** What a NetflixDeviceRegistration asks for each of its devices. One object per resource. */
export interface DesiredRegistration {
  readonly group: OperatorGroup;
  /** What happens to a device that leaves the resource, or when that is deleted. */
  readonly releasePolicy: 'Keep' | 'Unregister';
}

/** What our record holds of a device. Nothing at the vendor can be read. */
export interface RecordedRegistration {
  readonly group: OperatorGroup;
  readonly holder: Holder;
  readonly releasePolicy: 'Keep' | 'Unregister';
}

/** What a NetflixDeviceRegistration is told about one of its devices. */
export interface RegistrationVerdict {
  readonly state: 'registered' | 'unconfirmed' | 'lost' | 'pending' | 'failed' | 'conflicted';
  /** With every state but `registered`, when something is to be said. */
  readonly code?: string;
  readonly message?: string;
}

/** The types that a registration is made of. The vendor has no list, so there are neither rows nor looks. */
export interface RegistrationTypes {
  readonly subject: Esn;
  readonly desired: DesiredRegistration;
  readonly row: Esn;
  readonly observed: Esn;
  readonly recorded: RecordedRegistration;
  readonly verdict: RegistrationVerdict;
}

/** Longest ESN taken. ASSUMED: the vendor names no limit; the longest known ones have some 50 characters. */
const MAX_ESN_CHARACTERS = 128;

/** The key of a device, or why its number cannot be one. */
export function esnKey(
  esn: string,
): { readonly ok: true; readonly key: ItemKey } | { readonly ok: false; readonly failure: ItemFailure } {
  const isPlain = /^[\x21-\x7e]+$/.test(esn) && esn.length <= MAX_ESN_CHARACTERS;
  if (isPlain) return { ok: true, key: `esn:${esn}` };
  return {
    ok: false,
    failure: {
      code: 'INVALID_ESN',
      message: 'an ESN has 1 to 128 visible ASCII characters and no spaces',
      kind: 'invalid',
    },
  };
}

export function esnOfKey(key: ItemKey): Esn | undefined {
  return key.startsWith('esn:') ? { esn: key.slice('esn:'.length) } : undefined;
}
