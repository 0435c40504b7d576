import { startGoogleZeroTouch } from '../../src/simulators/google-zero-touch/start.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { adminFace } from './admin-face.ts';

/** A simulated vendor of one test, with its admin face at hand. */
export interface TestVendor {
  readonly url: string;
  /** Plays the vendor's side; throws on what the admin face refuses. */
  ask(method: string, path: string, body?: object): Promise<unknown>;
  /** A key file of a service account, linked unless told otherwise. */
  issueKey(order?: object): Promise<Readonly<Record<string, string>>>;
  /** Requests seen so far, in order. */
  ledger(filter?: {
    readonly endpoint?: string;
    readonly mutating?: boolean;
  }): Promise<readonly LedgerEntry[]>;
  /** How often each device (by IMEI) was asked to be claimed. */
  claimsSent(): Promise<ReadonlyMap<string, number>>;
  /** Which company each device (by IMEI) belongs to. */
  holdings(): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

/** How long a batch takes at the test's vendor. */
const OPERATION_MS = 300;

/** A vendor that has one company, Acme GmbH with the id 987654. */
export async function startTestVendor(): Promise<TestVendor> {
  const simulator = await startGoogleZeroTouch({ operations: { afterMs: OPERATION_MS } });

  const ask = adminFace(simulator);

  const ledger: TestVendor['ledger'] = async ({ endpoint, mutating } = {}) => {
    const query = new URLSearchParams({
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(mutating === undefined ? {} : { mutating: String(mutating) }),
    });
    return (await ask('GET', `/ledger?${query.toString()}`)) as readonly LedgerEntry[];
  };

  await ask('POST', '/customers', { companyName: 'Acme GmbH', companyId: '987654' });
  return {
    url: simulator.url,
    ask,
    ledger,
    issueKey: async (order = {}) =>
      (await ask('POST', '/service-accounts', order)) as Readonly<Record<string, string>>,
    claimsSent: async () => {
      const sent = new Map<string, number>();
      for (const { endpoint, items = [] } of await ledger({ mutating: true })) {
        // Alone, or in a batch.
        if (endpoint !== 'devices.claim' && endpoint !== 'devices.claimAsync') continue;
        for (const name of items.map(imeiOf)) sent.set(name, (sent.get(name) ?? 0) + 1);
      }
      return sent;
    },
    holdings: async () => {
      const state = (await ask('GET', '/state')) as StateDump;
      return Object.fromEntries(
        state.store.devices.flatMap(({ identifier, claims }) =>
          claims.map(({ ownerCompanyId }) => [
            identifier.imei ?? identifier.serialNumber ?? '?',
            ownerCompanyId,
          ]),
        ),
      );
    },
    close: () => simulator.close(),
  };
}

interface StateDump {
  readonly store: {
    readonly devices: readonly {
      readonly identifier: { readonly imei?: string; readonly serialNumber?: string };
      readonly claims: readonly { readonly ownerCompanyId: string }[];
    }[];
  };
}

function imeiOf(item: unknown): string {
  const { deviceIdentifier } = item as { readonly deviceIdentifier?: { readonly imei?: string } };
  return deviceIdentifier?.imei ?? JSON.stringify(item);
}
