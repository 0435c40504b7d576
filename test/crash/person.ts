import { addResolutions } from '../../src/cli/resolve/write.ts';
import { VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { unpackItems } from '../../src/controllers/vendor-operation/items.ts';
import type { ResourceType } from '../../src/kube/resource.ts';
import { NAMESPACE } from './fleet.ts';
import type { World } from './world.ts';

/**
 * What a person does who is told that nobody knows what became of a creation: looks at the vendor, and says so with
 * `vendorplane resolve`. Only what the controller asks for is answered.
 */
export async function resolveUnknown(world: World): Promise<void> {
  const { vendor } = world.fleet;
  const asked = await Promise.all(vendor.kinds.map((type) => isAsked(world, type)));
  if (!asked.includes(true)) return;
  const operations = await world.objects(VENDOR_OPERATIONS);
  const unknown = operations.filter(({ status }) => status?.state === 'Unknown');
  for (const { metadata, spec } of unknown) {
    const happened = vendor.happened?.(unpackItems(spec) ?? [], await world.ledger()) === true;
    const finding = { items: [], as: happened ? ('Happened' as const) : ('NotHappened' as const) };
    const ref = { namespace: NAMESPACE, name: metadata.name };
    await addResolutions(world.client, ref, finding, 'a person', new AbortController().signal);
  }
}

/** Whether a resource of this kind says that an outcome is unknown and a person is needed. */
async function isAsked(world: World, type: ResourceType): Promise<boolean> {
  const objects = (await world.objects(type)) as readonly { readonly status?: Conditions }[];
  return objects.some(
    ({ status }) => status?.conditions?.some(({ reason }) => reason === 'OutcomeUnknown') === true,
  );
}

interface Conditions {
  readonly conditions?: readonly { readonly reason: string }[];
}
