import type { ServedVendorOperation } from '../../src/controllers/resources.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { Fleet } from './fleet.ts';
import {
  between,
  brokenOrder,
  countOf,
  exceeded,
  isRefused,
  type Journaled,
  joinOperations,
  type Sent,
} from './journaled.ts';

/** The vendor's endpoints that write, by our verb for it. */
const VERBS: Readonly<Record<string, string>> = { 'devices.upload': 'claim', 'devices.delete': 'unclaim' };

/** Item keys by the vendor's types of identifiers. */
const KEY_OF_TYPE: Readonly<Record<string, string>> = { IMEI: 'imei', MEID: 'meid', SN: 'serial' };

/**
 * What Samsung's ledger must show; answers what it shows instead:
 *
 * - every write is one operation of the journal, made before it, and goes by its name; no transaction id is used twice;
 * - what took effect is not asked for again; what did not only if it was refused, or after the transaction was asked for
 *   by its name, or the customer's devices were listed;
 * - a device is uploaded for another customer only after its release took effect; no more is released than may be.
 */
export function brokenSamsungRules(
  ledger: readonly LedgerEntry[],
  operations: readonly ServedVendorOperation[],
  { atMost = {} }: Fleet,
): readonly string[] {
  const writes = ledger.filter(({ mutating }) => mutating).map(sentBy);
  const names = writes.map(({ requestKey }) => requestKey);
  return [
    ...brokenOrder(ledger, joinOperations(writes, operations), (earlier, later, key) =>
      earlier.verb === later.verb
        ? whyNotAgain(earlier, later, key, ledger)
        : whyNotAfter(earlier, later, key),
    ),
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => `transaction ${name} was sent twice`),
    ...exceeded('released', countOf(ledger, 'deleted'), atMost.released),
  ];
}

function whyNotAgain(
  earlier: Journaled,
  later: Journaled,
  key: string,
  ledger: readonly LedgerEntry[],
): string | undefined {
  if (earlier.changed.has(key)) return 'had taken effect';
  if (isRefused(earlier.entry)) return undefined;
  const customer = later.operation.spec.partition?.['customer'] ?? '';
  const asked = between(ledger, earlier, later).some(({ endpoint, status, query = '' }) => {
    const parameters = new URLSearchParams(query);
    return (
      status === 200 &&
      (endpoint === 'devices.status'
        ? parameters.get('transactionId') === earlier.requestKey
        : endpoint === 'devices.list' && parameters.get('customerId') === customer)
    );
  });
  return asked ? undefined : 'not asked for in between';
}

function whyNotAfter(earlier: Journaled, later: Journaled, key: string): string | undefined {
  const isMove = earlier.verb === 'unclaim' && later.verb === 'claim';
  return isMove && !earlier.changed.has(key) ? 'claimed before it was released' : undefined;
}

function sentBy(entry: LedgerEntry): Sent {
  const { endpoint, items = [], effect = [] } = entry;
  const [first] = items;
  const type = KEY_OF_TYPE[String(first?.['type'])] ?? '?';
  return {
    entry,
    verb: VERBS[endpoint] ?? endpoint,
    keys: items.map(({ device }) => `${type}:${String(device)}`),
    changed: new Set(effect.map(({ device }) => `${type}:${String(device)}`)),
    requestKey: String(first?.['transactionId']),
    partition: { customer: String(first?.['customerId']) },
  };
}
