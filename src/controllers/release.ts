import type { Account } from '../engine/account.ts';
import type { HolderReport } from '../engine/lane.ts';
import type { Finalizers } from '../kube/finalizers.ts';
import type { KubeObject } from '../kube/object.ts';
import { NAMESPACES, type ResourceType } from '../kube/resource.ts';
import type { Store } from '../kube/store.ts';
import { ok, type Result } from '../ports/failure.ts';
import type { WayToRelease } from './account-way.ts';
import type { Fleet } from './fleet.ts';
import type { NamespaceLookup } from './namespace-lookup.ts';
import type { ReleaseGate } from './release-gate.ts';
import type { Reporter } from './reporter.ts';
import type { ServedVendorAccount } from './resources.ts';

/** What deletions that ask for a vendor write go by. */
export interface ReleaseDeps {
  readonly accounts: Store<ServedVendorAccount>;
  readonly fleet: Fleet;
  readonly finalizers: Finalizers;
  readonly releaseGate: ReleaseGate;
  readonly namespaceLookup: NamespaceLookup;
  readonly reporter: Reporter;
}

/** A resource that is being deleted. */
interface Leaving<T extends KubeObject> {
  readonly type: ResourceType<T>;
  readonly object: T;
  /** Why its policy asks for nothing at the vendor; undefined when it asks for a release. */
  readonly keeps: string | undefined;
  /** What stays at the vendor where nothing is released, for example `its subscription stays as it is`. */
  readonly stays: string;
  /** Whether what it holds at the vendor can be given back, and through which account. */
  way(): WayToRelease;
  /** Lets go of what the account has recorded for it, and says how far that is. */
  letGo(account: Account): Pick<HolderReport<never>, 'releasing' | 'moving'>;
}

/**
 * What becomes of a resource that is being deleted:
 *
 * | it has our finalizer | release is allowed | still recorded as its own | then                          |
 * | -------------------- | ------------------ | ------------------------- | ----------------------------- |
 * | no                   | –                  | –                         | nothing: it goes by itself    |
 * | yes                  | no                 | –                         | kept at the vendor, and gone  |
 * | yes                  | not known yet      | –                         | it waits                      |
 * | yes                  | yes                | something                 | that is released, it waits    |
 * | yes                  | yes                | nothing                   | gone                          |
 */
export type Leave =
  | { readonly is: 'gone' }
  | { readonly is: 'waiting' }
  | { readonly is: 'releasing'; readonly account: Account };

/**
 * A resource whose policy asks for a write when it is deleted must not go before that write; any other goes when it is
 * told to.
 */
export function markForRelease<T extends KubeObject>(
  { finalizers }: Pick<ReleaseDeps, 'finalizers'>,
  type: ResourceType<T>,
  object: T,
  releases: boolean,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  return releases ? finalizers.add(type, object, signal) : finalizers.remove(type, object, signal);
}

/** Takes one step towards the end of a resource. */
export async function stepLeave<T extends KubeObject>(
  deps: ReleaseDeps,
  leaving: Leaving<T>,
  signal: AbortSignal,
): Promise<Result<Leave>> {
  const { type, object, keeps } = leaving;
  if (!deps.finalizers.isOn(object)) return ok({ is: 'gone' });
  if (keeps !== undefined) return keepAtVendor(deps, leaving, keeps, signal);
  const gate = await deps.releaseGate(type, object, signal);
  if (!gate.ok) return gate;
  if (!gate.value)
    return keepAtVendor(deps, leaving, 'its namespace or its definition is being deleted', signal);
  const way = leaving.way();
  switch (way.is) {
    case 'closed':
      return keepAtVendor(deps, leaving, way.why, signal);
    case 'unknown':
      return ok({ is: 'waiting' });
    case 'open':
      return release(deps, leaving, way.account, signal);
    default:
      return way satisfies never;
  }
}

async function release<T extends KubeObject>(
  { finalizers }: ReleaseDeps,
  leaving: Leaving<T>,
  account: Account,
  signal: AbortSignal,
): Promise<Result<Leave>> {
  const { releasing, moving } = leaving.letGo(account);
  if (releasing > 0 || moving) return ok({ is: 'releasing', account });
  const removed = await finalizers.remove(leaving.type, leaving.object, signal);
  return removed.ok ? ok({ is: 'gone' }) : removed;
}

async function keepAtVendor<T extends KubeObject>(
  deps: ReleaseDeps,
  { type, object, stays }: Leaving<T>,
  why: string,
  signal: AbortSignal,
): Promise<Result<Leave>> {
  const { namespace: home = 'default', name } = object.metadata;
  // Read first: without our finalizer the resource may go, and a namespace with its last one.
  const namespace = await deps.namespaceLookup(home, signal);
  const removed = await deps.finalizers.remove(type, object, signal);
  if (!removed.ok) return removed;
  // A namespace that goes away takes no new events; this one stands in `default`, about the namespace.
  deps.reporter.announce(NAMESPACES, namespace, {
    type: 'Warning',
    reason: 'KeptAtVendor',
    message: `${type.kind} ${name} was deleted and ${stays}: ${why}`,
  });
  return ok({ is: 'gone' });
}
