import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { startBeside } from '../fleet/beside.ts';

/** What a server's process tells once it serves. */
export interface ServerReady {
  readonly url: string;
  readonly pid: number;
}

/** How a server did under the load. */
export interface Cost {
  readonly createsPerSecond: number;
  /** Peak RSS of its process; 0 where the system does not tell. */
  readonly peakMib: number;
  /** From the sending of a create to its arrival at the last of the watchers. */
  readonly latencyMs: { readonly median: number; readonly p99: number };
}

/** Objects created before the latency is measured. */
export const OBJECTS = 10_000;
export const OBJECT_BYTES = 1_000;
export const WATCHERS = 50;

const IN_FLIGHT = 16;
/** Single creates whose way to all watchers is measured. */
const PROBES = 300;
const PATH = '/api/v1/namespaces/default/configmaps';

/** Starts the server of this file, loads it, and ends it. */
export async function measure(program: URL): Promise<Cost> {
  const server = await startBeside<ServerReady>(program);
  const agent = new Agent({ connections: IN_FLIGHT + WATCHERS });
  const arrivals = createArrivals(WATCHERS);
  try {
    const url = `${server.ready.url}${PATH}`;
    const ends = await Promise.all(
      Array.from({ length: WATCHERS }, () => openWatch(`${url}?watch=true`, agent, arrivals.count)),
    );
    const beganAt = performance.now();
    await createMany(url, agent);
    const createsPerSecond = OBJECTS / ((performance.now() - beganAt) / 1_000);
    await arrivals.all(OBJECTS);
    const latencyMs = await probe(url, agent, arrivals);
    for (const end of ends) end();
    return { createsPerSecond, peakMib: peakMib(server.ready.pid), latencyMs };
  } finally {
    await agent.destroy();
    await server.stop();
  }
}

async function createMany(url: string, agent: Agent): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: IN_FLIGHT }, async () => {
    while (next < OBJECTS) {
      next += 1;
      await create(url, agent, `object-${next}`);
    }
  });
  await Promise.all(workers);
}

async function create(url: string, agent: Agent, name: string): Promise<void> {
  const body = JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { text: 'x'.repeat(OBJECT_BYTES) },
  });
  const headers = { 'content-type': 'application/json' };
  const answer = await request(url, { method: 'POST', body, headers, dispatcher: agent });
  await answer.body.dump();
  if (answer.statusCode !== 201) throw new Error(`${name}: ${answer.statusCode}`);
}

async function probe(url: string, agent: Agent, arrivals: Arrivals): Promise<Cost['latencyMs']> {
  const latencies: number[] = [];
  for (let index = 1; index <= PROBES; index += 1) {
    const sentAt = performance.now();
    const arrived = arrivals.all(OBJECTS + index);
    await create(url, agent, `probe-${index}`);
    latencies.push((await arrived) - sentAt);
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(share * (PROBES - 1))] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

/** Counts events over all watchers. */
interface Arrivals {
  readonly count: (events: number) => void;
  /** Resolves with the time when every watcher has seen so many. */
  all(events: number): Promise<number>;
}

function createArrivals(watchers: number): Arrivals {
  let seen = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let resolve: (at: number) => void = () => undefined;
  return {
    count(events) {
      seen += events;
      if (seen >= wanted) resolve(performance.now());
    },
    all(events) {
      wanted = events * watchers;
      if (seen >= wanted) return Promise.resolve(performance.now());
      return new Promise((done) => {
        resolve = done;
      });
    },
  };
}

const NEWLINE = 10;

/** A watch that only counts its lines: reading them is the client's cost, not the server's. */
async function openWatch(url: string, agent: Agent, count: Arrivals['count']): Promise<() => void> {
  const controller = new AbortController();
  const answer = await request(url, { dispatcher: agent, signal: controller.signal });
  answer.body.on('error', () => undefined);
  answer.body.on('data', (chunk: Buffer) => {
    let lines = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
    count(lines);
  });
  return () => controller.abort();
}

function peakMib(pid: number): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}
