import type { Declared, Item } from '../item.ts';
import type { Drift, Step } from '../kind.ts';
import { sameValue } from '../same-value.ts';
import { unlessRefused } from '../unless-refused.ts';
import { compareDevice, ORDER_NUMBER } from './compare.ts';
import type { DeviceTypes, RecordedDevice } from './facts.ts';
import { resolveDevice } from './resolve.ts';

type DeviceItem = Item<DeviceTypes>;
type DeclaredDevice = Declared<DeviceTypes>;

/**
 * The next step of a device nothing is in flight for. What no claim names and no record holds is never touched.
 */
export function nextDeviceStep(item: DeviceItem): Step<DeviceTypes> {
  const { winner } = resolveDevice(item);
  if (winner === undefined) return nextOfUndeclared(item);
  // What the record names comes first, also while it cannot say that it still wants the device.
  if (item.recorded !== undefined && item.formerHolder === 'holds')
    return waitsForFormerClaim(item.recorded.holder);
  if (item.observed.is === 'unknown') return lookFirst(item, winner);
  if (isGoneFromRecorded(item, winner)) return { do: 'keep', record: undefined, reason: 'GoneAtVendor' };
  const [drift] = compareDevice(winner.by.desired, item.observed, item.recorded);
  if (drift === undefined || drift.field === ORDER_NUMBER) return nextAtItsCustomer(item, winner, drift);
  if (drift.reason === 'HeldByOtherCustomer') return moveFrom(item);
  if (drift.reason === 'ReleasedByVendor' && winner.by.desired.onVendorRelease === 'Report') {
    return releasedByVendor;
  }
  return unlessRefused(item, { do: 'call', verb: 'claim', reason: drift });
}

/** Where our record says it is elsewhere and may leave, the look is the first half of a move. */
function lookFirst({ recorded, formerHolder }: DeviceItem, { by }: DeclaredDevice): Step<DeviceTypes> {
  const moves =
    recorded?.releasePolicy === 'Unclaim' &&
    formerHolder === 'letGo' &&
    recorded.companyId !== by.desired.companyId;
  return moves ? { do: 'observe', before: 'unclaim' } : { do: 'observe' };
}

/**
 * It is recorded at another company, and a look there (`recordSpeaksFirst`) missed it, or the vendor shows that company to
 * nobody: nothing of the record is left that
 * could speak against a claim.
 */
function isGoneFromRecorded({ recorded, observed }: DeviceItem, { by }: DeclaredDevice): boolean {
  return observed.is === 'absent' && recorded !== undefined && recorded.companyId !== by.desired.companyId;
}

/**
 * A device seen at its declared customer is recorded, whoever claimed it, and the record follows its claim; only
 * then its order number is put right.
 */
function nextAtItsCustomer(
  item: DeviceItem,
  { by }: DeclaredDevice,
  drift: Drift | undefined,
): Step<DeviceTypes> {
  const record = recordOfSeen(item, by);
  if (!by.suspended && !sameValue(record, item.recorded)) {
    return { do: 'keep', record, reason: 'SeenAsDeclared' };
  }
  if (drift === undefined) return { do: 'settle' };
  if (drift.reason === 'OrderNumberNotKept') return orderNumberNotKept;
  return unlessRefused(item, { do: 'call', verb: 'updateMetadata', reason: drift });
}

function recordOfSeen(
  { recorded, observed, listedAs = recorded?.listedAs }: DeviceItem,
  by: DeclaredDevice['by'],
): RecordedDevice {
  const { companyId, releasePolicy, orderNumber } = by.desired;
  const before = recorded?.companyId === companyId ? recorded : undefined;
  const held = {
    companyId,
    holder: by.holder,
    releasePolicy,
    how: before?.how ?? 'Adopted',
    ...(listedAs === undefined ? {} : { listedAs }),
  } as const;
  const shown = observed.is === 'present' ? observed.fact.orderNumber : undefined;
  const isBelieved = observed.is === 'present' && observed.believed === true;
  if (orderNumber !== undefined && shown === orderNumber && !(isBelieved && before?.orderNumberUnseen)) {
    return { ...held, orderNumber };
  }
  // What came from us stays recorded until the vendor shows otherwise and nobody declares one.
  if (before?.orderNumber === undefined) return held;
  const { orderNumber: ours, orderNumberUnseen: unseen } = before;
  const keeps = orderNumber !== undefined || shown === undefined || shown === ours;
  return keeps
    ? { ...held, orderNumber: ours, ...(unseen === undefined ? {} : { orderNumberUnseen: unseen }) }
    : held;
}

/**
 * A device that left its claim, by what the record says:
 *
 * | its former claim        | policy  | the vendor shows it       | next                      |
 * | ----------------------- | ------- | ------------------------- | ------------------------- |
 * | may want it, or is gone | –       | –                         | nothing                   |
 * | let it go               | Keep    | there, or unknown         | it stays there, as kept   |
 * | let it go, kept before  | Keep    | anywhere else, or nowhere | forget it                 |
 * | let it go               | Unclaim | unknown                   | observe                   |
 * | let it go               | Unclaim | at the recorded company   | unclaim                   |
 * | let it go               | Unclaim | anywhere else, or nowhere | forget it                 |
 */
function nextOfUndeclared(item: DeviceItem): Step<DeviceTypes> {
  const { recorded, formerHolder, observed } = item;
  if (recorded === undefined) return { do: 'settle' };
  if (formerHolder !== 'letGo' && !recorded.kept) return { do: 'settle' };
  const isThere = observed.is === 'present' && observed.fact.companyId === recorded.companyId;
  if (observed.is !== 'unknown' && !isThere) return { do: 'keep', record: undefined, reason: 'GoneAtVendor' };
  if (recorded.releasePolicy === 'Keep') {
    return recorded.kept
      ? { do: 'settle' }
      : { do: 'keep', record: { ...recorded, kept: true }, reason: 'Kept' };
  }
  if (observed.is === 'unknown') return { do: 'observe', before: 'unclaim' };
  const reason = { reason: 'NoLongerDeclared', field: 'spec.devices' };
  return unlessRefused(item, { do: 'call', verb: 'unclaim', reason });
}

/**
 * A device that another company of this account holds. Only where our record says why it is there, and its
 * former claim let it go under the policy Unclaim, it is taken from there; claiming it here comes after.
 */
function moveFrom(item: DeviceItem): Step<DeviceTypes> {
  const { recorded, formerHolder, observed } = item;
  const isOurs =
    recorded !== undefined && observed.is === 'present' && observed.fact.companyId === recorded.companyId;
  if (!isOurs) return heldByOtherCustomer(observed);
  if (formerHolder === undefined) return heldByFormerCustomer(recorded.companyId);
  // A claim with Keep never releases it, and one that is gone cannot: there is nothing to wait for.
  if (recorded.releasePolicy === 'Keep' || formerHolder === 'gone') return heldByKeep(recorded.holder);
  if (formerHolder !== 'letGo') return waitsForFormerClaim(recorded.holder);
  const reason = { reason: 'MovedToOtherCustomer', field: 'spec.customerRef' };
  return unlessRefused(item, { do: 'call', verb: 'unclaim', reason });
}

function heldByKeep(holder: string): Step<DeviceTypes> {
  return {
    do: 'stall',
    failure: {
      code: 'HELD_BY_KEEP',
      message: `${holder} had it and kept it there when it let go of it or was deleted; declare it for that customer again with releasePolicy Unclaim and take it out, or release it in the vendor's portal`,
      kind: 'heldByOther',
    },
  };
}

function waitsForFormerClaim(holder: string): Step<DeviceTypes> {
  return {
    do: 'stall',
    failure: {
      code: 'RELEASE_HELD',
      message: `${holder} holds it and releases nothing now; see its conditions`,
      kind: 'heldByOther',
    },
  };
}

/** Its own claim has it there: the Customer that it names was made anew, and stands for another company now. */
function heldByFormerCustomer(companyId: string): Step<DeviceTypes> {
  return {
    do: 'stall',
    failure: {
      code: 'HELD_BY_OTHER_CUSTOMER',
      message: `company ${companyId} of this account holds it, for which this claim's Customer stood before; let the Customer stand for that company again, and move the device by a claim of the other customer`,
      kind: 'heldByOther',
    },
  };
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

const orderNumberNotKept: Step<DeviceTypes> = {
  do: 'stall',
  failure: {
    code: 'ORDER_NUMBER_NOT_KEPT',
    message:
      "the vendor took the order number and shows another one; set it in the vendor's portal, or declare the one it shows",
    kind: 'invalid',
  },
};

const releasedByVendor: Step<DeviceTypes> = {
  do: 'stall',
  failure: {
    code: 'RELEASED_BY_CUSTOMER',
    message:
      'the customer let go of it; remove it from the claim, or set onVendorRelease: Reclaim to claim it again',
    kind: 'heldByOther',
  },
};
