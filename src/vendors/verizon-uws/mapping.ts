import type { LineRow, LineState, ObservedLine } from '../../domain/line/facts.ts';
import { canonicalOf, LINE_KINDS, type LineName, type LineNames } from '../../domain/line/identifier.ts';
import type { WireDevice, WireIdentifier, WireShownIdentifier } from './wire.ts';

/** States at rest, in small letters (6.3). The pages spell them differently, and some with a hyphen. */
const STATES: Readonly<Record<string, LineState>> = {
  active: 'active',
  deactive: 'deactive',
  suspend: 'suspended',
  suspended: 'suspended',
  'pre-active': 'preactive',
  preactive: 'preactive',
};

export function toWireName({ kind, identifier }: LineName): WireIdentifier {
  return { kind, identifier };
}

/**
 * What a look showed; undefined when the vendor answered with another line than the one it was asked for. `readAtMs` is
 * the wall time of the question.
 */
export function toRow(
  device: WireDevice,
  askedFor: LineName,
  accountName: string,
  readAtMs: number,
): LineRow | undefined {
  const names = toNames(device.identifiers);
  if (names[askedFor.kind] !== askedFor.identifier) return undefined;
  const isElsewhere = device.accountName !== undefined && device.accountName !== accountName;
  const observed: ObservedLine = {
    state: toState(device.state),
    stateWord: device.state,
    names,
    ...(isElsewhere ? { isElsewhere } : {}),
    readAtMs,
  };
  return { askedFor, observed };
}

export function toState(word: string): LineState {
  const small = word.trim().toLowerCase();
  return /^pending\b/.test(small) ? 'pending' : (STATES[small] ?? 'unheardOf');
}

/** The names a line is declared by. What changes with its state (MDN, MSISDN) is none. */
function toNames(identifiers: readonly WireShownIdentifier[]): LineNames {
  const names: Partial<Record<(typeof LINE_KINDS)[number], string>> = {};
  for (const kind of LINE_KINDS) {
    const found = identifiers.find((shown) => shown.kind === kind);
    if (found !== undefined) names[kind] = canonicalOf(found.identifier);
  }
  return names;
}
