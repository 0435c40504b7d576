/** Charge numbers in ascending order, each once, made for being drained from the front. */
export interface ChargeQueue {
  add(number: string): void;
  remove(number: string): void;
  /** At most `count` numbers behind the first `offset` ones. */
  page(offset: number, count: number): readonly string[];
}

export function createChargeQueue(): ChargeQueue {
  let numbers: string[] = [];
  /** Where the queue begins: what stands before is gone. Closing that gap now and then keeps a removal cheap. */
  let first = 0;

  return {
    add(number) {
      numbers.splice(placeOf(numbers, number, first), 0, number);
    },
    remove(number) {
      const at = placeOf(numbers, number, first);
      if (numbers[at] !== number) return;
      // Moves the few in front of it, not the many behind.
      numbers.copyWithin(first + 1, first, at);
      first += 1;
      if (first <= numbers.length / 2) return;
      numbers = numbers.slice(first);
      first = 0;
    },
    page: (offset, count) => numbers.slice(first + offset, first + offset + count),
  };
}

/** The index of the first number that is not smaller, from `low` on. */
function placeOf(numbers: readonly string[], number: string, low: number): number {
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? '') < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
