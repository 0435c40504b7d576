/** A binary heap whose items can be moved and taken out. */
export interface Heap<T extends object> {
  readonly size: number;
  peek(): T | undefined;
  pop(): T | undefined;
  push(item: T): void;
  /** Takes the item out, wherever it is. False when it is not there. */
  remove(item: T): boolean;
}

/** The first item out is the one that comes `before` all others. An item's order must not change while it is in. */
export function createHeap<T extends object>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];
  const places = new Map<T, number>();

  function put(item: T, place: number): void {
    items[place] = item;
    places.set(item, place);
  }

  function rise(item: T, from: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent] as T;
      if (!before(item, above)) break;
      put(above, place);
      place = parent;
    }
    put(item, place);
  }

  function sink(item: T, from: number): void {
    let place = from;
    for (let child = 2 * place + 1; child < items.length; child = 2 * place + 1) {
      const right = child + 1;
      const isRightFirst = right < items.length && before(items[right] as T, items[child] as T);
      const first = isRightFirst ? right : child;
      if (!before(items[first] as T, item)) break;
      put(items[first] as T, place);
      place = first;
    }
    put(item, place);
  }

  function remove(item: T): boolean {
    const place = places.get(item);
    if (place === undefined) return false;
    places.delete(item);
    const last = items.pop() as T;
    if (last === item) return true;
    // The last item fills the gap and finds its place from there, up or down.
    sink(last, place);
    rise(last, places.get(last) as number);
    return true;
  }

  return {
    get size() {
      return items.length;
    },
    peek: () => items[0],
    pop() {
      const first = items[0];
      if (first !== undefined) remove(first);
      return first;
    },
    push(item) {
      rise(item, items.length);
    },
    remove,
  };
}
