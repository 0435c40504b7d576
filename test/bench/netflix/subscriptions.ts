import { setTimeout as sleep } from 'node:timers/promises';
import { NETFLIX_SUBSCRIPTIONS } from '../../../src/controllers/resources.ts';
import type { LedgerEntry } from '../../../src/simulators/ledger.ts';
import { atMost, type Figure, toldOnly } from '../bench.ts';
import {
  ACCOUNT,
  countOf,
  forEach,
  isReady,
  NAMESPACE,
  type Operator,
  unwrap,
  withOperator,
} from './operator.ts';

const SUBSCRIPTIONS = countOf('subscriptions', 10_000);
const CHANGED = SUBSCRIPTIONS / 100;
/** The day is no limit here: it would stretch the interval beyond what half of the second allows. */
const LIMITS = { requestsPerSecond: 200, requestsPerDay: 100_000_000, concurrentRequests: 4 };
/** Shorter than the quota lets it be: it is stretched to where looks take half of it. */
const RESYNC = '10s';
const SETTLE_MS = 1_000;
/** A look at all takes half of the quota, so it comes as often as this. */
const INTERVAL_MS = (SUBSCRIPTIONS / (LIMITS.requestsPerSecond / 2)) * 1_000;
/** Looks are watched for one interval, in so many parts. */
const WATCHED_PARTS = 10;
/** A batch closes after so long without company (api.md); during it and the settling time looks go on. */
const QUIET_MS = 2_000;
const PEAK_MIB = 300;
const STALL_MS = 200;
const SHOW = 'subscriptions.show';

/** Ten thousand subscribers of before us are taken over, looked at again and again, and some are changed. */
export function keepSubscriptions(): Promise<readonly Figure[]> {
  return withOperator(LIMITS, { resyncInterval: RESYNC, guard: GUARD }, async (operator) => {
    await operator.ask('POST', '/subscribers/generate', { count: SUBSCRIPTIONS, state: 'effective' });
    await forEach(SUBSCRIPTIONS, (index) => declare(operator, index + 1, 'Active'));
    await operator.startController();
    const beganAt = performance.now();
    const early = await edited(operator, 1, async () => (await count(operator, SHOW)) >= SUBSCRIPTIONS / 2);
    const ready = await operator.until('Ready', async () => (await readyCount(operator)) === SUBSCRIPTIONS);
    const readySeconds = (performance.now() - beganAt) / 1_000;
    const firstCalls = await count(operator, SHOW);
    const writesBefore = (await operator.cost()).apiWrites;
    const watched = await watchLooks(operator);
    const quiet = await operator.cost();
    const late = await edited(operator, 2, async () => true);
    const changes = await changeMany(operator);
    const { cost } = changes.way;
    return [
      toldOnly('subscriptions', SUBSCRIPTIONS),
      toldOnly('requests a second that the account allows', LIMITS.requestsPerSecond),
      toldOnly('resync interval to which the quota stretches 10 s', INTERVAL_MS / 1_000, 's'),
      toldOnly('until the last is Ready', readySeconds, 's'),
      atMost('looks for each subscription until then', firstCalls / SUBSCRIPTIONS, 1.5),
      atMost('looks a second afterwards, of those allowed', watched.share, 0.55),
      atMost('looks of the busiest part of that time, of the mean', watched.busiest, 1.5),
      toldOnly('API server writes in that time', quiet.apiWrites - writesBefore),
      toldOnly('CPU time for each second of it', watched.cpuShare, 's'),
      toldOnly('first looks that waited when one was edited', early.waiting),
      atMost('vendor calls between that edit and its write', early.calls, callsIn(1), 'calls'),
      atMost('the same, while looks are only due', late.calls, callsIn(0.5), 'calls'),
      toldOnly('subscriptions changed together', CHANGED),
      atMost('vendor calls for each of them', changes.callsForEach, 3),
      toldOnly('until they are Ready', changes.way.seconds, 's'),
      atMost('API server writes for each of them', changes.writesForEach, 12),
      atMost('peak memory of the controller', cost.peakMib, PEAK_MIB, 'MiB'),
      atMost('longest stall', Math.max(ready.longestStallMs, changes.way.longestStallMs), STALL_MS, 'ms'),
    ];
  });
}

/** Everything that is changed here may be changed at once. */
const ALL = { maxItems: SUBSCRIPTIONS, maxPercent: 100, floor: SUBSCRIPTIONS };
const GUARD = { settle: `${SETTLE_MS / 1_000}s`, destructive: ALL };

/** What the vendor may see while an edit settles and its batch stays open, at this share of the quota; and twice that. */
function callsIn(share: number): number {
  return (2 * share * LIMITS.requestsPerSecond * (SETTLE_MS + QUIET_MS)) / 1_000;
}

function nameOf(number: number): string {
  return `sub-${number}`;
}

function declare(operator: Operator, number: number, state: 'Active' | 'Suspended'): Promise<void> {
  return operator.apply(NETFLIX_SUBSCRIPTIONS, {
    metadata: { namespace: NAMESPACE, name: nameOf(number) },
    spec: {
      accountRef: { name: ACCOUNT },
      billingSystemCustomerIdentifier: `pci${number}`,
      state,
      tokenSecretRef: { name: `${nameOf(number)}-token` },
    },
  });
}

async function readyCount(operator: Operator): Promise<number> {
  let ready = 0;
  let continueToken: string | undefined;
  do {
    const page = unwrap(
      await operator.client.list(
        NETFLIX_SUBSCRIPTIONS,
        { namespace: NAMESPACE, limit: 1_000, ...(continueToken === undefined ? {} : { continueToken }) },
        operator.signal,
      ),
    );
    ready += page.items.filter(isReady).length;
    continueToken = page.continueToken;
  } while (continueToken !== undefined);
  return ready;
}

async function count(operator: Operator, endpoint: string): Promise<number> {
  return (await operator.requests())[endpoint] ?? 0;
}

/** How the looks that are only due spread over time, once they have found their places. */
async function watchLooks(operator: Operator) {
  // The first of them come anywhere within the second interval after the start.
  await sleep(INTERVAL_MS);
  const before = await operator.cost();
  const beganAt = performance.now();
  const parts: number[] = [];
  let seen = await count(operator, SHOW);
  for (let part = 0; part < WATCHED_PARTS; part += 1) {
    await sleep(INTERVAL_MS / WATCHED_PARTS);
    const now = await count(operator, SHOW);
    parts.push(now - seen);
    seen = now;
  }
  const seconds = (performance.now() - beganAt) / 1_000;
  const looks = parts.reduce((sum, one) => sum + one, 0);
  return {
    share: looks / seconds / LIMITS.requestsPerSecond,
    busiest: Math.max(...parts) / (looks / WATCHED_PARTS),
    cpuShare: ((await operator.cost()).cpuSeconds - before.cpuSeconds) / seconds,
  };
}

/** Suspends one subscription at that moment; what the vendor saw until it was told, and how many looks were owed. */
async function edited(operator: Operator, number: number, moment: () => Promise<boolean>) {
  await operator.until('the moment of an edit', moment);
  const waiting = Math.max(0, SUBSCRIPTIONS - (await count(operator, SHOW)));
  const last = (await operator.ledger()).at(-1)?.seq ?? 0;
  await declare(operator, number, 'Suspended');
  let written: LedgerEntry | undefined;
  await operator.until('an edit written', async () => {
    written = (await operator.ledger(last)).find((entry) => isAbout(entry, number) && entry.mutating);
    return written !== undefined;
  });
  return { waiting, calls: (written?.seq ?? 0) - last - 1 };
}

function isAbout({ items = [] }: LedgerEntry, number: number): boolean {
  return items.some(({ billing_system_customer_identifier: customer }) => customer === `pci${number}`);
}

/** Suspends many, and counts what the vendor was asked about them until they are Ready. */
async function changeMany(operator: Operator) {
  const first = 100;
  const isChanged = (entry: LedgerEntry): boolean =>
    (entry.items ?? []).some(({ billing_system_customer_identifier: customer }) => {
      const number = Number(String(customer).slice('pci'.length));
      return number >= first && number < first + CHANGED;
    });
  const last = (await operator.ledger()).at(-1)?.seq ?? 0;
  const before = (await operator.cost()).apiWrites;
  await forEach(CHANGED, (index) => declare(operator, first + index, 'Suspended'));
  const way = await operator.until('changed', async () => (await readyCount(operator)) === SUBSCRIPTIONS);
  const calls = (await operator.ledger(last)).filter(isChanged);
  const writes = calls.filter(({ mutating }) => mutating);
  if (writes.length !== CHANGED) throw new Error(`${writes.length} writes for ${CHANGED} changes`);
  return {
    way,
    callsForEach: calls.length / CHANGED,
    writesForEach: (way.cost.apiWrites - before) / CHANGED,
  };
}
