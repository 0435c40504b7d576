import { LANE_NAMES } from '../../../domain/lanes.ts';
import type { Around } from '../../../observability/decorate.ts';
import { type ApiRequestMetrics, apiRequestMetrics } from '../../../observability/metrics/api-requests.ts';
import { type FleetFigures, fleetMetrics } from '../../../observability/metrics/fleet.ts';
import { type LeadershipMetrics, leadershipMetrics } from '../../../observability/metrics/leadership.ts';
import { countPortCalls } from '../../../observability/metrics/port-calls.ts';
import { type QueueMetrics, queueMetrics } from '../../../observability/metrics/queues.ts';
import { type ReconcileMetrics, reconcileMetrics } from '../../../observability/metrics/reconciles.ts';
import { createRegistry, type Registry } from '../../../observability/metrics/registry.ts';
import {
  type CountVendorRequest,
  vendorRequestMetrics,
} from '../../../observability/metrics/vendor-requests.ts';
import { KINDS, WORKERS } from '../kinds.ts';
import { VENDOR_ENDPOINTS } from './vendor-endpoints.ts';

/** Every figure that a controller process gives, and the decorations that keep them. */
export interface Metrics {
  readonly registry: Registry;
  readonly reconciles: ReconcileMetrics;
  readonly queues: QueueMetrics;
  readonly apiRequests: ApiRequestMetrics;
  readonly leadership: LeadershipMetrics;
  readonly vendorRequest: CountVendorRequest;
  readonly portCalls: Around;
  /** Lets the figures of accounts and resources be read from here. */
  readFleet(figures: FleetFigures): void;
}

/** The methods that answer with a promise, by port, as the program decorates them. */
const PORT_CALLS: Readonly<Record<string, readonly string[]>> = {
  journal: ['open', 'intend', 'note'],
  records: ['load', 'keep'],
  books: ['load', 'keep'],
  status: ['write'],
  finalizers: ['add', 'remove'],
  releaseGate: ['allows'],
  retention: ['sweep'],
  probe: ['look'],
  lineHistories: ['read', 'describe'],
  archive: ['keep', 'holds', 'proofOf', 'fileProof'],
  tokenVault: ['deposit'],
  adapter: ['close'],
  ...Object.fromEntries(
    // Not every vendor has every port of each kind.
    LANE_NAMES.flatMap((kind) => [
      [`${kind}.sets`, ['readPage']],
      [`${kind}.items`, ['read']],
      [`${kind}.writer`, ['send']],
      [`${kind}.poller`, ['poll']],
      [`${kind}.store`, ['store']],
    ]),
  ),
};

/** `apiHost`: host and port of the Kubernetes API. */
export function createMetrics(version: string, apiHost: string, leaseName: string): Metrics {
  const registry = createRegistry(version);
  let fleet: FleetFigures | undefined;
  fleetMetrics(registry, () => fleet);
  return {
    registry,
    reconciles: reconcileMetrics(registry, Object.fromEntries(KINDS.map((kind) => [kind, WORKERS]))),
    queues: queueMetrics(registry, KINDS),
    apiRequests: apiRequestMetrics(registry, apiHost),
    leadership: leadershipMetrics(registry, leaseName),
    vendorRequest: vendorRequestMetrics(registry, VENDOR_ENDPOINTS),
    portCalls: countPortCalls(registry, PORT_CALLS),
    readFleet: (figures) => {
      fleet = figures;
    },
  };
}
