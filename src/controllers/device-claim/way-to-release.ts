import type { Account } from '../../engine/account.ts';
import type { ServedDeviceClaim, ServedVendorAccount } from '../resources.ts';
import type { DeviceClaimDeps } from './reconcile.ts';
import type { Target } from './target.ts';

/** Whether the devices of a claim that is being deleted can be given back. */
export type WayToRelease =
  | { readonly is: 'open'; readonly account: Account }
  /** Known to be impossible. */
  | { readonly is: 'closed'; readonly why: string }
  /** Something has not been read yet. Never a reason to keep what was to be released. */
  | { readonly is: 'unknown' };

/** Reasons of an account that say for certain that its Secret does not let it in (docs/reasons.md). */
const NO_CREDENTIALS = ['SecretNotFound', 'SecretIncomplete', 'CredentialsInvalid', 'CredentialsRejected'];

/**
 * | the account                                   | way     |
 * | --------------------------------------------- | ------- |
 * | there is none in the namespace                | closed  |
 * | its mode, or a suspension, forbids writes     | closed  |
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
  const accounts = accountsOf(deps, claim, target);
  if (accounts.length === 0) return { is: 'closed', why: 'there is no account to release them with' };
  const ways = accounts.map((object) => wayOf(deps, object));
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

function wayOf({ fleet }: DeviceClaimDeps, { metadata, spec, status }: ServedVendorAccount): WayToRelease {
  const open = fleet.get(`${metadata.namespace}/${metadata.name}`);
  if (spec.suspend || spec.mode !== 'Enforce') {
    return { is: 'closed', why: 'the mode of its account, or a suspension, lets nothing be written' };
  }
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const summary = open?.account.summary();
  if (summary?.connected !== true || summary.trouble?.kind === 'unauthorized') {
    const refused = summary?.trouble?.kind === 'unauthorized' || NO_CREDENTIALS.includes(ready?.reason ?? '');
    return refused ? { is: 'closed', why: 'the credentials of its account do not work' } : { is: 'unknown' };
  }
  return open !== undefined && summary.started ? { is: 'open', account: open.account } : { is: 'unknown' };
}
