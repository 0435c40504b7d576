import type { Account } from '../engine/account.ts';
import type { ObjectMeta } from '../kube/object.ts';
import type { Store } from '../kube/store.ts';
import type { Fleet } from './fleet.ts';
import type { ServedVendorAccount } from './resources.ts';

/** Whether what a resource that is being deleted holds at the vendor can be given back. */
export type WayToRelease =
  | { readonly is: 'open'; readonly account: Account }
  /** Known to be impossible. */
  | { readonly is: 'closed'; readonly why: string }
  /** Something has not been read yet. Never a reason to keep what was to be released. */
  | { readonly is: 'unknown' };

/** Reasons of an account that say for certain that its Secret does not let it in (docs/reasons.md). */
const NO_CREDENTIALS = ['SecretNotFound', 'SecretIncomplete', 'CredentialsInvalid', 'CredentialsRejected'];

/** The way through one account: closed by its mode, a suspension or its credentials, unknown until it is open. */
export function wayOfAccount(fleet: Fleet, { metadata, spec, status }: ServedVendorAccount): WayToRelease {
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

interface NamingAccount {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly suspend: boolean; readonly accountRef: { readonly name: string } };
}

/** The way of a resource that names its account itself. */
export function wayOfItsAccount(
  { accounts, fleet }: { readonly accounts: Store<ServedVendorAccount>; readonly fleet: Fleet },
  { metadata, spec }: NamingAccount,
): WayToRelease {
  if (spec.suspend) return { is: 'closed', why: 'it is suspended' };
  const account = accounts.get(`${metadata.namespace}/${spec.accountRef.name}`);
  if (account === undefined) return { is: 'closed', why: 'there is no account to release it with' };
  return wayOfAccount(fleet, account);
}
