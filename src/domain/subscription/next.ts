import type { Declared, Item, ItemFailure, Observation, Verb } from '../item.ts';
import type { Step } from '../kind.ts';
import type { RecordedSubscription, SubscriptionTypes } from './facts.ts';
import * as refusals from './refusals.ts';
import { resolveSubscription } from './resolve.ts';
import { type Standing, standingIn } from './standing.ts';

type SubscriptionItem = Item<SubscriptionTypes>;
type SubscriptionStep = Step<SubscriptionTypes>;
type Wanted = Declared<SubscriptionTypes>['by'];

/** How long after a refusal because of its state a subscription is looked at again. ASSUMED: states may lag (8.1). */
const LOOK_AGAIN_MS = 30_000;
/** Looks at an open registration come at growing distances: half the time since the creation, within these. ASSUMED. */
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 900_000;

/** The next step of a subscription nothing is in flight for. What no resource names and no record holds is left alone. */
export function nextSubscriptionStep(item: SubscriptionItem): SubscriptionStep {
  const { recorded, observed, formerHolder } = item;
  const { winner } = resolveSubscription(item);
  if (winner === undefined) return nextOfUndeclared(item);
  // What the vendor says only once comes before everything else.
  if (recorded?.token?.is === 'issued') return unlessRefused(item, { do: 'store', reason: 'TokenIssued' });
  if (recorded !== undefined && formerHolder === 'holds') {
    return { do: 'stall', failure: refusals.releaseHeld(recorded.holder) };
  }
  if (observed.is === 'present' && observed.fact.living > 1) return stall(refusals.AMBIGUOUS);
  const standing = standingIn(observed);
  if (standing === 'unseen') return { do: 'observe' };
  if (standing === 'unclear') return stall(refusals.UNKNOWN_STATE);
  return NEXT_OF[winner.by.desired.state](item, winner.by, standing);
}

/** What the vendor shows, where it shows something that can be understood. */
type Seen = Exclude<Standing | 'none', 'unclear'>;

type NextOf = (item: SubscriptionItem, by: Wanted, standing: Seen) => SubscriptionStep;

const NEXT_OF = {
  Active: nextOfActive,
  Suspended: nextOfSuspended,
  Cancelled: nextOfCancelled,
} as const satisfies Record<Wanted['desired']['state'], NextOf>;

/**
 * Declared Active:
 *
 * | the vendor shows | our record says             | next                                    |
 * | ---------------- | --------------------------- | --------------------------------------- |
 * | none             | nothing                     | create (after its Secret was stored)    |
 * | none             | cancelled                   | stall, or create if the resource says so |
 * | none             | it exists                   | stall: gone                             |
 * | none             | nothing, but it did         | stall: record lost                      |
 * | cancelled        | –                           | stall, or create if the resource says so |
 * | effective        | –                           | record it                               |
 * | not effective    | suspended                   | unsuspend                               |
 * | not effective    | created, never registered   | look again until its token expires      |
 * | not effective    | it was effective            | stall: terminated                       |
 * | not effective    | nothing                     | stall: record lost                      |
 */
function nextOfActive(item: SubscriptionItem, by: Wanted, standing: Seen): SubscriptionStep {
  const { recorded } = item;
  switch (standing) {
    case 'none':
      // However the resource is written: one look that misses it must not empty its Secret and make another.
      if (isExpectedToExist(recorded)) return stall(refusals.GONE);
      if (isRecordLost(item)) return stall(refusals.RECORD_OF_GONE_LOST);
      if (recorded?.action === 'cancel' && !by.desired.recreateAfterCancel) {
        return stall(refusals.CANCELLED_AT_VENDOR);
      }
      return create(item, by);
    case 'cancelled':
      return mayRecreate(item, by) ? create(item, by) : stall(refusals.CANCELLED_AT_VENDOR);
    case 'effective':
      return recordSeen(item, by, recorded?.action === 'suspend' ? 'unsuspend' : actionKept(recorded));
    case 'notEffective':
      if (recorded?.action === 'suspend') return call(item, 'unsuspendSubscription', 'Suspended');
      return nextOfNotEffective(item, by);
    default:
      return standing satisfies never;
  }
}

/** Declared Suspended: only what a subscriber watches can be suspended, and only our record shows that it was. */
function nextOfSuspended(item: SubscriptionItem, by: Wanted, standing: Seen): SubscriptionStep {
  const { recorded } = item;
  switch (standing) {
    case 'none':
      if (isRecordLost(item)) return stall(refusals.RECORD_OF_GONE_LOST);
      return stall(isExpectedToExist(recorded) ? refusals.GONE : refusals.NOTHING_TO_SUSPEND);
    case 'cancelled':
      return stall(refusals.CANCELLED_AT_VENDOR);
    case 'effective':
      // The look contradicts a record that says suspended: then somebody lifted it, and it is suspended again.
      return call(item, 'suspendSubscription', 'NotSuspended');
    case 'notEffective':
      if (recorded?.action === 'suspend') return recordSeen(item, by, 'suspend');
      if (refusedForState(item, 'suspendSubscription')) return recordSeen(item, by, 'suspend');
      return nextOfNotEffective(item, by);
    default:
      return standing satisfies never;
  }
}

function nextOfCancelled(item: SubscriptionItem, by: Wanted, standing: Seen): SubscriptionStep {
  switch (standing) {
    case 'none':
      // Whoever declares it cancelled says that what the vendor does not show any more is over.
      return isExpectedToExist(item.recorded) || isRecordLost(item)
        ? recordSeen(item, by, 'cancel')
        : { do: 'settle' };
    case 'cancelled':
      return recordSeen(item, by, 'cancel');
    case 'effective':
    case 'notEffective':
      return call(item, 'cancelSubscription', 'NotCancelled');
    default:
      return standing satisfies never;
  }
}

/** Nobody watches, and it was not us who suspended it: only our record knows what that means. */
function nextOfNotEffective(item: SubscriptionItem, by: Wanted): SubscriptionStep {
  const { recorded, observed, nowMs } = item;
  if (recorded?.action === undefined) return stall(refusals.RECORD_LOST);
  if (recorded.action === 'cancel') return stall(refusals.CONTRADICTED);
  if (recorded.registered) return stall(refusals.TERMINATED);
  const { token } = recorded;
  if (token === undefined) return stall(refusals.RECORD_LOST);
  if (token.is !== 'stored') return stall(refusals.TOKEN_LOST);
  if (token.expiresAtMs !== undefined && token.expiresAtMs <= nowMs) return stall(refusals.TOKEN_EXPIRED);
  if (!stands(recorded, by)) return keepFor(recorded, by);
  return { do: 'observe', notBeforeMs: seenAtMs(observed) + openLookMs(recorded, nowMs) };
}

function openLookMs(recorded: RecordedSubscription, nowMs: number): number {
  const sinceMs = nowMs - (recorded.atMs ?? nowMs);
  return Math.min(Math.max(sinceMs / 2, FIRST_LOOK_MS), LONGEST_LOOK_MS);
}

/** The Secret for the token first, then the call that needs it. */
function create(item: SubscriptionItem, by: Wanted): SubscriptionStep {
  const { recorded } = item;
  const { tokenSecretName, promotion } = by.desired;
  if (tokenSecretName === undefined) return stall(refusals.NO_TOKEN_SECRET);
  if (promotion === 'notOffered') return stall(refusals.UNKNOWN_PROMOTION);
  // The operator's promotions are read with the account; its resource is declared anew when they are.
  if (promotion === 'notRead') return { do: 'wait' };
  const isAwaited = recorded?.token?.is === 'awaited' && recorded.token.secret.name === tokenSecretName;
  return isAwaited && stands(recorded, by)
    ? call(item, 'createSubscription', 'NoSubscription')
    : unlessRefused(item, { do: 'store', reason: 'TokenSecret' });
}

/**
 * A new subscription after a cancelled one. Where one lives by our record, only the number that we know of can have
 * been cancelled: an older one that is shown in its place says nothing of it.
 */
function mayRecreate({ recorded, observed }: SubscriptionItem, by: Wanted): boolean {
  if (!by.desired.recreateAfterCancel) return false;
  if (!isExpectedToExist(recorded)) return true;
  return observed.is === 'present' && recorded?.number === observed.fact.number;
}

function isExpectedToExist(recorded: RecordedSubscription | undefined): boolean {
  return recorded?.action !== undefined && recorded.action !== 'cancel';
}

/** Its resource was told that it exists, and the record that said so is gone. */
function isRecordLost({ recorded, recordLost }: SubscriptionItem): boolean {
  return recorded === undefined && recordLost === true;
}

/** What stays the last confirmed action of a subscription that is seen effective. */
function actionKept(recorded: RecordedSubscription | undefined): 'create' | 'adopt' | 'unsuspend' {
  const action = recorded?.action;
  return action === 'create' || action === 'unsuspend' ? action : 'adopt';
}

/** What a look shows becomes recorded, for the resource that counts. */
function recordSeen(
  item: SubscriptionItem,
  by: Wanted,
  action: NonNullable<RecordedSubscription['action']>,
): SubscriptionStep {
  const { recorded, observed, nowMs } = item;
  const registered = recorded?.registered === true || standingIn(observed) === 'effective';
  const number = observed.is === 'present' ? observed.fact.number : recorded?.number;
  const isNews =
    recorded?.action !== action || recorded.registered !== registered || recorded.number !== number;
  if (by.suspended || (!isNews && stands(recorded, by))) return { do: 'settle' };
  const atMs = recorded?.action === action ? recorded.atMs : nowMs;
  const { holder, desired } = by;
  const about = { holder, releasePolicy: desired.releasePolicy, action, registered };
  return {
    do: 'keep',
    record: { ...recorded, ...about, ...optional('atMs', atMs), ...optional('number', number) },
    reason: 'SeenAsDeclared',
  };
}

function keepFor(recorded: RecordedSubscription, by: Wanted): SubscriptionStep {
  if (by.suspended) return { do: 'settle' };
  const record = { ...recorded, holder: by.holder, releasePolicy: by.desired.releasePolicy };
  return { do: 'keep', record, reason: 'HolderChanged' };
}

function stands(recorded: RecordedSubscription | undefined, by: Wanted): boolean {
  return recorded?.holder === by.holder && recorded.releasePolicy === by.desired.releasePolicy;
}

/**
 * A write, unless it was refused for exactly this declaration. A refusal because of the state may be a look that
 * came too early: the state is looked at again before anything is concluded.
 */
function call(item: SubscriptionItem, verb: Verb, reason: string): SubscriptionStep {
  if (refusedForState(item, verb) && item.failure?.due === false) {
    return { do: 'observe', notBeforeMs: seenAtMs(item.observed) + LOOK_AGAIN_MS };
  }
  return unlessRefused(item, { do: 'call', verb, reason: { reason, field: 'spec.state' } });
}

const STATE_CODES: ReadonlySet<string> = new Set(['INVALID_STATE', 'SUBSCRIPTION_EXISTS']);

function refusedForState({ failure }: SubscriptionItem, verb: Verb): boolean {
  return failure !== undefined && failure.verb === verb && STATE_CODES.has(failure.failure.code);
}

/** A refusal stands until the declaration changes, or until its time has come to ask again. */
function unlessRefused(
  { failure }: SubscriptionItem,
  step: SubscriptionStep & { do: 'call' | 'store' },
): SubscriptionStep {
  const asked = step.do === 'call' ? step.verb : 'store';
  if (failure === undefined || failure.due || failure.verb !== asked) return step;
  return failure.failure.kind === 'passing' ? { do: 'wait' } : stall(failure.failure);
}

/**
 * Its resource is gone or names another customer: cancelled only where the record says so, and only if it lives.
 * What is kept stays recorded, since the vendor could not tell whether it is suspended.
 */
function nextOfUndeclared(item: SubscriptionItem): SubscriptionStep {
  const { recorded, formerHolder, observed } = item;
  if (recorded?.releasePolicy !== 'Cancel' || formerHolder !== 'letGo') return { do: 'settle' };
  const standing = standingIn(observed);
  switch (standing) {
    case 'unseen':
      return { do: 'observe', before: 'cancelSubscription' };
    case 'none':
    case 'cancelled':
      return { do: 'keep', record: undefined, reason: 'GoneAtVendor' };
    case 'unclear':
      return stall(refusals.UNKNOWN_STATE);
    case 'effective':
    case 'notEffective':
      return call(item, 'cancelSubscription', 'NoLongerDeclared');
    default:
      return standing satisfies never;
  }
}

function seenAtMs(observed: Observation<SubscriptionTypes>): number {
  return observed.is === 'unknown' ? 0 : observed.atMs;
}

function stall(failure: ItemFailure): SubscriptionStep {
  return { do: 'stall', failure };
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value };
}
