import { FIRST_GENERATION } from './assumed.ts';

/** The error codes of the second generation (KDP, error codes). */
const NAMES: Readonly<Record<string, string>> = {
  '40000000': 'RESOURCE_INVALID_PARAM',
  '40000001': 'RESOURCE_DUPLICATE_PARAM',
  '40000002': 'PAGE_OUT_OF_BOUNDS',
  '40000003': 'DEVICE_COUNT_EXCEEDED',
  '40000004': 'DEVICE_INVALID',
  '40000005': 'DEVICE_DUPLICATE',
  '40000006': 'DEVICE_ID_INVALID',
  '40000007': 'DEVICE_IMEI_INVALID',
  '40000008': 'DEVICE_MEID_INVALID',
  '40000009': 'DEVICE_SERIAL_INVALID',
  '40000010': 'RESELLER_ID_INVALID',
  '40000011': 'CUSTOMER_ID_INVALID',
  '40000012': 'CUSTOMER_RESELLER_ALREADY_ASSOCIATED',
  '40000013': 'TRANSACTION_ID_INVALID',
  '40000014': 'TRANSACTION_ID_DUPLICATE',
  '40000044': 'RESELLER_CUSTOMER_DEVICE_NOT_FOUND',
  '40100000': 'AUTHORIZATION_FAIL',
  '40300000': 'AUTHORIZATION_FAIL',
  '40400001': 'RESELLER_NOT_FOUND',
  '40400002': 'CUSTOMER_NOT_FOUND',
  '40400003': 'VENDOR_NOT_FOUND',
  '40400004': 'ASSOCIATION_NOT_FOUND',
  '50000000': 'INTERNAL_SERVER_ERROR',
  // Signed client identifier (Knox access token, errors).
  '4032251': 'ACCESS_TOKEN_EXPIRED',
  '4012250': 'ACCESS_TOKEN_BAD_REQUEST',
};

/** The vendor's name of a code, whether it came as a string or as a number; undefined for a code nobody documents. */
export function codeName(code: string | number | undefined): string | undefined {
  const text = String(code);
  return NAMES[text] ?? FIRST_GENERATION[text];
}
