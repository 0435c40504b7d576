/** One figure that a benchmark measured, as a person reads it. */
export interface Figure {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** What is to be reached; absent where the figure is only told. */
  readonly goal?: { readonly text: string; readonly reached: boolean };
}

/** Measures something, at its own pace. Throws when what it measures does not work at all. */
export type Bench = () => Promise<readonly Figure[]>;

/** A figure that is to stay at or below a limit. */
export function atMost(what: string, value: number, limit: number, unit = ''): Figure {
  const goal = { text: `at most ${told(limit, unit)}`, reached: value <= limit };
  return { what, measured: told(value, unit), goal };
}

/** A figure without a goal. */
export function toldOnly(what: string, value: number, unit = ''): Figure {
  return { what, measured: told(value, unit) };
}

function told(value: number, unit: string): string {
  const number = value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
  return unit === '' ? number : `${number} ${unit}`;
}
