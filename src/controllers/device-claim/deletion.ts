import type { Account } from '../../engine/account.ts';
import { NAMESPACES } from '../../kube/resource.ts';
import { ok, type Result } from '../../ports/failure.ts';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../resources.ts';
import type { DeviceClaimDeps } from './reconcile.ts';
import type { Target } from './target.ts';

/**
 * What becomes of a claim that is being deleted:
 *
 * | it has our finalizer | release is allowed | devices still recorded as its own | then                          |
 * | -------------------- | ------------------ | --------------------------------- | ----------------------------- |
 * | no                   | –                  | –                                 | nothing: it goes by itself    |
 * | yes                  | no                 | –                                 | kept at the vendor, and gone  |
 * | yes                  | yes                | some                              | they are released, it waits   |
 * | yes                  | yes                | none                              | gone                          |
 */
export type Deletion = { readonly is: 'gone' } | { readonly is: 'releasing'; readonly account: Account };

/** Takes one step towards the end of a claim. */
export async function stepDeletion(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  target: Target,
  signal: AbortSignal,
): Promise<Result<Deletion>> {
  if (!deps.finalizers.isOn(claim)) return ok({ is: 'gone' });
  const account = accountOf(deps, holder, target);
  const kept = await whyKept(deps, claim, account, signal);
  if (!kept.ok) return kept;
  if (account === undefined || kept.value !== undefined) {
    return keepAtVendor(deps, claim, kept.value ?? NO_ACCOUNT, signal);
  }
  account.devices.letGo(holder);
  deps.memory.untell(account, holder);
  const { releasing, moving } = account.devices.report(holder);
  if (releasing > 0 || moving || !account.summary().started) return ok({ is: 'releasing', account });
  const removed = await deps.finalizers.remove(DEVICE_CLAIMS, claim, signal);
  return removed.ok ? ok({ is: 'gone' }) : removed;
}

const NO_ACCOUNT = 'there is no account to release them with';

/** The account that has the claim's devices; its Customer may be gone before it, the record is enough. */
function accountOf({ fleet }: DeviceClaimDeps, holder: string, target: Target): Account | undefined {
  if (target.ok) return target.account;
  const accounts = fleet.all().map(({ account }) => account);
  return accounts.find(({ devices }) => devices.report(holder).known) ?? accounts[0];
}

/** Why the vendor's side is kept although the claim goes; undefined when it is released. */
async function whyKept(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  account: Account | undefined,
  signal: AbortSignal,
): Promise<Result<string | undefined>> {
  if (claim.spec.releasePolicy === 'Keep') return ok('its releasePolicy is Keep');
  const gate = await deps.releaseGate(DEVICE_CLAIMS, claim, signal);
  if (!gate.ok) return gate;
  if (!gate.value) return ok('its namespace or its definition is being deleted');
  if (account === undefined) return ok(NO_ACCOUNT);
  const { connected, trouble, writes } = account.summary();
  if (!connected || trouble?.kind === 'unauthorized') return ok('the credentials of its account do not work');
  const mayWrite = writes && !claim.spec.suspend;
  return ok(mayWrite ? undefined : 'the mode of its account, or a suspension, lets nothing be written');
}

async function keepAtVendor(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  why: string,
  signal: AbortSignal,
): Promise<Result<Deletion>> {
  const removed = await deps.finalizers.remove(DEVICE_CLAIMS, claim, signal);
  if (!removed.ok) return removed;
  const { namespace = 'default', name } = claim.metadata;
  // A namespace that goes away takes no new events; this one stands in `default`, about the namespace.
  deps.reporter.announce(
    NAMESPACES,
    { metadata: { name: namespace, uid: '', resourceVersion: '' } },
    {
      type: 'Warning',
      reason: 'KeptAtVendor',
      message: `DeviceClaim ${name} was deleted and its devices stay with their customer: ${why}`,
    },
  );
  return ok({ is: 'gone' });
}
