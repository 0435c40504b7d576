import type { Account } from '../../engine/account.ts';
import { NAMESPACES } from '../../kube/resource.ts';
import { ok, type Result } from '../../ports/failure.ts';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../resources.ts';
import type { DeviceClaimDeps } from './reconcile.ts';
import type { Target } from './target.ts';
import { wayToRelease } from './way-to-release.ts';

/**
 * What becomes of a claim that is being deleted:
 *
 * | it has our finalizer | release is allowed | devices still recorded as its own | then                          |
 * | -------------------- | ------------------ | --------------------------------- | ----------------------------- |
 * | no                   | –                  | –                                 | nothing: it goes by itself    |
 * | yes                  | no                 | –                                 | kept at the vendor, and gone  |
 * | yes                  | not known yet      | –                                 | it waits                      |
 * | yes                  | yes                | some                              | they are released, it waits   |
 * | yes                  | yes                | none                              | gone                          |
 */
export type Deletion =
  | { readonly is: 'gone' }
  /** Whether it can be released is not known yet. */
  | { readonly is: 'waiting' }
  | { readonly is: 'releasing'; readonly account: Account };

/** Takes one step towards the end of a claim. */
export async function stepDeletion(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  target: Target,
  signal: AbortSignal,
): Promise<Result<Deletion>> {
  if (!deps.finalizers.isOn(claim)) return ok({ is: 'gone' });
  if (claim.spec.releasePolicy === 'Keep')
    return keepAtVendor(deps, claim, 'its releasePolicy is Keep', signal);
  const gate = await deps.releaseGate(DEVICE_CLAIMS, claim, signal);
  if (!gate.ok) return gate;
  if (!gate.value)
    return keepAtVendor(deps, claim, 'its namespace or its definition is being deleted', signal);
  const way = wayToRelease(deps, claim, holder, target);
  switch (way.is) {
    case 'closed':
      return keepAtVendor(deps, claim, way.why, signal);
    case 'unknown':
      return ok({ is: 'waiting' });
    case 'open':
      return release(deps, claim, holder, way.account, signal);
    default:
      return way satisfies never;
  }
}

async function release(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  account: Account,
  signal: AbortSignal,
): Promise<Result<Deletion>> {
  account.devices.letGo(holder);
  deps.memory.untell(account, holder);
  const { releasing, moving } = account.devices.report(holder);
  if (releasing > 0 || moving) return ok({ is: 'releasing', account });
  const removed = await deps.finalizers.remove(DEVICE_CLAIMS, claim, signal);
  return removed.ok ? ok({ is: 'gone' }) : removed;
}

async function keepAtVendor(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  why: string,
  signal: AbortSignal,
): Promise<Result<Deletion>> {
  const { namespace: home = 'default', name } = claim.metadata;
  // Read first: without our finalizer the claim may go, and a namespace with its last claim.
  const namespace = await deps.namespaceLookup(home, signal);
  const removed = await deps.finalizers.remove(DEVICE_CLAIMS, claim, signal);
  if (!removed.ok) return removed;
  // A namespace that goes away takes no new events; this one stands in `default`, about the namespace.
  deps.reporter.announce(NAMESPACES, namespace, {
    type: 'Warning',
    reason: 'KeptAtVendor',
    message: `DeviceClaim ${name} was deleted and its devices stay with their customer: ${why}`,
  });
  return ok({ is: 'gone' });
}
