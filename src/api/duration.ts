/** Milliseconds per unit of a Go duration (package time, ParseDuration), as far as our schemas admit them. */
const UNIT_MS = { ns: 1e-6, us: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g;

/**
 * A Go duration such as `1h30m` or `90s` in milliseconds, not negative, perhaps with a fraction. `undefined` when
 * the text is no duration: without a unit, with a sign, or empty. The schemas refuse the same texts, so a value
 * that came from the API server always parses.
 */
export function parseDurationMs(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  return [...text.matchAll(PART)]
    .map(([, amount, unit]) => Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS])
    .reduce((sum, ms) => sum + ms, 0);
}

/** A time in milliseconds as a Go duration in hours, minutes and seconds, rounded up to a second: `4h48m`, `0s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  const text = parts.flatMap(([amount, unit]) => (amount === 0 ? [] : [`${amount}${unit}`])).join('');
  return text === '' ? '0s' : text;
}
