import { type Cost, measure, OBJECT_BYTES, OBJECTS, WATCHERS } from './api/load.ts';
import { type Figure, toldOnly } from './bench.ts';

/**
 * The embedded API under 10,000 creates of 1 kB while 50 clients watch, as ratios to a plain map behind the same HTTP
 * server: what managedFields, validation, versions, history and events cost. Both run as processes of their own.
 */
export async function bench(): Promise<readonly Figure[]> {
  const plain = await measure(new URL('./api/plain-map.ts', import.meta.url));
  const embedded = await measure(new URL('./api/embedded.ts', import.meta.url));
  const ratio = (what: string, of: (cost: Cost) => number) => toldOnly(what, of(embedded) / of(plain), '×');
  return [
    toldOnly('objects', OBJECTS),
    toldOnly('bytes of each', OBJECT_BYTES),
    toldOnly('watchers', WATCHERS),
    toldOnly('creates', embedded.createsPerSecond, '/s'),
    ratio('creates per second, to a plain map', ({ createsPerSecond }) => createsPerSecond),
    toldOnly('peak memory of the API process', embedded.peakMib, 'MiB'),
    ratio('peak memory, to a plain map', ({ peakMib }) => peakMib),
    toldOnly('create to the last watcher, median', embedded.latencyMs.median, 'ms'),
    ratio('the same, to a plain map', ({ latencyMs }) => latencyMs.median),
    toldOnly('create to the last watcher, 99 %', embedded.latencyMs.p99, 'ms'),
    ratio('the same, to a plain map', ({ latencyMs }) => latencyMs.p99),
  ];
}
