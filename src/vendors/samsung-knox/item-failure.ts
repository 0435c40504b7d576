import type { ItemFailure } from '../../domain/item.ts';
import { codeName } from './codes.ts';
import type { WireFailedDevice } from './wire.ts';

/** What a name in a transaction's failures means for the device it stands beside. */
const MEANINGS: Readonly<Record<string, ItemFailure>> = {
  DEVICE_INVALID: {
    code: 'INVALID_DEVICE',
    kind: 'invalid',
    message:
      'Samsung does not recognise it as a genuine device of an authorised reseller; only Samsung support can help',
  },
  DEVICE_DUPLICATE: {
    code: 'HELD_BY_OTHER',
    kind: 'heldByOther',
    message:
      'it is registered already, and not under this identifier for this customer: another customer or reseller holds it, or it is listed by the first IMEI of a dual SIM phone; add its imei2 or serialNumber, or have it released',
    unproven: true,
  },
  DEVICE_ID_INVALID: invalid('INVALID_IDENTIFIER_SET', 'Samsung needs another identifier to name it'),
  DEVICE_IMEI_INVALID: invalid('INVALID_DEVICE_IMEI', 'Samsung does not accept the IMEI'),
  DEVICE_MEID_INVALID: invalid('INVALID_DEVICE_MEID', 'Samsung does not accept the MEID'),
  DEVICE_SERIAL_INVALID: invalid('INVALID_DEVICE_SERIAL', 'Samsung does not accept the serial number'),
  CUSTOMER_ID_INVALID: invalid('INVALID_CUSTOMER_ID', 'Samsung does not know the customer'),
  CUSTOMER_NOT_FOUND: invalid('INVALID_CUSTOMER_ID', 'Samsung does not know the customer'),
  RESOURCE_INVALID_PARAM: invalid('INVALID_PARAM_DEFAULT', 'Samsung does not accept the request for it'),
  RESELLER_CUSTOMER_DEVICE_NOT_FOUND: {
    code: 'NOT_HELD',
    kind: 'heldByOther',
    message: 'the customer does not hold it through this reseller, so there is nothing to release',
    unproven: true,
  },
};

const FAILED: ItemFailure = {
  code: 'INTERNAL_SERVER_ERROR',
  kind: 'passing',
  message: 'Samsung failed at this device',
};

/** What became of one device that a transaction lists as failed. */
export function readFailure({ code }: WireFailedDevice): ItemFailure {
  const name = codeName(code);
  const failure = MEANINGS[name ?? ''] ?? FAILED;
  return { ...failure, message: `${failure.message} (Samsung: ${name ?? String(code ?? 'no code')})` };
}

function invalid(code: string, message: string): ItemFailure {
  return { code, kind: 'invalid', message };
}
