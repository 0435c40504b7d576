import * as fc from 'fast-check';
import type { DesiredDevice, DeviceTypes, RecordedDevice } from '../../src/domain/device/facts.ts';
import type { Declared, InFlight, Item, ItemFailure, RememberedFailure } from '../../src/domain/item.ts';

export type DeviceItem = Item<DeviceTypes>;

export const PLAIN: DesiredDevice = {
  companyId: 'acme',
  releasePolicy: 'Keep',
  onVendorRelease: 'Report',
  vendorParams: {},
};

const SUBJECT = { imei: '490154203237518' };

/** A device as one claim declares it. */
export function declaredBy(
  holder: string,
  desired: Partial<DesiredDevice> = {},
  more: { readonly createdAtMs?: number; readonly suspended?: boolean } = {},
): Declared<DeviceTypes> {
  return {
    by: { holder, createdAtMs: 0, suspended: false, whole: true, ...more, desired: { ...PLAIN, ...desired } },
    subject: SUBJECT,
  };
}

export function recordedFor(holder: string, more: Partial<RecordedDevice> = {}): RecordedDevice {
  return { companyId: 'acme', holder, releasePolicy: 'Keep', how: 'Claimed', ...more };
}

export const UNKNOWN: DeviceItem['observed'] = { is: 'unknown' };
export const ABSENT: DeviceItem['observed'] = { is: 'absent', atMs: 100 };

export function heldBy(companyId: string, atMs = 100): DeviceItem['observed'] {
  return { is: 'present', fact: { companyId }, atMs };
}

export function deviceItem(parts: Partial<DeviceItem>): DeviceItem {
  return { key: 'imei:490154203237518', declared: [], observed: UNKNOWN, nowMs: 0, ...parts };
}

export function remembered(kind: ItemFailure['kind'], due = false): RememberedFailure {
  return { failure: { code: 'CODE', message: 'in words', kind }, verb: 'claim', attempts: 1, due };
}

const company = fc.constantFrom('acme', 'beta', 'gamma');
const holder = fc.constantFrom('a', 'b', 'c', 'd');

const declared: fc.Arbitrary<Declared<DeviceTypes>> = fc
  .tuple(
    holder,
    fc.record({
      companyId: company,
      releasePolicy: fc.constantFrom('Keep' as const, 'Unclaim' as const),
      onVendorRelease: fc.constantFrom('Report' as const, 'Reclaim' as const),
    }),
    fc.record({ createdAtMs: fc.nat(3), suspended: fc.boolean() }),
  )
  .map(([name, desired, more]) => declaredBy(name, desired, more));

const observed: fc.Arbitrary<DeviceItem['observed']> = fc.oneof(
  fc.constant(UNKNOWN),
  fc.nat(300).map((atMs) => ({ is: 'absent' as const, atMs })),
  fc.tuple(company, fc.nat(300)).map(([companyId, atMs]) => heldBy(companyId, atMs)),
  fc.nat(300).map((atMs) => ({ is: 'present' as const, fact: {}, atMs })),
);

const inFlight: fc.Arbitrary<InFlight> = fc.oneof(
  fc.constant<InFlight>({ is: 'running', verb: 'claim', operation: 'r1' }),
  fc
    .record({ lostAtMs: fc.nat(200), proof: fc.option(fc.nat(200)), customer: company })
    .map(({ lostAtMs, proof, customer }): InFlight => {
      const unknown = {
        is: 'unknown',
        verb: 'claim',
        operation: 'r1',
        partition: { customer },
        lostAtMs,
      } as const;
      return proof === null ? unknown : { ...unknown, provableFromMs: lostAtMs + proof };
    }),
);

/** Any device the planner may meet. */
export const anyDevice: fc.Arbitrary<DeviceItem> = fc
  .record(
    {
      declared: fc.uniqueArray(declared, { maxLength: 4, selector: ({ by }) => by.holder }),
      observed,
      recorded: fc
        .record({
          companyId: company,
          holder,
          releasePolicy: fc.constantFrom('Keep' as const, 'Unclaim' as const),
          how: fc.constantFrom('Claimed' as const, 'Adopted' as const),
        })
        .map((record): RecordedDevice => record),
      inFlight,
      failure: fc
        .tuple(fc.constantFrom('invalid', 'heldByOther', 'passing'), fc.boolean())
        .map(([kind, due]) => remembered(kind, due)),
    },
    { requiredKeys: ['declared', 'observed'] },
  )
  .map((parts) => deviceItem(parts));
