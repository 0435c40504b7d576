/** A seeded stream of numbers: the same seed and the same calls give the same numbers. */
export interface Random {
  /** A fraction in [0, 1). */
  fraction(): number;
  /** An integer in [0, below). */
  integer(below: number): number;
  /** `count` decimal digits, the first never 0. */
  digits(count: number): string;
  /** `count` hexadecimal characters. */
  hex(count: number): string;
  /** The whole inner state: one unsigned 32-bit integer, for a dump. */
  state(): number;
  restore(state: number): void;
}

/** Mulberry32: 32 bits of state are plenty for ids and dice, and dump as one number. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;

  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function integer(below: number): number {
    return Math.floor(fraction() * below);
  }

  return {
    fraction,
    integer,
    digits: (count) => `${1 + integer(9)}${Array.from({ length: count - 1 }, () => integer(10)).join('')}`,
    hex: (count) => Array.from({ length: count }, () => integer(16).toString(16)).join(''),
    state: () => state,
    restore: (saved) => {
      state = saved >>> 0;
    },
  };
}
