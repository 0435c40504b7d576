import type { Declared, Item, Verb } from '../item.ts';
import type { Step } from '../kind.ts';
import { sameValue } from '../same-value.ts';
import type { RegistrationTypes } from './facts.ts';

type RegistrationItem = Item<RegistrationTypes>;
type RegistrationStep = Step<RegistrationTypes>;

/**
 * The next step of a device nothing is in flight for; the record is all there is to go by:
 *
 * | declared   | recorded                        | next                                                    |
 * | ---------- | ------------------------------- | ------------------------------------------------------- |
 * | for a group | nothing                        | register                                                |
 * | for a group | lost                           | stall: it may be registered, and a person decides       |
 * | for a group | for the same                   | nothing, but the record follows its resource            |
 * | for a group | for another, policy Unregister | unregister there first                                  |
 * | for a group | for another, policy Keep       | stall                                                   |
 * | by nobody  | policy Unregister, let go       | unregister                                              |
 * | by nobody  | policy Keep, let go             | forget it: it stays registered                          |
 */
export function nextRegistrationStep(
  item: RegistrationItem,
  winner: Declared<RegistrationTypes> | undefined,
): RegistrationStep {
  const { recorded, formerHolder } = item;
  if (winner === undefined) return nextOfUndeclared(item);
  const { by } = winner;
  if (recorded === undefined && item.recordLost === true) return { do: 'stall', failure: LOST };
  if (recorded === undefined) return call(item, 'registerEsn', 'NotRegistered');
  if (formerHolder === 'holds') return held(recorded.holder);
  if (sameValue(recorded.group, by.desired.group)) {
    const { group, releasePolicy } = by.desired;
    const stands = recorded.holder === by.holder && recorded.releasePolicy === releasePolicy;
    if (stands || by.suspended) return { do: 'settle' };
    return { do: 'keep', record: { group, holder: by.holder, releasePolicy }, reason: 'HolderChanged' };
  }
  if (recorded.releasePolicy === 'Keep' || formerHolder === 'gone') return heldByKeep(recorded.holder);
  return call(item, 'unregisterEsn', 'OtherGroup');
}

function nextOfUndeclared(item: RegistrationItem): RegistrationStep {
  const { recorded, formerHolder } = item;
  if (recorded === undefined || formerHolder !== 'letGo') return { do: 'settle' };
  if (recorded.releasePolicy === 'Keep') return { do: 'keep', record: undefined, reason: 'Kept' };
  return call(item, 'unregisterEsn', 'NoLongerDeclared');
}

const LOST = {
  code: 'RECORD_LOST',
  message:
    'it may have been registered and its record is gone, and the vendor cannot show it; the condition Ready says what to do',
  kind: 'invalid',
} as const;

/** A refusal stands until the declaration changes, or until its time has come to ask again. */
function call(item: RegistrationItem, verb: Verb, reason: string): RegistrationStep {
  const { failure } = item;
  if (failure === undefined || failure.due || failure.verb !== verb) {
    return { do: 'call', verb, reason: { reason, field: 'spec.devices' } };
  }
  if (failure.failure.kind === 'passing') return { do: 'wait' };
  return { do: 'stall', failure: failure.failure };
}

function held(holder: string): RegistrationStep {
  return {
    do: 'stall',
    failure: {
      code: 'RELEASE_HELD',
      message: `${holder} holds it and releases nothing now; see its conditions`,
      kind: 'heldByOther',
    },
  };
}

function heldByKeep(holder: string): RegistrationStep {
  return {
    do: 'stall',
    failure: {
      code: 'HELD_BY_KEEP',
      message: `${holder} had it registered to another group and kept it there; declare it for that group again with releasePolicy: Unregister and take it out`,
      kind: 'heldByOther',
    },
  };
}
