import { CALLBACK_RETRIES } from '../limits.ts';
import type { Registration } from './book.ts';
import { type Notice, noticeMessage } from './message.ts';

/** A listener that does not answer in this time has failed the attempt. ASSUMED. */
const ANSWER_TIMEOUT_MS = 10_000;

/** One message on its way. Times are milliseconds of the simulator. */
export interface Delivery {
  readonly registration: Registration;
  readonly notice: Notice;
  /** Attempts made so far. */
  attempts: number;
  /** When the next attempt is due. */
  dueAtMs: number;
  outcome: 'waiting' | 'sending' | 'delivered' | 'lost' | 'givenUp';
}

/** What may go wrong on the way, for the messages to come (fact sheet 13). */
export interface Disturbance {
  /** So many messages are never sent. */
  readonly lose: number;
  /** So many messages are sent twice. */
  readonly duplicate: number;
  /** What is due at the same moment goes out last first. */
  readonly reverse: boolean;
}

/** Sends messages at least once: one attempt and three more, five minutes apart (8). */
export interface Courier {
  send(registration: Registration, notice: Notice, dueAtMs: number): void;
  /** Sends what is due by now, in order, without waiting for the answers. */
  settle(nowMs: number): void;
  /** Resolves when everything sent so far was answered. */
  idle(): Promise<void>;
  disturb(disturbance: Disturbance): void;
  list(): readonly Delivery[];
}

/** @param signal ends attempts under way. */
export function createCourier(retryMs: number, signal: AbortSignal): Courier {
  const deliveries: Delivery[] = [];
  let disturbance: Disturbance = { lose: 0, duplicate: 0, reverse: false };
  let underWay: Promise<unknown> = Promise.resolve();

  async function attempt(delivery: Delivery): Promise<void> {
    delivery.attempts += 1;
    if (await isAnswered(delivery, signal)) delivery.outcome = 'delivered';
    else if (delivery.attempts > CALLBACK_RETRIES) delivery.outcome = 'givenUp';
    else {
      delivery.outcome = 'waiting';
      delivery.dueAtMs += retryMs;
    }
  }

  async function sendAll(due: readonly Delivery[]): Promise<void> {
    // One after the other: the order is part of what a listener is tested with.
    for (const delivery of due) await attempt(delivery);
  }

  function fateOfNext(): readonly Delivery['outcome'][] {
    const { lose, duplicate } = disturbance;
    if (lose > 0) {
      disturbance = { ...disturbance, lose: lose - 1 };
      return ['lost'];
    }
    disturbance = { ...disturbance, duplicate: Math.max(0, duplicate - 1) };
    return duplicate > 0 ? ['waiting', 'waiting'] : ['waiting'];
  }

  return {
    send(registration, notice, dueAtMs) {
      for (const outcome of fateOfNext())
        deliveries.push({ registration, notice, attempts: 0, dueAtMs, outcome });
    },
    settle(nowMs) {
      const due = deliveries.filter(({ outcome, dueAtMs }) => outcome === 'waiting' && dueAtMs <= nowMs);
      if (due.length === 0) return;
      // Taken off the list of the due at once: the next settling must not send them again.
      for (const delivery of due) delivery.outcome = 'sending';
      const ordered = disturbance.reverse ? due.toReversed() : due;
      underWay = underWay.then(() => sendAll(ordered));
    },
    async idle() {
      await underWay;
    },
    disturb(wanted) {
      disturbance = wanted;
    },
    list: () => deliveries,
  };
}

/** Whether the listener took the message: only a 2xx counts. */
async function isAnswered({ registration, notice }: Delivery, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(registration.url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: noticeMessage(registration, notice),
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      redirect: 'error',
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
