import type { ListedSources } from '../../controllers/lists/listed-sources.ts';
import { readSource } from '../../controllers/lists/source.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/object.ts';
import { readConfigMaps } from '../inspect/config-maps.ts';
import { everyOf } from '../pages.ts';
import type { Sought } from './identifier.ts';
import {
  type Addressee,
  DECLARING_KINDS,
  type DeclaringKind,
  type ParsedEntry,
  type WrittenEntry,
} from './kinds.ts';

/** A resource that declares what is looked for. */
export interface Declaration extends Addressee {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The entry as it is written. */
  readonly entry: WrittenEntry;
  /** Where it is written: `spec.devices[3]`, or `order/devices.csv:7` for a ConfigMap, its key and the line. */
  readonly where: string;
  /** What is wrong with the entry; absent when nothing is. */
  readonly wrong?: string;
  /** Every key the item may be filed under. */
  readonly keys: readonly ItemKey[];
  /** How it stands, where the kind says; `vendorplane devices` prints the same. */
  readonly state?: string;
  /** What the resource's status tells of it; only the first 50 stand there. */
  readonly told?: { readonly code: string; readonly message: string };
}

/** Every entry of every resource that means what is looked for. */
export async function declarationsOf(
  client: KubeClient,
  namespace: string | undefined,
  sought: Sought,
  signal: AbortSignal,
): Promise<readonly Declaration[]> {
  const selection = namespace === undefined ? {} : { namespace };
  const found: Declaration[] = [];
  for (const kind of DECLARING_KINDS) {
    for (const object of await everyOf(client, kind.type, selection, signal)) {
      const entries = await entriesOf(client, kind, object, signal);
      const meant = entries
        .map((written) => ({ ...written, parsed: kind.parse(written.entry) }))
        .filter(({ entry, parsed }) => means(entry, parsed, sought));
      if (meant.length === 0) continue;
      const addressee = await kind.addressee(client, object, signal);
      const states = await kind.states?.(client, object, signal);
      for (const each of meant) {
        const state = states?.get(each.parsed.name);
        const declaration = { ...declarationOf(kind, object, each), ...addressee };
        found.push(state === undefined ? declaration : { ...declaration, state });
      }
    }
  }
  return found;
}

interface Written {
  readonly entry: WrittenEntry;
  readonly where: string;
}

async function entriesOf(
  client: KubeClient,
  kind: DeclaringKind,
  object: KubeObject,
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const { metadata } = object;
  const spec = (object.spec ?? {}) as ListedSources;
  const written: Written[] = [...kind.inline(object)];
  const { columns } = kind;
  if (columns === undefined) return written;
  const configMaps = await readConfigMaps(client, [{ metadata, spec }], signal);
  for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
    const { name, key } = configMapKeyRef;
    const found = configMaps(metadata.namespace ?? 'default', name);
    if (found.state !== 'present') continue;
    const { entries } = await readSource(found.object, key, columns);
    for (const { declared, line } of entries) {
      written.push({ entry: declared, where: `${name}/${key}:${line}` });
    }
  }
  return written;
}

/** What is wrong is found as it is written. */
function means(entry: WrittenEntry, parsed: ParsedEntry, sought: Sought): boolean {
  if (parsed.ok) return parsed.keys.some((key) => sought.matches(key));
  return Object.values(entry).some((text) => text !== undefined && sought.isWritten(text));
}

function declarationOf(
  { kind }: DeclaringKind,
  { metadata, status }: KubeObject,
  { entry, where, parsed }: Written & { readonly parsed: ParsedEntry },
): Declaration {
  const { failures = [] } = (status ?? {}) as WithFailures;
  const told = failures.find(({ device }) => device === parsed.name);
  return {
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    entry,
    where,
    keys: parsed.ok ? parsed.keys : [],
    ...(parsed.ok ? {} : { wrong: `${parsed.failure.code}: ${parsed.failure.message}` }),
    ...(told === undefined ? {} : { told: { code: told.code, message: told.message ?? '' } }),
  };
}

interface WithFailures {
  readonly failures?: readonly {
    readonly device: string;
    readonly code: string;
    readonly message?: string;
  }[];
}
