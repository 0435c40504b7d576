import { NETFLIX_CHARGE_FEEDS, NETFLIX_CHARGES } from '../../../src/controllers/resources.ts';
import { atMost, type Figure, toldOnly } from '../bench.ts';
import { ACCOUNT, countOf, NAMESPACE, type Operator, unwrap, withOperator } from './operator.ts';

const CHARGES = countOf('charges', 100_000);
const PER_CALL = 50;
const CUSTOMERS = 5_000;
const LIMITS = { requestsPerSecond: 200, requestsPerDay: 1_000_000, concurrentRequests: 4 };
const PEAK_MIB = 400;
const STALL_MS = 200;
/** A charge is written down, its status, and that the vendor was told: 3. The rest: records, operations, the feed. */
const WRITES_PER_CHARGE = 3.5;

/** Charges that wait at the vendor are recorded, each as a NetflixCharge, and acknowledged. */
export function drainCharges(): Promise<readonly Figure[]> {
  return withOperator(LIMITS, {}, async (operator) => {
    await operator.ask('POST', '/charges/generate', { count: CHARGES, customers: CUSTOMERS, amount: 5.99 });
    await operator.apply(NETFLIX_CHARGE_FEEDS, {
      metadata: { namespace: NAMESPACE, name: 'charges' },
      spec: { accountRef: { name: ACCOUNT }, acknowledge: 'AfterRecording' },
    });
    await operator.startController();
    const drained = await operator.until(
      'drained',
      async () => (await statusOf(operator)).acknowledged === CHARGES,
    );
    const { cost } = drained;
    const requests = await operator.requests();
    const acknowledged = requests['charges.acknowledge'] ?? 0;
    await expectRecordedOnce(operator);
    return [
      toldOnly('charges at the vendor', CHARGES),
      toldOnly('requests a second that the account allows', LIMITS.requestsPerSecond),
      toldOnly('until all are acknowledged', drained.seconds, 's'),
      toldOnly('CPU time until then', cost.cpuSeconds, 's'),
      atMost('calls of acknowledge', acknowledged, CHARGES / PER_CALL),
      // One look before, and one behind it that shows nothing more; the second list is empty.
      atMost('calls of list', requests['charges.list'] ?? 0, CHARGES / PER_CALL + acknowledged / 10 + 10),
      atMost('API server writes for each charge', cost.apiWrites / CHARGES, WRITES_PER_CHARGE),
      atMost('items planned for each charge', cost.plannedItems / CHARGES, 10),
      atMost('peak memory of the controller', cost.peakMib, PEAK_MIB, 'MiB'),
      atMost('longest stall', drained.longestStallMs, STALL_MS, 'ms'),
    ];
  });
}

async function statusOf(operator: Operator): Promise<{ readonly acknowledged?: number }> {
  const { status } = await operator.get(NETFLIX_CHARGE_FEEDS, 'charges');
  return status ?? {};
}

/** Every charge stands at the API server, and the vendor was told of each once. Throws otherwise. */
async function expectRecordedOnce(operator: Operator): Promise<void> {
  const recorded = new Set<string>();
  let continueToken: string | undefined;
  do {
    const page = unwrap(
      await operator.client.list(
        NETFLIX_CHARGES,
        { namespace: NAMESPACE, limit: 1_000, ...(continueToken === undefined ? {} : { continueToken }) },
        operator.signal,
      ),
    );
    for (const { spec } of page.items) recorded.add((spec as { readonly number: string }).number);
    continueToken = page.continueToken;
  } while (continueToken !== undefined);
  const effects = (await operator.ledger())
    .filter(({ endpoint }) => endpoint === 'charges.acknowledge')
    .flatMap(({ effect = [] }) => effect.map(({ number }) => number as string));
  const told = new Set(effects);
  if (effects.length !== CHARGES || told.size !== CHARGES) {
    throw new Error(`${effects.length} acknowledgements of ${told.size} charges`);
  }
  for (const number of told) if (!recorded.has(number)) throw new Error(`${number} was never recorded`);
}
