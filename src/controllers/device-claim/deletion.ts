import type { Account } from '../../engine/account.ts';
import type { Result } from '../../ports/failure.ts';
import { type Leave, stepLeave } from '../release.ts';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../resources.ts';
import type { DeviceClaimDeps } from './reconcile.ts';
import type { Target } from './target.ts';
import { wayToRelease } from './way-to-release.ts';

/** Takes one step towards the end of a claim that is being deleted: its devices are released, or stay. */
export function stepDeletion(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  target: Target,
  signal: AbortSignal,
): Promise<Result<Leave>> {
  const leaving = {
    type: DEVICE_CLAIMS,
    object: claim,
    keeps: claim.spec.releasePolicy === 'Keep' ? 'its releasePolicy is Keep' : undefined,
    stays: 'its devices stay with their customer',
    way: () => wayToRelease(deps, claim, holder, target),
    letGo: (account: Account) => {
      account.devices.letGo(holder);
      deps.memory.untell(account, holder);
      return account.devices.report(holder);
    },
  };
  return stepLeave(deps, leaving, signal);
}
