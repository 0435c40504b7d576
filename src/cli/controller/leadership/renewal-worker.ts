import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createKubeClient } from '../../../kube/client.ts';
import type { ClusterAccess } from '../../../kube/config.ts';
import { createConnection } from '../../../kube/connection.ts';
import type { LeaseTerms } from '../../../kube/lease/decide.ts';
import { startElector } from '../../../kube/lease/elector.ts';
import type { ObjectRef } from '../../../kube/object.ts';
import type { Failure } from '../../../ports/failure.ts';
import { systemRandom } from '../../system.ts';
import { processClock } from './process-clock.ts';
import { holdNoLonger, holdUntil, type TermMemory } from './term-memory.ts';

export type Credentials = Awaited<ReturnType<ClusterAccess['credentials']>>;

/** What the thread that renews is started with. */
export interface RenewalOrders {
  readonly server: string;
  readonly proxyUrl: string | undefined;
  readonly credentials: Credentials;
  readonly userAgent: string;
  readonly lease: ObjectRef;
  readonly terms: LeaseTerms;
  readonly memory: TermMemory;
}

/** What it is told later. */
export type ToRenewal =
  | { readonly type: 'credentials'; readonly credentials: Credentials }
  | { readonly type: 'confirm'; readonly id: number }
  | { readonly type: 'giveBack' };

/** What it tells. After `lost`, and after it was told to give the lease back, it ends. */
export type FromRenewal =
  | { readonly type: 'started'; readonly fence: number }
  | { readonly type: 'lost' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'confirmed'; readonly id: number; readonly held: boolean }
  | { readonly type: 'credentialsRefused' };

/** Fences count seconds from here on, 2026-01-01, so that they fit the Lease's 32 bits until 2094. */
const FENCES_FROM_MS = Date.UTC(2026, 0, 1);

/**
 * Stands for leadership and renews, for one term. It shares no event loop with the work that is done in that term,
 * so that nothing there, however busy, can make it miss a renewal.
 */
async function renew(orders: RenewalOrders, port: MessagePort): Promise<void> {
  const { lease, terms, memory, server, proxyUrl, userAgent } = orders;
  const stop = new AbortController();
  let { credentials } = orders;
  port.on('message', (told: ToRenewal) => {
    switch (told.type) {
      case 'credentials':
        ({ credentials } = told);
        return;
      case 'confirm':
        return void confirm(told.id);
      case 'giveBack':
        return stop.abort();
      default:
        return told satisfies never;
    }
  });
  const access: ClusterAccess = {
    server,
    namespace: undefined,
    proxyUrl,
    // Read by the main thread, which knows files and plugins; while it is busy, the last ones serve.
    credentials: async () => credentials,
    renew: () => tell({ type: 'credentialsRefused' }),
  };
  const connection = createConnection({ access, clock: processClock, userAgent });
  const elector = startElector(
    {
      client: createKubeClient(connection, processClock),
      clock: processClock,
      random: systemRandom,
      lease,
      terms,
      // Above every fence ever used, even when somebody deleted the Lease that counted them.
      leastFence: () => Math.floor((processClock.now() - FENCES_FROM_MS) / 1_000),
      onHeld: ({ wallMs, monotonicMs }) =>
        holdUntil(memory, {
          wallMs: wallMs + terms.renewDeadlineMs,
          monotonicMs: monotonicMs + terms.renewDeadlineMs,
        }),
      onStarted: (fence) => tell({ type: 'started', fence }),
      onLost: () => {
        holdNoLonger(memory);
        if (stop.signal.aborted) return;
        tell({ type: 'lost' });
        // One term a process: what it knows is older than what the next leader writes.
        stop.abort();
      },
      onFailure: (failure) => tell({ type: 'failed', failure }),
    },
    stop.signal,
  );
  async function confirm(id: number): Promise<void> {
    const live = await elector.confirm(stop.signal);
    if (!live.ok) tell({ type: 'failed', failure: live.failure });
    tell({ type: 'confirmed', id, held: live.ok && live.value });
  }

  await elector.done;
  await connection.close();
  port.close();

  function tell(message: FromRenewal): void {
    port.postMessage(message, []);
  }
}

if (parentPort !== null) await renew(workerData as RenewalOrders, parentPort);
