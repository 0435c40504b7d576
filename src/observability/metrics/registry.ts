import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Page } from '../http-face.ts';

export type { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a millisecond to a minute, as controller-runtime has them in the main. */
const DURATION_BUCKETS_S = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A registry of this process's own, with the usual figures of a Node process and which version runs. */
export function createRegistry(version: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'vendorplane_build_info', 'Always 1; the version that runs is its label.', ['version']).set(
    { version },
    1,
  );
  return registry;
}

/** The page a scraper reads. */
export async function metricsPage(registry: Registry): Promise<Page> {
  return { status: 200, contentType: registry.contentType, body: await registry.metrics() };
}

/** `collect` tells what somebody else counts, when it is asked for. */
export function counter<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  collect?: (into: Counter<Label>) => void,
): Counter<Label> {
  return new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    ...(collect !== undefined && {
      collect() {
        collect(this);
      },
    }),
  });
}

/** `collect` sets the values when they are asked for. */
export function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  collect?: (into: Gauge<Label>) => void,
): Gauge<Label> {
  return new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    ...(collect !== undefined && {
      collect() {
        collect(this);
      },
    }),
  });
}

/** Of durations, in seconds. */
export function durations<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Histogram<Label> {
  return new Histogram({ name, help, labelNames, buckets: DURATION_BUCKETS_S, registers: [registry] });
}
