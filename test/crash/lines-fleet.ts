import { VENDOR_ACCOUNTS, VERIZON_DEVICE_DELETIONS } from '../../src/controllers/resources.ts';
import { type Fleet, type Manifest, manifest, range } from './fleet.ts';
import { VERIZON } from './verizon.ts';

/** A line that stands at the vendor, with some history. */
function line(index: number, more: object): object {
  return { identifiers: { imei: `99000056000000${index}`, iccid: iccid(index) }, ...more };
}

function iccid(index: number): string {
  return `8914800000000000000${index}`;
}

function rows(index: number): object {
  return { device: { kind: 'iccid', identifier: iccid(index) }, history: 'usage', count: 3 };
}

function deletion(name: string, lines: readonly number[]): Manifest {
  return manifest(VERIZON_DEVICE_DELETIONS, name, {
    accountRef: { name: VERIZON.accountName },
    irreversible: true,
    deactivate: 'IfActive',
    history: { archive: 'Required', usageSettlesAfter: '10s', lookback: '48h' },
    devices: lines.map((index) => ({ kind: 'iccid', identifier: iccid(index) })),
  });
}

/**
 * | deletion | line | which                         | its end                                      |
 * | -------- | ---- | ----------------------------- | -------------------------------------------- |
 * | retired  | 0    | is in service                 | deactivated, archived, deleted, proven gone  |
 * | retired  | 1    | is out of service             | archived, deleted, proven gone               |
 * | retired  | 2    | the login may not delete      | archived, refused                            |
 * | –        | 3    | nobody declares               | stands as before                             |
 *
 * The budget leaves room for what a kill lets be counted and never sent.
 */
export const LINES_FLEET: Fleet = {
  vendor: VERIZON,
  manifests: [
    manifest(VENDOR_ACCOUNTS, VERIZON.accountName, {
      vendor: 'VerizonUws',
      mode: 'Enforce',
      firstContact: 'Trust',
      verizonUws: {
        endpoint: `${VERIZON.origin}/api/v2`,
        accountName: '0252067890-00001',
        credentialsSecretRef: { name: VERIZON.secretName },
      },
      limits: { requestsPerSecond: 100 },
      guard: { settle: '5s', irreversible: { maxItems: 20 } },
    }),
    deletion('retired', range(3)),
  ],
  vendorState: [
    [
      '/devices',
      {
        devices: [
          line(0, { state: 'active' }),
          line(1, { state: 'deactive' }),
          line(2, { state: 'deactive', deletable: false }),
          line(3, { state: 'deactive' }),
        ],
      },
    ],
    ...range(3).map((index) => ['/history/generate', rows(index)] as const),
  ],
  items: range(3).map((index) => `iccid:${iccid(index)}`),
  atMost: { deactivated: 1, deleted: 2 },
};
