import type { ServedCustomer, ServedDeviceClaim, ServedVendorAccount } from '../../controllers/resources.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { ManifestObject } from './documents.ts';
import { about, type Finding, nameOf } from './finding.ts';

/** The shape of the kinds that are looked into. */
interface Shapes {
  readonly ConfigMap: ConfigMap;
  readonly Customer: ServedCustomer;
  readonly DeviceClaim: ServedDeviceClaim;
  readonly VendorAccount: ServedVendorAccount;
}

/** A manifest whose object has been found to be of its kind. */
export type Of<Kind extends keyof Shapes> = ManifestObject & { readonly object: Shapes[Kind] };

/** All objects of a validation, by kind, namespace and name. Manifests without a namespace share one. */
export interface Folder {
  find<Kind extends keyof Shapes>(kind: Kind, beside: KubeObject, name: string): Of<Kind> | undefined;
  all<Kind extends keyof Shapes>(kind: Kind): readonly Of<Kind>[];
  readonly objects: readonly ManifestObject[];
}

/** Only of objects that their definitions let pass. */
export function folderOf(objects: readonly ManifestObject[]): Folder {
  const byName = new Map(objects.map((manifest) => [nameOf(manifest.object), manifest]));
  return {
    objects,
    find: <Kind extends keyof Shapes>(kind: Kind, { metadata }: KubeObject, name: string) => {
      const { namespace } = metadata;
      const wanted = {
        kind,
        metadata: { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) },
      };
      return byName.get(nameOf(wanted)) as Of<Kind> | undefined;
    },
    all: <Kind extends keyof Shapes>(kind: Kind) =>
      objects.filter(({ object }) => object.kind === kind) as unknown as readonly Of<Kind>[],
  };
}

/** Objects that stand there twice: the later one would replace the earlier one. */
export function checkNames(objects: readonly ManifestObject[]): readonly Finding[] {
  const first = new Map<string, ManifestObject>();
  return objects.flatMap((manifest) => {
    const { apiVersion = '', kind, metadata } = manifest.object;
    const name = `${apiVersion.split('/')[0]} ${nameOf({ kind: kind ?? '', metadata })}`;
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, manifest);
      return [];
    }
    const { file, line } = before.placeOf('metadata.name');
    return [
      about(manifest, 'metadata.name', `stands at ${file}:${line} already; one of the two would be lost`),
    ];
  });
}
