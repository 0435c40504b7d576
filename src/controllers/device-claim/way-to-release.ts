import { type WayToRelease, wayOfAccount } from '../account-way.ts';
import type { ServedDeviceClaim, ServedVendorAccount } from '../resources.ts';
import type { DeviceClaimDeps } from './reconcile.ts';
import type { Target } from './target.ts';

/**
 * | the account                                   | way     |
 * | --------------------------------------------- | ------- |
 * | there is none in the namespace                | closed  |
 * | its mode, or a suspension, forbids writes     | closed  |
 * | the claim or its Customer is suspended        | closed  |
 * | its credentials are known not to work         | closed  |
 * | not open yet, or its records are not read yet | unknown |
 * | open                                          | open    |
 */
export function wayToRelease(
  deps: DeviceClaimDeps,
  claim: ServedDeviceClaim,
  holder: string,
  target: Target,
): WayToRelease {
  if (claim.spec.suspend) return { is: 'closed', why: 'it is suspended' };
  if (target.ok && target.customerSuspended) return { is: 'closed', why: 'its Customer is suspended' };
  const accounts = accountsOf(deps, claim, target);
  if (accounts.length === 0) return { is: 'closed', why: 'there is no account to release them with' };
  const ways = accounts.map((object) => wayOfAccount(deps.fleet, object));
  const holding = ways.find((way) => way.is === 'open' && way.account.devices.report(holder).known);
  // Where nothing is recorded for the claim, there is nothing to release; any open account may say so.
  return (
    holding ??
    ways.find(({ is }) => is === 'unknown') ??
    ways.find(({ is }) => is === 'closed') ??
    (ways[0] as WayToRelease)
  );
}

/** The account of the claim's customer; when that is not there any more, every account that may have its devices. */
function accountsOf(
  { accounts, customers }: DeviceClaimDeps,
  { metadata, spec }: ServedDeviceClaim,
  target: Target,
): readonly ServedVendorAccount[] {
  const own = accounts.list().filter((account) => account.metadata.namespace === metadata.namespace);
  const customer = customers.get(`${metadata.namespace}/${spec.customerRef.name}`);
  if (!target.ok && customer === undefined) return own;
  return own.filter((account) => account.metadata.name === customer?.spec.accountRef.name);
}
