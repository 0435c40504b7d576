import { DEFINITIONS, type Kind } from './definitions.generated.ts';

/** The API group of all our kinds. */
export const GROUP = 'vendorplane.dev';

/** The one version of the group. */
export const VERSION = 'v1alpha1';

/** As it stands in a manifest's `apiVersion`. */
export const API_VERSION = `${GROUP}/${VERSION}`;

/** Set to a new value to ask for a look at the vendor now; echoed in `status.lastHandledReconcileAt`. */
export const RECONCILE_REQUESTED_ANNOTATION = `${GROUP}/reconcile-requested-at`;

/** One kind and where the API server keeps it. */
export interface ResourceDescriptor {
  readonly group: typeof GROUP;
  readonly version: typeof VERSION;
  readonly kind: Kind;
  /** The name in paths, for example `vendoraccounts`. */
  readonly plural: string;
  /** What people type instead of the plural, for example `va`. */
  readonly shortNames: readonly string[];
  readonly namespaced: true;
}

/** Every kind, in alphabetical order. */
export const KINDS = Object.keys(DEFINITIONS) as readonly Kind[];

/** Every kind and where the API server keeps it. */
export const RESOURCES = Object.fromEntries(KINDS.map((kind) => [kind, describe(kind)])) as Readonly<
  Record<Kind, ResourceDescriptor>
>;

function describe(kind: Kind): ResourceDescriptor {
  const { plural, shortNames } = DEFINITIONS[kind].spec.names;
  return { group: GROUP, version: VERSION, kind, plural, shortNames, namespaced: true };
}
