import { VENDOR_ACCOUNTS } from '../../controllers/resources.ts';
import { scopeHash, scopeOf } from '../../controllers/vendor-account/scope.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { ObjectRef } from '../../kube/object.ts';
import { findObject } from './cluster-objects.ts';

/** Under which label the records and operations of an account stand; undefined when there is no such account. */
export async function scopeOfAccount(
  client: KubeClient,
  ref: ObjectRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  const account = await findObject(client, VENDOR_ACCOUNTS, ref, signal);
  const scope = account && scopeOf(account.spec);
  return scope === undefined ? undefined : scopeHash(scope);
}
