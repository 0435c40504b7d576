import type { Fleet, OpenAccount } from '../../controllers/fleet.ts';
import { SCOPE_LABEL, type ServedVendorOperation } from '../../controllers/resources.ts';
import { scopeHash } from '../../controllers/vendor-account/scope.ts';
import type { Resolution } from '../../domain/resolution.ts';
import type { World } from './world.ts';

/** Tells the accounts what people find out about open operations, from now on. */
export function routeResolutions({ operations }: World, fleet: Fleet): void {
  operations.subscribe(({ type, object }) => {
    for (const open of fleet.all()) tell(open, object, type === 'deleted' ? [] : resolutionsOf(object));
  });
}

/** Tells an account that has just opened what was found out before. */
export function tellResolutions({ operations }: World, open: OpenAccount): void {
  for (const operation of operations.list()) tell(open, operation, resolutionsOf(operation));
}

function tell(
  { account, scope }: OpenAccount,
  { metadata, spec }: ServedVendorOperation,
  resolutions: readonly Resolution[],
): void {
  if (metadata.labels?.[SCOPE_LABEL] === scopeHash(scope)) account.resolve(spec.requestKey, resolutions);
}

function resolutionsOf({ status }: ServedVendorOperation): readonly Resolution[] {
  return (status?.resolutions ?? []).map(({ item, as }) => (item === undefined ? { as } : { item, as }));
}
