import type { Charge } from './charges.ts';

/** Which of an operator's charges a listing is about (fact sheet 4.5). */
export type ChargeFilter = 'NOT_PROCESSED' | 'PROCESSED';

/** All charges, with the unacknowledged ones of each operator in order of their numbers. */
export interface ChargeBook {
  get(number: string): Charge | undefined;
  /** Adds the charge, or replaces the one with the same number. */
  put(charge: Charge): void;
  /** Numbers of the unacknowledged ones, ascending. */
  open(operatorId: string, filter: ChargeFilter): readonly string[];
  /** Whether one of the operator's acknowledged charges carries the reference. */
  hasReference(operatorId: string, referenceNumber: string): boolean;
  list(): readonly Charge[];
}

export function createChargeBook(content: readonly Charge[]): ChargeBook {
  const charges = new Map<string, Charge>();
  const queues = new Map<string, string[]>();
  const references = new Set<string>();

  function queueOf(operatorId: string, filter: ChargeFilter): string[] {
    const key = JSON.stringify([operatorId, filter]);
    const queue = queues.get(key) ?? [];
    queues.set(key, queue);
    return queue;
  }

  function put(charge: Charge): void {
    const before = charges.get(charge.number);
    if (before !== undefined && before.acknowledged === null) removeSorted(homeOf(before), before.number);
    charges.set(charge.number, charge);
    if (charge.acknowledged === null) addSorted(homeOf(charge), charge.number);
    const reference = charge.acknowledged?.referenceNumber ?? null;
    if (reference !== null) references.add(JSON.stringify([charge.operatorId, reference]));
  }

  function homeOf({ operatorId, status }: Charge): string[] {
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

function addSorted(numbers: string[], number: string): void {
  numbers.splice(placeOf(numbers, number), 0, number);
}

function removeSorted(numbers: string[], number: string): void {
  numbers.splice(placeOf(numbers, number), 1);
}

/** The index of the first number that is not smaller. */
function placeOf(numbers: readonly string[], number: string): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? '') < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
