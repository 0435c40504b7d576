import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import {
  ACME_ID,
  account,
  BOTH_CUSTOMERS,
  COMPANIES,
  claim,
  type Fleet,
  GLOBEX_ID,
  held,
  phone,
  range,
  scanner,
  tablet,
} from './fleet.ts';
import { GOOGLE } from './google.ts';

const phones = range(11).map(phone);
const tablets = range(9).map(tablet);
const unknownMaker: DeviceIdentity = { ...phone(90), manufacturer: 'Gooogle' };
const undeclared = phone(91);

/**
 * Small, with one of each thing that may be claimed twice by mistake.
 *
 * | claim           | devices | of these                                                            |
 * | --------------- | ------- | ------------------------------------------------------------------- |
 * | acme-phones     | 11      | 4 held by acme already (adopted), 1 held by another reseller        |
 * | acme-scanners   | 9       | 1 of a manufacturer that does not exist                             |
 * | globex-tablets  | 9       | 8 held by globex already, so its batch is one device, read by itself |
 *
 * Acme also holds one device that no claim names. What is adopted gets the order number of its claim.
 */
export const CLAIMS_FLEET: Fleet = {
  vendor: GOOGLE,
  manifests: [
    account(),
    ...BOTH_CUSTOMERS,
    claim('acme-phones', 'acme', phones, { orderNumber: 'PO-1' }),
    claim('acme-scanners', 'acme', [...range(8).map(scanner), unknownMaker], { orderNumber: 'PO-2' }),
    claim('globex-tablets', 'globex', tablets, { orderNumber: 'PO-3' }),
  ],
  vendorState: [
    ['/customers', { customers: COMPANIES }],
    [
      '/devices',
      {
        devices: [
          ...[...phones.slice(0, 4), undeclared].map((device) => held(ACME_ID, device)),
          ...tablets.slice(0, 8).map((device) => held(GLOBEX_ID, device)),
          { ...held('555001', phone(10)), resellerId: '555' },
        ],
      },
    ],
  ],
  companies: [ACME_ID, GLOBEX_ID],
};
