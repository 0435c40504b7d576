const MICRO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6})(Z|[+-]\d\d:\d\d)$/;
const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A time as stored, or why it is none, in the words of the Go parser. */
export type ParsedTime =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Reads a MicroTime: exactly six digits of a second, answered in UTC. */
export function parseMicroTime(text: string): ParsedTime {
  const match = MICRO.exec(text);
  if (match === null)
    return { ok: false, message: goTimeError(text, '2006-01-02T15:04:05.000000Z07:00', '.000000') };
  const utc = new Date(`${match[1]}${match[3]}`).toISOString().slice(0, 19);
  return { ok: true, text: `${utc}${match[2]}Z` };
}

/** Reads a Time: whole seconds, answered in UTC; a fraction is dropped. */
export function parseTime(text: string): ParsedTime {
  if (!SECONDS.test(text))
    return { ok: false, message: goTimeError(text, '2006-01-02T15:04:05Z07:00', 'Z07:00') };
  return { ok: true, text: `${new Date(text).toISOString().slice(0, 19)}Z` };
}

function goTimeError(text: string, layout: string, afterSeconds: string): string {
  const parsed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(text)?.[0];
  if (parsed === undefined) return `parsing time "${text}" as "${layout}": cannot parse "${text}" as "2006"`;
  const rest = text.slice(parsed.length);
  const tooFine = /^\.\d{6}(\d.*)$/.exec(rest)?.[1];
  if (tooFine !== undefined)
    return `parsing time "${text}" as "${layout}": cannot parse "${tooFine}" as "Z07:00"`;
  return `parsing time "${text}" as "${layout}": cannot parse "${rest}" as "${afterSeconds}"`;
}
