import { type ChargeQueue, createChargeQueue } from './charge-queue.ts';
import type { Charge } from './charges.ts';

/** Which of an operator's charges a listing is about (fact sheet 4.5). */
export type ChargeFilter = 'NOT_PROCESSED' | 'PROCESSED';

/** All charges, with the unacknowledged ones of each operator in order of their numbers. */
export interface ChargeBook {
  get(number: string): Charge | undefined;
  /** Adds the charge, or replaces the one with the same number. */
  put(charge: Charge): void;
  /** The unacknowledged ones. */
  open(operatorId: string, filter: ChargeFilter): ChargeQueue;
  /** Whether one of the operator's acknowledged charges carries the reference. */
  hasReference(operatorId: string, referenceNumber: string): boolean;
  list(): readonly Charge[];
}

export function createChargeBook(content: readonly Charge[]): ChargeBook {
  const charges = new Map<string, Charge>();
  const queues = new Map<string, ChargeQueue>();
  const references = new Set<string>();

  function queueOf(operatorId: string, filter: ChargeFilter): ChargeQueue {
    const key = JSON.stringify([operatorId, filter]);
    const queue = queues.get(key) ?? createChargeQueue();
    queues.set(key, queue);
    return queue;
  }

  function put(charge: Charge): void {
    const before = charges.get(charge.number);
    if (before !== undefined && before.acknowledged === null) homeOf(before).remove(before.number);
    charges.set(charge.number, charge);
    if (charge.acknowledged === null) homeOf(charge).add(charge.number);
    const reference = charge.acknowledged?.referenceNumber ?? null;
    if (reference !== null) references.add(JSON.stringify([charge.operatorId, reference]));
  }

  function homeOf({ operatorId, status }: Charge): ChargeQueue {
    return queueOf(operatorId, status === 'PENDING' ? 'NOT_PROCESSED' : 'PROCESSED');
  }

  for (const charge of content) put(charge);

  return {
    get: (number) => charges.get(number),
    put,
    open: queueOf,
    hasReference: (operatorId, reference) => references.has(JSON.stringify([operatorId, reference])),
    list: () => [...charges.values()],
  };
}
