import type { ItemFailure } from './item.ts';
import { formatRanges } from './ranges.ts';

/** At most this many groups are kept with an operation (api.md, VendorOperation). */
const MAX_GROUPS = 50;
/** A group's message is cut here (api.md, VendorOperation). */
const MAX_MESSAGE_CHARACTERS = 256;

/** Items of one request that failed alike. `items` are positions in the request, for example `0-17,44`. */
export interface OutcomeGroup {
  readonly code: string;
  readonly message: string;
  readonly count: number;
  readonly items: string;
}

/**
 * Failures grouped so that ten thousand of them fit into one object: by code and message first, by code alone
 * where there are too many different messages, and what then still is too much as `VARIOUS`. Every failure is
 * in one group. `failures[i]` belongs to position i of the request.
 */
export function groupOutcomes(failures: readonly (ItemFailure | undefined)[]): readonly OutcomeGroup[] {
  const exact = groupBy(failures, ({ code, message }) => `${code}\n${message}`);
  if (exact.length <= MAX_GROUPS) return exact;
  const byCode = groupBy(failures, ({ code }) => code);
  if (byCode.length <= MAX_GROUPS) return byCode;
  const named = new Set(byCode.slice(0, MAX_GROUPS - 1).map(({ code }) => code));
  const rest = failures.map((failure) => failure && (named.has(failure.code) ? failure : VARIOUS));
  return groupBy(rest, ({ code }) => code);
}

const VARIOUS: ItemFailure = {
  code: 'VARIOUS',
  message: 'failures of too many kinds to list each',
  kind: 'invalid',
};

function groupBy(
  failures: readonly (ItemFailure | undefined)[],
  nameOf: (failure: ItemFailure) => string,
): OutcomeGroup[] {
  const groups = new Map<string, { failure: ItemFailure; positions: number[] }>();
  failures.forEach((failure, position) => {
    if (failure === undefined) return;
    const name = nameOf(failure);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { failure, positions: [position] });
    else group.positions.push(position);
  });
  return [...groups.values()].map(({ failure, positions }) => ({
    code: failure.code,
    message: failure.message.slice(0, MAX_MESSAGE_CHARACTERS),
    count: positions.length,
    items: formatRanges(positions),
  }));
}
