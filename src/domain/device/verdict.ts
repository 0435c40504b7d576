import type { Holder, Item } from '../item.ts';
import type { Step } from '../kind.ts';
import { compareDevice } from './compare.ts';
import type { DeviceTypes, DeviceVerdict } from './facts.ts';
import { resolveDevice } from './resolve.ts';

/**
 * | the device                              | its claim | another claim that names it |
 * | --------------------------------------- | --------- | --------------------------- |
 * | being released there, as it was asked for before | pending | conflicted             |
 * | seen at the declared company            | claimed   | conflicted                  |
 * | … waiting for the customer's approval   | awaitingCustomer | conflicted           |
 * | … and not recognised as genuine         | failed    | conflicted                  |
 * | refused as invalid                      | failed    | conflicted                  |
 * | held by somebody else, or let go        | conflicted| conflicted                  |
 * | anything else                           | pending   | conflicted                  |
 */
export function deviceVerdict(
  item: Item<DeviceTypes>,
  step: Step<DeviceTypes>,
  holder: Holder,
): DeviceVerdict {
  const { winner } = resolveDevice(item);
  if (winner === undefined) return { state: 'pending' };
  if (winner.by.holder !== holder) return losesTo(winner.by.holder);
  if (step.do === 'stall') {
    const { kind, code, message } = step.failure;
    return { state: kind === 'heldByOther' ? 'conflicted' : 'failed', code, message };
  }
  // Declared again while an earlier wish is carried out: what was last seen is about to end.
  if (item.inFlight?.verb === 'unclaim') return { state: 'pending' };
  if (
    item.observed.is !== 'unknown' &&
    compareDevice(winner.by.desired, item.observed, item.recorded).length === 0
  ) {
    return standingOf(item.observed);
  }
  if (item.failure === undefined) return { state: 'pending' };
  const { code, message } = item.failure.failure;
  return { state: 'pending', code, message };
}

/** What is registered where it is declared may yet not be in force. */
function standingOf(observed: Item<DeviceTypes>['observed']): DeviceVerdict {
  const standing = observed.is === 'present' ? observed.fact.standing : undefined;
  if (standing === undefined) return { state: 'claimed' };
  return standing === 'awaitingCustomer' ? { state: standing } : NOT_RECOGNISED;
}

const NOT_RECOGNISED: DeviceVerdict = {
  state: 'failed',
  code: 'INVALID_DEVICE',
  message:
    'the vendor does not recognise it as a genuine device of an authorised reseller; only its support can help',
};

function losesTo(winner: Holder): DeviceVerdict {
  return {
    state: 'conflicted',
    code: 'DECLARED_ELSEWHERE',
    message: `${winner} declares this device too and holds it; remove it from one of the two`,
  };
}
