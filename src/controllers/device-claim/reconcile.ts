import type { DesiredDevice, DeviceTypes } from '../../domain/device/facts.ts';
import type { Declaration } from '../../domain/item.ts';
import { type ReconcileResult, retry, settled, waiting } from '../../kube/controller.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Store } from '../../kube/store.ts';
import { conclude, REFRESH_MS } from '../conclude.ts';
import { declarationOf } from '../declaration.ts';
import { holderOf } from '../holder.ts';
import { brokenList } from '../lists/broken-list.ts';
import type { Lists } from '../lists/declared.ts';
import { releaseHeld, unlessReleaseHeld } from '../lists/release-held.ts';
import { isLookDue } from '../look-request.ts';
import type { References } from '../references.ts';
import { markForRelease, type ReleaseDeps } from '../release.ts';
import { DEVICE_CLAIMS, type ServedCustomer, type ServedDeviceClaim } from '../resources.ts';
import { type Standing, unlessUnresolved, withTrouble } from '../standing.ts';
import { listFields } from '../status-fields.ts';
import type { DeclarationMemory } from './declaration-memory.ts';
import { stepDeletion } from './deletion.ts';
import { namedBy } from './naming.ts';
import { RELEASE_HELD } from './release-held.ts';
import { besides, standingOf } from './standing.ts';
import { type Tally, tally } from './tally.ts';
import { findTarget, type Target } from './target.ts';

export interface DeviceClaimDeps extends ReleaseDeps {
  readonly claims: Store<ServedDeviceClaim>;
  readonly customers: Store<ServedCustomer>;
  readonly configMaps: References<ConfigMap>;
  readonly memory: DeclarationMemory;
}

const NOT_READ: Target = {
  ok: false,
  standing: { is: 'moving', reason: 'SourceNotRead', message: 'a list of devices has not been read yet' },
};

/** Whether a release is possible is asked again after this. ASSUMED. */
const RETRY_DELETION_MS = 1_000;

/** One pass over one DeviceClaim: declares its devices to the account, and says how they stand. */
export async function reconcileDeviceClaim(
  deps: DeviceClaimDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const claim = deps.claims.get(key);
  const holder = holderOf('DeviceClaim', key);
  if (claim === undefined) return forget(deps, key, holder);
  const found = await deps.memory.lists(key, claim, deps.configMaps.readerFor(key));
  const target = found.unread ? NOT_READ : findTarget(deps, claim);
  if (claim.metadata.deletionTimestamp !== undefined) {
    return end(deps, claim, holder, target, found, signal);
  }
  if (!target.ok) {
    const held = await hold(deps, claim, holder, found, target.standing, signal);
    return found.soonRead && held.type === 'settled' ? waiting(deps.reporter.clock.now() + REFRESH_MS) : held;
  }
  const releases = claim.spec.releasePolicy === 'Unclaim';
  const marked = await markForRelease(deps, DEVICE_CLAIMS, claim, releases, signal);
  if (!marked.ok) return retry(marked.failure);
  for (const { account } of deps.fleet.all()) {
    if (account === target.account) continue;
    account.devices.dismiss(holder);
    deps.memory.untell(account, holder);
  }
  const declared = await declare(deps, target, key, claim, found);
  if (isLookDue(claim)) target.account.devices.lookAgain(target.companyId);
  const customerSuspended = target.customerSuspended && !claim.spec.suspend;
  const facts = { ...target.account.devices.report(holder), customerSuspended };
  const tallied = tally(declared, facts);
  const own = unlessUnresolved(standingOf(tallied, facts), facts, claim);
  const standing =
    own.is === 'moving'
      ? (target.trouble ?? own)
      : (brokenList(claim, declared, deps.reporter.clock.now()) ?? withTrouble(own, target.trouble));
  return say(deps, claim, declared, tallied, facts.operations, standing, signal);
}

const RELEASING: Standing = { is: 'moving', reason: 'Releasing', message: 'devices are being released' };

async function end(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  target: Target,
  declared: Lists,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const deletion = await stepDeletion(deps, claim, holder, target, signal);
  if (!deletion.ok) return retry(deletion.failure);
  if (deletion.value.is === 'gone') return settled();
  if (deletion.value.is === 'waiting') return settled(RETRY_DELETION_MS);
  const facts = deletion.value.account.devices.report(holder);
  const tallied = tally({ count: 0, rejected: [] }, facts);
  const own = unlessUnresolved(standingOf(tallied, facts), facts, claim);
  const trouble = target.ok ? target.trouble : undefined;
  const standing = own.is === 'ready' || own.is === 'moving' ? (trouble ?? RELEASING) : own;
  return say(deps, claim, { ...declared, rejected: [] }, tallied, facts.operations, standing, signal);
}

function forget(
  { fleet, memory, configMaps }: DeviceClaimDeps,
  key: string,
  holder: string,
): ReconcileResult {
  for (const { account } of fleet.all()) {
    account.devices.forget(holder);
    // A list that came back short may have left the claim out: it is told anew when it is there again.
    memory.untell(account, holder);
  }
  memory.forget(key);
  configMaps.release(key);
  return settled();
}

/** Without its customer or account a claim starts nothing new, and keeps all that it had declared. */
function hold(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  declared: Lists,
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  for (const { account } of deps.fleet.all()) {
    account.devices.suspend(holder);
    deps.memory.untell(account, holder);
  }
  const told = deps.fleet.all().map(({ account }) => account.devices.report(holder));
  const facts = told.find(({ known }) => known) ?? {
    restored: false,
    known: false,
    verdicts: [],
    releaseFailures: [],
    releasing: 0,
    operations: [],
    moving: false,
    unresolved: false,
  };
  return say(deps, claim, declared, tally(declared, facts), facts.operations, standing, signal);
}

/**
 * Declares the devices, unless the account knows exactly this already: a long list is not gone through for nothing.
 * Answers the lists that the account goes by now.
 */
async function declare(
  { memory, configMaps }: DeviceClaimDeps,
  target: Target & { ok: true },
  key: string,
  claim: ServedDeviceClaim,
  found: Lists,
): Promise<Lists> {
  const { account, habits } = target;
  const known = declarationOfClaim(claim, key, target, found);
  if (memory.knows(account, known.holder, textOf(known, found))) return found;
  const declared = await memory.devices(key, claim, configMaps.readerFor(key));
  const declaration = declarationOfClaim(claim, key, target, declared);
  memory.tell(account, declaration.holder, textOf(declaration, declared));
  account.devices.declare(declaration, namedBy(habits, declared.items));
  return declared;
}

function declarationOfClaim(
  claim: ServedDeviceClaim,
  key: string,
  { companyId, customerSuspended }: Target & { ok: true },
  { incomplete }: Lists,
): Declaration<DeviceTypes> {
  const { spec } = claim;
  const desired: DesiredDevice = {
    companyId,
    releasePolicy: spec.releasePolicy,
    onVendorRelease: spec.onVendorRelease,
    vendorParams: spec.vendorParams,
    // An empty one is none: so it reads in a template whose value is not set.
    ...(spec.orderNumber ? { orderNumber: spec.orderNumber } : {}),
  };
  const declaration = declarationOf<DeviceTypes>(
    holderOf('DeviceClaim', key),
    claim,
    desired,
    incomplete === undefined,
  );
  return { ...declaration, suspended: declaration.suspended || customerSuspended };
}

function textOf(declaration: Declaration<DeviceTypes>, { version }: Lists): string {
  return JSON.stringify([version, declaration]);
}

function say(
  { reporter }: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  declared: Lists,
  tallied: Tally,
  operations: readonly string[],
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const fields = listFields(tallied.counts, declared, tallied.failures, operations);
  const held = releaseHeld(claim.spec, declared, RELEASE_HELD);
  const conclusion = {
    standing: unlessReleaseHeld(standing, held),
    beside: besides(tallied, held),
    fields,
  };
  return conclude(reporter, DEVICE_CLAIMS, claim, conclusion, signal);
}
