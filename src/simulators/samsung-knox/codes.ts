import type { Random } from '../random.ts';

/** The error codes of Gen2 by name (3.6). */
export const CODES = {
  RESOURCE_INVALID_PARAM: 40000000,
  RESOURCE_DUPLICATE_PARAM: 40000001,
  PAGE_OUT_OF_BOUNDS: 40000002,
  DEVICE_COUNT_EXCEEDED: 40000003,
  DEVICE_INVALID: 40000004,
  DEVICE_DUPLICATE: 40000005,
  DEVICE_ID_INVALID: 40000006,
  DEVICE_IMEI_INVALID: 40000007,
  DEVICE_MEID_INVALID: 40000008,
  DEVICE_SERIAL_INVALID: 40000009,
  RESELLER_ID_INVALID: 40000010,
  CUSTOMER_ID_INVALID: 40000011,
  CUSTOMER_RESELLER_ALREADY_ASSOCIATED: 40000012,
  TRANSACTION_ID_INVALID: 40000013,
  TRANSACTION_ID_DUPLICATE: 40000014,
  RESELLER_CUSTOMER_DEVICE_NOT_FOUND: 40000044,
  UNAUTHENTICATED: 40100000,
  AUTHORIZATION_FAIL: 40300000,
  RESELLER_NOT_FOUND: 40400001,
  CUSTOMER_NOT_FOUND: 40400002,
  VENDOR_NOT_FOUND: 40400003,
  ASSOCIATION_NOT_FOUND: 40400004,
  INTERNAL_SERVER_ERROR: 50000000,
} as const;

export type CodeName = keyof typeof CODES;

/** The code of that name or number; undefined when there is none. */
export function codeNameOf(text: string): CodeName | undefined {
  const names = Object.keys(CODES) as CodeName[];
  return names.find((name) => name === text || String(CODES[name]) === text);
}

/** Code of a success (3.5). */
export const SUCCESS = 2000000;

/** The name the vendor prints beside a code: 401 and 403 share one (3.6). */
export function nameOf(name: CodeName): string {
  return name === 'UNAUTHENTICATED' ? 'AUTHORIZATION_FAIL' : name;
}

/** Whether codes are JSON strings or numbers. The documents say string, the samples show numbers, but for one (3.6). */
export type CodeForm = 'asInSamples' | 'strings' | 'numbers' | 'mixed';

/** Writes a code in the form of the knob; `inSamples` is the form it has in the vendor's samples. */
export type CodeWriter = (code: number, inSamples?: 'string' | 'number') => number | string;

/** @param random decides for `mixed`. */
export function codeWriter(form: CodeForm, random: Random): CodeWriter {
  return (code, inSamples = 'number') => {
    switch (form) {
      case 'asInSamples':
        return inSamples === 'string' ? String(code) : code;
      case 'strings':
        return String(code);
      case 'numbers':
        return code;
      case 'mixed':
        return random.integer(2) === 0 ? String(code) : code;
      default:
        return form satisfies never;
    }
  };
}
