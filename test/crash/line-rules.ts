import type { ServedVendorOperation } from '../../src/controllers/resources.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { Fleet } from './fleet.ts';
import {
  between,
  brokenOrder,
  countOf,
  exceeded,
  type Journaled,
  joinOperations,
  type Sent,
} from './journaled.ts';

/** The vendor's operations that write, by our verb for it. */
const VERBS: Readonly<Record<string, string>> = {
  ChangeDeviceState: 'deactivateLine',
  DeleteDevices: 'deleteLine',
};

/**
 * What the vendor's ledger must show of lines, beside the laws that hold for its archive; answers what it shows instead:
 *
 * - every write is one operation of the journal, created before it, and each operation is sent at most once;
 * - nothing is written to a line that the fleet does not declare, and nothing is done more often than it should be;
 * - the same is asked of a line again only if it had no effect, and after a look at the line that would show it.
 */
export function brokenLineRules(
  ledger: readonly LedgerEntry[],
  operations: readonly ServedVendorOperation[],
  { items = [], atMost = {} }: Fleet,
): readonly string[] {
  const writes = ledger.filter(({ mutating }) => mutating).map(sentBy);
  const unplanned = writes.flatMap(({ keys }) => keys.filter((key) => !items.includes(key)));
  return [
    ...brokenOrder(ledger, joinOperations(writes, operations), (earlier, later, key) =>
      earlier.verb === later.verb ? whyNotAgain(earlier, later, key, ledger) : undefined,
    ),
    ...unplanned.map((key) => `nobody declares ${key}, and it was written to`),
    ...exceeded('deactivated', countOf(ledger, 'deactivated'), atMost.deactivated),
    ...exceeded('deleted', countOf(ledger, 'deleted'), atMost.deleted),
  ];
}

function whyNotAgain(
  earlier: Journaled,
  later: Journaled,
  key: string,
  ledger: readonly LedgerEntry[],
): string | undefined {
  if (earlier.changed.has(key)) return 'had taken effect';
  const looked = between(ledger, earlier, later).some(
    ({ endpoint, status, items = [] }) =>
      endpoint === 'GetDeviceInformation' && status === 200 && items.map(keyOf).includes(key),
  );
  return looked ? undefined : 'not looked at in between';
}

function sentBy(entry: LedgerEntry): Sent {
  const changed = (entry.effect ?? []).map(({ identifiers }) => `iccid:${(identifiers as Names).iccid}`);
  return {
    entry,
    verb: VERBS[entry.endpoint] ?? entry.endpoint,
    keys: (entry.items ?? []).map(keyOf),
    changed: new Set(changed),
  };
}

interface Names {
  readonly iccid?: string;
}

/** The key of an item of a request, as the ledger notes it. */
export function keyOf({ kind, identifier }: Readonly<Record<string, unknown>>): string {
  return `${String(kind).toLowerCase()}:${String(identifier)}`;
}
