import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const FILE = resolve(import.meta.dirname, '../../docs/library.md');
const PAGE = readFileSync(FILE, 'utf8');

/** The names of the library, as its pages list them: methods, objects with their fields, states, error codes. */
const METHODS = `claimDevice claimDevicesAsync unclaimDevice unclaimDevicesAsync createCustomer listCustomers
  findDevicesByDeviceIdentifier findDevicesByOwner getOperation listOperations createResellerService`;

const OBJECTS: Readonly<Record<string, string>> = {
  CompanyReference: 'companyId vendor',
  Company: 'companyReference companyName vendorParams',
  Device: 'deviceId deviceIdentifier customer orderNumber vendorParams',
  DeviceClaim: 'deviceIdentifier customer orderNumber vendorParams',
  DeviceUnclaim: 'deviceId deviceIdentifier vendorParams',
  DeviceIdentifier: 'imei serialNumber meid manufacturer model',
  Operation: 'operationId operationType state deviceErrors vendorParams',
  DeviceOperationError: 'deviceId deviceIdentifier error',
  CommonException: 'error',
  Error: 'code message vendorMsg errorId vendorParams',
  UnclaimDevicesRequest: 'unclaims vendorParams',
  UnclaimDevicesResponse: 'operations',
};

const STATES = 'IN_PROGRESS COMPLETE COMPLETE_WITH_ERRORS FAILED CLAIM_DEVICES UNCLAIM_DEVICES';

const CODES = `INVALID_PARAM_DEFAULT INVALID_PAGE_TOKEN INVALID_CUSTOMER_ID INVALID_DEVICE_IMEI INVALID_DEVICE_MEID
  INVALID_DEVICE_SERIAL INVALID_OPERATION_ID INVALID_RESELLER_ID INVALID_MANUFACTURER INVALID_IDENTIFIER_SET
  INVALID_MODEL INVALID_DEVICE_ID INVALID_DEVICE DUPLICATE_DEVICE DEVICE_UPLOAD_COUNT_EXCEEDED AUTHORIZATION_FAIL
  INTERNAL_SERVER_ERROR NOT_IMPLEMENTED`;

/** Spellings that only the method pages have. */
const OTHER_SPELLINGS = ['DUPLICATE_DEVICES', 'AUTHORIZATION_FAILED'];

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const NAMES: readonly string[] = [
  ...words(METHODS),
  ...Object.entries(OBJECTS).flatMap(([object, fields]) =>
    words(fields).map((field) => `${object}.${field}`),
  ),
  ...words(STATES),
  ...words(CODES),
];

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

/** The rows whose first cell is a name of the library. */
const ROWS: readonly Row[] = PAGE.split('\n').flatMap((line) => {
  const [, name] = /^\| `([A-Za-z_.]+)` \|/.exec(line) ?? [];
  if (name === undefined) return [];
  const cells = line.split('|').slice(2, -1);
  return [{ name, cells: cells.map((cell) => cell.trim()) }];
});

/** What a row names as its proof: a title, or a part of one, and the file it stands in. */
function proofsOf({ cells }: Row): readonly { readonly title: string; readonly file: string }[] {
  const shown = cells.at(-1) ?? '';
  return [...shown.matchAll(/“([^”]+)”\]\(([^)]+)\)/g)].map(([, title = '', path = '']) => ({
    title,
    file: join(dirname(FILE), path),
  }));
}

describe('the page about the reseller library', () => {
  test('has one row for every method, field, state and error code', () => {
    const counted = ROWS.map(({ name }) => name);
    expect(NAMES.filter((name) => !counted.includes(name))).toEqual([]);
    expect(counted.filter((name, index) => counted.indexOf(name) !== index)).toEqual([]);
    expect(OTHER_SPELLINGS.filter((spelling) => !PAGE.includes(spelling))).toEqual([]);
  });

  test.each(ROWS)('says of $name where it lives, for each vendor, and what shows it', (row) => {
    expect(row.cells).toHaveLength(4);
    expect(row.cells.filter((cell) => cell === '')).toEqual([]);
    const proofs = proofsOf(row);
    expect(proofs.length).toBeGreaterThan(0);
    for (const { title, file } of proofs) {
      expect(existsSync(file), file).toBe(true);
      expect(readFileSync(file, 'utf8'), file).toContain(title);
    }
  });

  test('names no proof in a form that nobody checks', () => {
    for (const row of ROWS) {
      const links = row.cells.at(-1)?.match(/\]\(/g) ?? [];
      expect(proofsOf(row)).toHaveLength(links.length);
    }
  });
});
