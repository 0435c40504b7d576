import type { Random } from '../random.ts';

/** The counters behind the numbers, as plain data. */
export interface IdState {
  readonly lastSubscription: number;
  readonly lastCharge: number;
  readonly lastOperator: number;
}

/** Makes the vendor's numbers and Netflix's tokens. */
export interface Ids {
  /** `S` and ten digits, ascending. */
  subscription(): string;
  /** `I` and eight digits, ascending: the order of charges/list. */
  charge(): string;
  operator(): string;
  /** 32 lower-case hex digits: the token of the registration page, or Netflix's own customer id. */
  netflix(): string;
  state(): IdState;
  restore(state: IdState): void;
}

export function createIds(random: Random): Ids {
  let last: IdState = { lastSubscription: 0, lastCharge: 0, lastOperator: 0 };
  const next = (name: keyof IdState): number => {
    last = { ...last, [name]: last[name] + 1 };
    return last[name];
  };
  return {
    subscription: () => `S${String(next('lastSubscription')).padStart(10, '0')}`,
    charge: () => `I${String(next('lastCharge')).padStart(8, '0')}`,
    operator: () => String(next('lastOperator')),
    netflix: () => random.hex(32),
    state: () => last,
    restore(state) {
      last = state;
    },
  };
}
