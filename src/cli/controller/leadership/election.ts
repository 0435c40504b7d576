import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ClusterAccess } from '../../../kube/config.ts';
import type { LeaseTerms } from '../../../kube/lease/decide.ts';
import type { ObjectRef } from '../../../kube/object.ts';
import type { Failure } from '../../../ports/failure.ts';
import { systemClock } from '../../system.ts';
import { thisMoment } from './process-clock.ts';
import type { FromRenewal, RenewalOrders, ToRenewal } from './renewal-worker.ts';
import { createTermMemory, isHeldAt } from './term-memory.ts';

export interface ElectionOptions {
  readonly access: ClusterAccess;
  readonly userAgent: string;
  /** Namespace and name of the Lease. */
  readonly lease: ObjectRef;
  readonly terms: LeaseTerms;
  readonly onFailure: (failure: Failure) => void;
}

/** One process standing for leadership, for one term. */
export interface Election {
  /** Waits for the term to begin and answers its fence; undefined when the signal aborts or the thread ends before. */
  leading(signal: AbortSignal): Promise<number | undefined>;
  /** Whether the lease is certainly ours, by both clocks, at this very moment. Reads memory only. */
  isHeld(): boolean;
  /** Reads the lease: whether it still names this process for this term. False when it cannot be read in time. */
  confirm(signal: AbortSignal): Promise<boolean>;
  /** Resolves when the term ends, or can never begin, without having been given back. Says why, in words. */
  readonly lost: Promise<string>;
  /** Gives the lease back, if it is ours, and ends. Called when nothing of the term is left to be done. */
  giveBack(): Promise<void>;
}

/** How often the thread that renews is handed fresh credentials, in milliseconds. ASSUMED: tokens live for minutes. */
const CREDENTIALS_EVERY_MS = 5_000;

/** This file and the worker have the same ending: `.ts` in a checkout, `.js` when built. */
const WORKER = new URL(`./renewal-worker${import.meta.filename.slice(-3)}`, import.meta.url);

/** Starts the thread that stands for leadership and renews. */
export async function startElection(options: ElectionOptions): Promise<Election> {
  const { access, userAgent, lease, terms } = options;
  const memory = createTermMemory();
  const { server, proxyUrl } = access;
  const credentials = await access.credentials();
  const orders: RenewalOrders = { server, proxyUrl, credentials, userAgent, lease, terms, memory };
  const worker = new Worker(WORKER, { workerData: orders });
  const exited = once(worker, 'exit').catch(() => undefined);
  const ended = new AbortController();
  const started = Promise.withResolvers<number>();
  const lost = Promise.withResolvers<string>();
  /** Questions to the thread that are not answered yet. */
  const asked = new Map<number, (held: boolean) => void>();
  let questions = 0;
  let givenBack = false;

  worker.on('message', (message: FromRenewal) => {
    switch (message.type) {
      case 'started':
        return started.resolve(message.fence);
      case 'lost':
        return lose('it could not be renewed in time, or another process holds it');
      case 'failed':
        return options.onFailure(message.failure);
      case 'confirmed':
        return asked.get(message.id)?.(message.held);
      case 'credentialsRefused':
        return access.renew();
      default:
        return message satisfies never;
    }
  });
  worker.on('error', (error) => lose(`the thread that renews it failed: ${String(error)}`));
  worker.on('exit', () => {
    ended.abort();
    lose('the thread that renews it ended');
  });

  function lose(reason: string): void {
    if (!givenBack) lost.resolve(reason);
  }

  function tell(message: ToRenewal): void {
    worker.postMessage(message, []);
  }

  async function handOverCredentials(): Promise<void> {
    while (!ended.signal.aborted) {
      await systemClock.sleep(CREDENTIALS_EVERY_MS, ended.signal);
      if (!ended.signal.aborted) tell({ type: 'credentials', credentials: await access.credentials() });
    }
  }
  void handOverCredentials();

  return {
    leading: async (signal) => {
      const over = AbortSignal.any([signal, ended.signal]);
      const aborted = new Promise<undefined>((resolve) => {
        if (over.aborted) resolve(undefined);
        over.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      return Promise.race([started.promise, aborted]);
    },
    isHeld: () => isHeldAt(memory, thisMoment()),
    confirm: (signal) => {
      questions += 1;
      const id = questions;
      const over = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(terms.renewDeadlineMs)]);
      const answer = new Promise<boolean>((resolve) => {
        asked.set(id, resolve);
        over.addEventListener('abort', () => resolve(false), { once: true });
        if (over.aborted) resolve(false);
        else tell({ type: 'confirm', id });
      });
      return answer.finally(() => asked.delete(id));
    },
    lost: lost.promise,
    async giveBack() {
      givenBack = true;
      tell({ type: 'giveBack' });
      await exited;
    },
  };
}
