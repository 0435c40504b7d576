import type { KubeClient } from '../../kube/client.ts';
import { LEASES } from '../../kube/lease/elector.ts';
import { type ObjectRef, refOfObject } from '../../kube/object.ts';
import { Sentence } from '../exit.ts';
import { everyOf } from '../pages.ts';
import { systemClock } from '../system.ts';
import { dropFinalizers, findMarked, type Marked } from './finalizers.ts';
import { type HeldLease, holdLease } from './hold-lease.ts';

/** What is to be uninstalled. */
export interface UninstallOrder {
  /** Only the resources of this namespace; absent: all. */
  readonly namespace?: string;
  readonly leaseName: string;
  /** Where the Lease is looked for; absent: in all namespaces. */
  readonly leaseNamespace?: string;
}

/** A controller that runs sees a dropped finalizer and sets it again within this, in milliseconds. ASSUMED. */
const NOTICE_MS = 3_000;

/**
 * Takes all our finalizers off and touches no vendor. Every Lease by which a controller could lead is held
 * meanwhile; what is set again nevertheless, by a controller without leader election, is noticed.
 */
export async function uninstall(
  client: KubeClient,
  order: UninstallOrder,
  signal: AbortSignal,
): Promise<readonly Marked[]> {
  const held: HeldLease[] = [];
  try {
    for (const lease of await leasesOf(client, order, signal))
      held.push(await holdLease(client, lease, signal));
    const check = (): void => held.forEach((lease) => lease.check());
    const dropped = await dropFinalizers(client, order.namespace, check, signal);
    if (dropped.length > 0) await expectNoneBack(client, order.namespace, signal);
    return dropped;
  } finally {
    await Promise.all(held.map((lease) => lease.giveBack()));
  }
}

/** Whoever sets finalizers again is quick; nobody needs a lease for it who runs without election. */
async function expectNoneBack(
  client: KubeClient,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  await systemClock.sleep(NOTICE_MS, signal);
  const [back] = await findMarked(client, namespace, signal);
  if (back === undefined) return;
  throw new Sentence(
    `${back.kind} ${back.namespace}/${back.name} got its finalizer again, so a controller without --leader-elect is running; stop it, then run this again`,
  );
}

async function leasesOf(
  client: KubeClient,
  { leaseName, leaseNamespace }: UninstallOrder,
  signal: AbortSignal,
): Promise<readonly ObjectRef[]> {
  const selection = {
    fieldSelector: `metadata.name=${leaseName}`,
    ...(leaseNamespace === undefined ? {} : { namespace: leaseNamespace }),
  };
  const leases = await everyOf(client, LEASES, selection, signal);
  return leases.map(refOfObject);
}
