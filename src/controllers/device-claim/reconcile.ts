import type { DesiredDevice } from '../../domain/device/facts.ts';
import { type ReconcileResult, retry, settled, stalled } from '../../kube/controller.ts';
import type { Store } from '../../kube/store.ts';
import type { Fleet } from '../fleet.ts';
import { holderOf } from '../holder.ts';
import { isLookDue } from '../look-request.ts';
import { type Reporter, report } from '../reporter.ts';
import {
  DEVICE_CLAIMS,
  type ServedCustomer,
  type ServedDeviceClaim,
  type ServedVendorAccount,
} from '../resources.ts';
import { findings, type Standing } from '../standing.ts';
import { type DeclaredDevices, declaredDevices } from './devices.ts';
import { besides, standingOf } from './standing.ts';
import { type Tally, tally } from './tally.ts';
import { findTarget, type Target } from './target.ts';

export interface DeviceClaimDeps {
  readonly claims: Store<ServedDeviceClaim>;
  readonly customers: Store<ServedCustomer>;
  readonly accounts: Store<ServedVendorAccount>;
  readonly fleet: Fleet;
  readonly reporter: Reporter;
}

/** A claim that waits is looked at again after this, also when nothing says so. ASSUMED. */
const REFRESH_MS = 30_000;

/** One pass over one DeviceClaim: declares its devices to the account, and says how they stand. */
export async function reconcileDeviceClaim(
  deps: DeviceClaimDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const claim = deps.claims.get(key);
  const holder = holderOf('DeviceClaim', key);
  if (claim === undefined) return forget(deps, holder);
  const declared = declaredDevices(claim);
  const target = findTarget(deps, claim);
  if (!target.ok) return hold(deps, claim, holder, declared, target.standing, signal);
  declare(target, holder, claim, declared);
  if (isLookDue(claim)) target.account.devices.lookAgain(target.companyId);
  const facts = target.account.devices.report(holder);
  const tallied = tally(declared, facts);
  const own = standingOf(tallied, facts);
  const standing = own.is === 'moving' ? (target.trouble ?? own) : own;
  return say(deps, claim, tallied, facts.operations, standing, signal);
}

function forget({ fleet }: DeviceClaimDeps, holder: string): ReconcileResult {
  for (const { account } of fleet.all()) account.devices.forget(holder);
  return settled();
}

/** Without its customer or account a claim starts nothing new, and keeps all that it had declared. */
function hold(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  declared: DeclaredDevices,
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  for (const { account } of deps.fleet.all()) account.devices.suspend(holder);
  const told = deps.fleet.all().map(({ account }) => account.devices.report(holder));
  const facts = told.find(({ known }) => known) ?? {
    known: false,
    verdicts: [],
    operations: [],
    moving: false,
  };
  return say(deps, claim, tally(declared, facts), facts.operations, standing, signal);
}

function declare(
  { account, companyId }: Target & { ok: true },
  holder: string,
  { metadata, spec }: ServedDeviceClaim,
  { items }: DeclaredDevices,
): void {
  const desired: DesiredDevice = {
    companyId,
    releasePolicy: spec.releasePolicy,
    onVendorRelease: spec.onVendorRelease,
    vendorParams: spec.vendorParams,
    ...(spec.orderNumber === undefined ? {} : { orderNumber: spec.orderNumber }),
  };
  const createdAtMs = Date.parse(metadata.creationTimestamp ?? '') || 0;
  account.devices.declare({ holder, createdAtMs, desired, suspended: spec.suspend }, items);
}

async function say(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  tallied: Tally,
  operations: readonly string[],
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const fields = {
    devices: { ...tallied.counts, releasing: 0, awaitingCustomer: 0 },
    ...(tallied.failures.length === 0 ? {} : { failures: tallied.failures }),
    ...(operations.length === 0 ? {} : { operations: operations.slice(0, 50).map((name) => ({ name })) }),
  };
  const said = findings(standing, besides(tallied));
  const written = await report(deps.reporter, DEVICE_CLAIMS, claim, said, fields, signal);
  if (!written.ok) return retry(written.failure);
  return standing.is === 'stalled' ? stalled(standing.reason, REFRESH_MS) : settled(REFRESH_MS);
}
