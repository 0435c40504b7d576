import type { Ordinal } from './table.ts';

/** Items in line, each at most once; first come, first served. A set would slow down with every slice taken from it. */
export interface Line {
  readonly size: number;
  has(ordinal: Ordinal): boolean;
  add(ordinal: Ordinal): void;
  take(): Ordinal | undefined;
}

/** Room for so many items at first; doubled when it is short. */
const FIRST_ROOM = 1_024;

export function createLine(): Line {
  const waiting: Ordinal[] = [];
  let first = 0;
  let stands = new Uint8Array(FIRST_ROOM);
  return {
    get size() {
      return waiting.length - first;
    },
    has: (ordinal) => stands[ordinal] === 1,
    add: (ordinal) => {
      if (stands[ordinal] === 1) return;
      if (ordinal >= stands.length) stands = withRoom(stands, ordinal + 1);
      stands[ordinal] = 1;
      waiting.push(ordinal);
    },
    take: () => {
      const ordinal = waiting[first];
      if (ordinal === undefined) return undefined;
      first += 1;
      stands[ordinal] = 0;
      if (first === waiting.length) {
        waiting.length = 0;
        first = 0;
      }
      return ordinal;
    },
  };
}

function withRoom(stands: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(Math.max(least, 2 * stands.length));
  wider.set(stands);
  return wider;
}
