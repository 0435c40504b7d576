import type { ItemKind } from '../kind.ts';
import type { LineTypes } from './facts.ts';
import { lineKey, lineNameOfKey } from './identifier.ts';
import { nextLineStep } from './next.ts';
import { resolveLine } from './resolve.ts';
import { lineMayGo, lineTarget, recordAfterLine } from './target.ts';
import { lineVerdict } from './verdict.ts';

/** The deletion of a line: out of service, archived, looked at once more, deleted, proven gone. */
export const lineKind: ItemKind<LineTypes> = {
  name: 'line',
  verbs: ['deactivateLine', 'deleteLine'],
  // That a line stands there is why it is declared; what may be done to it, the guard's budget says.
  meetsContact: false,
  setOf: () => '',
  setOfPartition: () => '',
  setOfRow: () => '',
  // A line is known by the name it was asked for alone: a SIM that is in another phone tomorrow would lead to it.
  keysOf: ({ askedFor }) => [lineKey(askedFor)],
  fileUnder: 'first',
  observe: (_before, { observed }) => observed,
  resolve: resolveLine,
  compare: (_desired, observed, recorded) =>
    observed.is === 'absent' || recorded?.gone !== undefined
      ? []
      : [{ reason: 'NotDeleted', field: 'spec.devices' }],
  shows: (verb, _partition, observed) => {
    if (observed.is === 'absent') return verb === 'deleteLine';
    if (observed.is === 'unknown' || verb !== 'deactivateLine') return false;
    const { state, stateWord } = observed.fact;
    return state === 'deactive' || (state === 'pending' && /deactivation/i.test(stateWord));
  },
  setOfRecord: () => '',
  holderOf: ({ holder }) => holder,
  target: lineTarget,
  mayGo: lineMayGo,
  // Neither is believed: the line is looked at.
  believed: () => ({ is: 'nothing' }),
  recordAfter: recordAfterLine,
  subjectOf: lineNameOfKey,
  subjectOfRow: ({ askedFor }) => askedFor,
  next: nextLineStep,
  verdict: lineVerdict,
};
