import type { ServedNetflixCharge, ServedVendorOperation } from '../../src/controllers/resources.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { Fleet } from './fleet.ts';
import {
  between,
  brokenOrder,
  countOf,
  exceeded,
  isDenied,
  type Journaled,
  joinOperations,
  type Sent,
} from './journaled.ts';

/** The vendor's methods that write, by our verb for it. */
const VERBS: Readonly<Record<string, string>> = {
  'subscriptions.create': 'createSubscription',
  'subscriptions.suspend': 'suspendSubscription',
  'subscriptions.unsuspend': 'unsuspendSubscription',
  'subscriptions.cancel': 'cancelSubscription',
  'devices.register': 'registerEsn',
  'devices.unregister': 'unregisterEsn',
  'charges.acknowledge': 'acknowledgeCharge',
};

/** Repeating these changes nothing, and nothing could be read in between. */
const HARMLESS: ReadonlySet<string> = new Set(['registerEsn', 'unregisterEsn']);
/** Repeating this changes nothing, and the answer alone tells: a list without it may be wrong. It is looked at first. */
const HARMLESS_AFTER_A_LOOK = 'acknowledgeCharge';

/** A charge as the vendor keeps it. */
export interface VendorCharge {
  readonly number: string;
  readonly acknowledged: { readonly reference?: string | null } | null;
}

/**
 * What the vendor's ledger must show of an operator; answers what it shows instead:
 *
 * - every write is one operation of the journal, created before it, and each operation is sent at most once;
 * - what took effect is not asked for again, but for devices and charges, where that is harmless; what did not is asked for again
 *   only after a look, and a creation only if a person said that it did not happen;
 * - nobody is created twice; only what the fleet declares, or declares no longer, is written to.
 */
export function brokenNetflixRules(
  ledger: readonly LedgerEntry[],
  operations: readonly ServedVendorOperation[],
  { items = [], atMost = {} }: Fleet,
): readonly string[] {
  const writes = ledger.filter(({ mutating }) => mutating).map(sentBy);
  const unplanned = writes.flatMap(({ keys }) =>
    keys.filter((key) => !key.startsWith('charge:') && !items.includes(key)),
  );
  return [
    ...brokenOrder(ledger, joinOperations(writes, operations), (earlier, later, key) =>
      earlier.verb === later.verb ? whyNotAgain(earlier, later, key, ledger) : undefined,
    ),
    ...unplanned.map((key) => `nobody declares ${key}, and it was written to`),
    ...exceeded('created', countOf(ledger, 'create', 'reissueToken'), atMost.created),
  ];
}

/**
 * What must be true of charges: each that is acknowledged was recorded before, under the same reference, and once; and
 * in the end none is left.
 */
export function brokenChargeRules(
  ledger: readonly LedgerEntry[],
  charges: readonly VendorCharge[],
  recorded: readonly ServedNetflixCharge[],
): readonly string[] {
  const told = ledger.flatMap(({ at, effect = [] }) =>
    effect
      .filter(({ change }) => change === 'acknowledge')
      .map(({ number }) => ({ at, number: String(number) })),
  );
  const numbers = told.map(({ number }) => number);
  return [
    ...numbers
      .filter((number, index) => numbers.indexOf(number) < index)
      .map((number) => `charge ${number} was acknowledged twice`),
    ...told
      // Objects carry their creation in whole seconds, rounded down.
      .filter(
        ({ at, number }) =>
          !recorded.some(
            ({ metadata, spec }) =>
              spec.number === number && Date.parse(metadata.creationTimestamp ?? '') <= Date.parse(at),
          ),
      )
      .map(({ number }) => `charge ${number} was acknowledged before it was recorded`),
    ...charges
      .filter(({ number }) => recorded.filter(({ spec }) => spec.number === number).length !== 1)
      .map(({ number }) => `charge ${number} is not recorded once`),
  ];
}

function whyNotAgain(
  earlier: Journaled,
  later: Journaled,
  key: string,
  ledger: readonly LedgerEntry[],
): string | undefined {
  if (HARMLESS.has(later.verb)) return undefined;
  if (earlier.changed.has(key) && later.verb !== HARMLESS_AFTER_A_LOOK) return 'had taken effect';
  if (later.verb === 'createSubscription')
    return isDenied(earlier) ? undefined : 'nobody said that it did not happen';
  const looked = between(ledger, earlier, later).some(
    ({ endpoint, status, items = [] }) =>
      status === 200 &&
      (key.startsWith('charge:')
        ? endpoint === 'charges.list'
        : endpoint === 'subscriptions.show' && items.map(keyOf).includes(key)),
  );
  return looked ? undefined : 'not looked at in between';
}

function sentBy(entry: LedgerEntry): Sent {
  const { endpoint, items = [], effect = [] } = entry;
  return {
    entry,
    verb: VERBS[endpoint] ?? endpoint,
    keys: items.map(keyOf),
    changed: new Set(effect.map(keyFor)),
  };
}

/** The key of an item of a request, as the ledger notes it. */
export function keyOf(item: Readonly<Record<string, unknown>>): string {
  return keyFor({ ...item, customer: item['billing_system_customer_identifier'] });
}

/** A charge is noted with its customer. */
function keyFor({ customer, number, esn }: Readonly<Record<string, unknown>>): string {
  if (typeof number === 'string') return `charge:${number}`;
  return typeof esn === 'string' ? `esn:${esn}` : `customer:${String(customer)}`;
}
