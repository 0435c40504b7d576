import { type ServedVendorOperation, VENDOR_OPERATIONS } from '../../controllers/resources.ts';
import type { Resolution } from '../../domain/resolution.ts';
import type { KubeClient } from '../../kube/client.ts';
import { kubeTime } from '../../kube/conditions.ts';
import { EVENTS, eventOf } from '../../kube/event-message.ts';
import type { ObjectRef } from '../../kube/object.ts';
import { Sentence } from '../exit.ts';
import { findObject } from '../inspect/cluster-objects.ts';
import { systemClock } from '../system.ts';
import { additionsOf, type Finding } from './finding.ts';

/** Owner of the resolutions, so that the controller's own status leaves them alone. Never to change. */
const RESOLVER = 'vendorplane-resolve';
/** Most resolutions of one operation (crds/, VendorOperation). */
const MOST = 1_000;
/** So often it is tried again when the controller writes to the same operation at that moment. ASSUMED. */
const ATTEMPTS = 10;

/** What was added, to which operation. */
export interface Resolved {
  readonly operation: ServedVendorOperation;
  readonly added: readonly Resolution[];
}

/** Adds what was found out to the operation, as it stands, and to nothing it does not fit. */
export async function addResolutions(
  client: KubeClient,
  ref: ObjectRef,
  finding: Finding,
  by: string,
  signal: AbortSignal,
): Promise<Resolved> {
  for (let attempt = 1; ; attempt += 1) {
    const standing = await findObject(client, VENDOR_OPERATIONS, ref, signal);
    if (standing === undefined) {
      throw new Sentence(`there is no VendorOperation ${ref.name} in the namespace ${ref.namespace}`);
    }
    const added = additionsOf(standing, finding);
    if (added.length === 0) return { operation: standing, added };
    const at = kubeTime(systemClock.now());
    const resolutions = [
      ...(standing.status?.resolutions ?? []),
      ...added.map((resolution) => ({ ...resolution, by, at })),
    ];
    if (resolutions.length > MOST) {
      throw new Sentence(
        `an operation holds ${MOST} findings at most; leave out --item to speak of the rest`,
      );
    }
    // At the version that was read: what somebody else says meanwhile is not written over.
    const { resourceVersion } = standing.metadata;
    const options = { fieldManager: RESOLVER, force: true };
    const target = { ...ref, resourceVersion };
    const written = await client.applyStatus(VENDOR_OPERATIONS, target, { resolutions }, options, signal);
    if (written.ok) return { operation: written.value, added };
    if (written.failure.kind !== 'conflict' || attempt === ATTEMPTS)
      throw new Sentence(written.failure.message);
  }
}

/** Tells in the cluster who said what. */
export async function announce(
  client: KubeClient,
  { operation, added }: Resolved,
  by: string,
  signal: AbortSignal,
): Promise<void> {
  const [first] = added;
  if (first === undefined) return;
  const what = added.length === 1 ? (first.item ?? 'everything nobody knew about') : `${added.length} items`;
  const happening = {
    about: VENDOR_OPERATIONS,
    object: operation,
    type: 'Normal' as const,
    reason: 'OutcomeResolved',
    message: `${by} found out that ${operation.spec.verb} of ${what} ${first.as === 'Happened' ? 'happened' : 'did not happen'}`,
  };
  const nowMs = systemClock.now();
  const draft = eventOf(happening, 'vendorplane', { firstAtMs: nowMs, lastAtMs: nowMs, count: 1 });
  const told = await client.create(EVENTS, draft, signal);
  if (told.ok || told.failure.code === 'AlreadyExists') return;
  process.stderr.write(`vendorplane: it is written down, but no Event was made: ${told.failure.message}\n`);
}
