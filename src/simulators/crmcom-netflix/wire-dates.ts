/** Writes instants as the vendor does: local wall time without an offset. */
export interface WireDates {
  /** `YYYY-MM-DDTHH:mm:ss` in the installation's zone (fact sheet 7). */
  show(ms: number): string;
  /** The same, or null for what has not happened. */
  showIfAny(ms: number | null): string | null;
}

/** @param timeZone IANA name; throws RangeError for one that does not exist. */
export function wireDates(timeZone: string): WireDates {
  // Swedish writes ISO 8601 but for a space where the T belongs.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const show = (ms: number) => format.format(ms).replace(' ', 'T');
  return { show, showIfAny: (ms) => (ms === null ? null : show(ms)) };
}

/** The instant `months` calendar months before, in UTC; the last of the month where the month is too short. */
export function monthsBefore(ms: number, months: number): number {
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() - months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}

/** Whether a text is a date as the wire has them. */
export function isWireDate(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(`${value}Z`))
  );
}
