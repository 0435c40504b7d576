import type { CsvEntry } from '../../../src/controllers/lists/csv.ts';
import type { ListFormat } from '../../../src/controllers/lists/format.ts';
import type { Lookup, Reader } from '../../../src/controllers/lookup.ts';
import type { KindTypes } from '../../../src/domain/item.ts';
import type { ConfigMap } from '../../../src/kube/resource.ts';

/** Of a resource with lists. */
export const METADATA = { namespace: 'fleet', name: 'one', uid: 'u', resourceVersion: '1', generation: 1 };

export type Content = Pick<ConfigMap, 'data' | 'binaryData'>;

/** ConfigMaps of these names; all others do not exist. */
export function configMaps(contents: Readonly<Record<string, Content | 'unknown'>>): Reader<ConfigMap> {
  return (_namespace, name): Lookup<ConfigMap> => {
    const content = contents[name];
    if (content === undefined) return { state: 'absent' };
    if (content === 'unknown') return { state: 'unknown' };
    const metadata = { name, namespace: 'fleet', uid: `uid-${name}`, resourceVersion: '7' };
    return { state: 'present', object: { metadata, ...content } };
  };
}

/** Where a resource says that its lists are. */
export function sourced(key: string, ...names: readonly string[]) {
  return names.map((name) => ({ configMapKeyRef: { name, key } }));
}

/** The entries as CSV with every column the format has. */
export function csvOf<Column extends string>(
  { columns: { names } }: Pick<ListFormat<KindTypes, Column>, 'columns'>,
  entries: readonly CsvEntry<Column>[],
): string {
  return [names, ...entries.map((entry) => names.map((name) => entry[name] ?? ''))]
    .map((row) => `${row.join(',')}\n`)
    .join('');
}
