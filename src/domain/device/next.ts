import type { Declared, Item } from '../item.ts';
import type { Step } from '../kind.ts';
import { compareDevice } from './compare.ts';
import type { DeviceTypes } from './facts.ts';
import { resolveDevice } from './resolve.ts';

type DeviceItem = Item<DeviceTypes>;
type DeclaredDevice = Declared<DeviceTypes>;

/** The next step of a device nothing is in flight for. What no claim names is never touched. */
export function nextDeviceStep(item: DeviceItem): Step<DeviceTypes> {
  const { winner } = resolveDevice(item);
  if (winner === undefined) return { do: 'settle' };
  if (item.observed.is === 'unknown') return { do: 'observe' };
  const [drift] = compareDevice(winner.by.desired, item.observed, item.recorded);
  if (drift === undefined) return recordWhatIsSeen(item, winner);
  if (drift.reason === 'HeldByOtherCustomer') return heldByOtherCustomer(item.observed);
  if (drift.reason === 'ReleasedByVendor' && winner.by.desired.onVendorRelease === 'Report') {
    return releasedByVendor;
  }
  return unlessRefused(item, { do: 'call', verb: 'claim', reason: drift });
}

/** A device seen at its declared customer is recorded, whoever claimed it; the record follows its claim. */
function recordWhatIsSeen(item: DeviceItem, { by }: DeclaredDevice): Step<DeviceTypes> {
  const { recorded } = item;
  const { companyId, releasePolicy } = by.desired;
  const stands =
    recorded?.companyId === companyId &&
    recorded.holder === by.holder &&
    recorded.releasePolicy === releasePolicy;
  if (stands || by.suspended) return { do: 'settle' };
  const how = recorded?.companyId === companyId ? recorded.how : 'Adopted';
  return {
    do: 'keep',
    record: { companyId, holder: by.holder, releasePolicy, how },
    reason: 'SeenAsDeclared',
  };
}

/** A refusal stands until the declaration changes, or until its time has come to ask again. */
function unlessRefused(item: DeviceItem, call: Step<DeviceTypes>): Step<DeviceTypes> {
  const { failure } = item;
  if (failure === undefined || failure.due || call.do !== 'call' || failure.verb !== call.verb) return call;
  if (failure.failure.kind === 'passing') return { do: 'wait' };
  return { do: 'stall', failure: failure.failure };
}

function heldByOtherCustomer(observed: DeviceItem['observed']): Step<DeviceTypes> {
  const holder = observed.is === 'present' ? observed.fact.companyId : undefined;
  return {
    do: 'stall',
    failure: {
      code: 'HELD_BY_OTHER_CUSTOMER',
      message: `company ${holder} of this account holds it and no record of ours says why; release it there, or declare it in a claim of that customer`,
      kind: 'heldByOther',
    },
  };
}

const releasedByVendor: Step<DeviceTypes> = {
  do: 'stall',
  failure: {
    code: 'RELEASED_BY_CUSTOMER',
    message:
      'the customer let go of it; remove it from the claim, or set onVendorRelease: Reclaim to claim it again',
    kind: 'heldByOther',
  },
};
