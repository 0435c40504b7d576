import { type Lists, readLists } from '../../controllers/lists/declared.ts';
import type { ServedVerizonDeviceDeletion } from '../../controllers/resources.ts';
import { LINE_LIST } from '../../controllers/verizon-device-deletion/lines.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { RecordedLine } from '../../domain/line/facts.ts';
import { lineKind } from '../../domain/line/kind.ts';
import type { KubeClient } from '../../kube/client.ts';
import { readConfigMaps } from '../inspect/config-maps.ts';
import { operationsOf } from '../inspect/operations.ts';
import { recordsOf } from '../inspect/records.ts';
import { scopeOfAccount } from '../inspect/scope.ts';
import { type LineFacts, type LineState, lineStanding } from './line-state.ts';
import type { ItemStanding } from './standing.ts';
import { toldOf } from './told.ts';

/** How every line of a deletion stands, by what the cluster holds; no vendor is asked. */
export async function linesOfDeletion(
  client: KubeClient,
  object: ServedVerizonDeviceDeletion,
  signal: AbortSignal,
): Promise<readonly ItemStanding<LineState>[]> {
  const { namespace = 'default' } = object.metadata;
  const configMaps = await readConfigMaps(client, [object], signal);
  const declared = await readLists(LINE_LIST, object, configMaps);
  const scope = await scopeOfAccount(client, { namespace, name: object.spec.accountRef.name }, signal);
  const place = { namespace, ...(scope === undefined ? {} : { scopeHash: scope }) };
  const keys = new Set(declared.items.map(({ key }) => key));
  const namesOf = (key: ItemKey, { names = {} }: RecordedLine): readonly ItemKey[] => [
    key,
    ...Object.entries(names).map(([kind, identifier]) => `${kind}:${identifier}`),
  ];
  const entries = await recordsOf(
    client,
    place,
    (kind, key, value) =>
      kind === lineKind.name && namesOf(key, value as RecordedLine).some((name) => keys.has(name)),
    signal,
  );
  const operations = await operationsOf(client, place, (key) => keys.has(key), signal);
  const records = new Map(
    entries.flatMap(({ key, value }) =>
      namesOf(key, value as RecordedLine).map((name) => [name, value as RecordedLine] as const),
    ),
  );
  const last = new Map(operations.map((operation) => [operation.key, operation]));
  const told = toldByLine(object, declared);
  return [
    ...declared.rejected.map((entry) => ({ state: 'failed' as const, ...entry })),
    ...declared.items.map(({ key }) => ({
      device: key,
      ...lineStanding(known({ recorded: records.get(key), last: last.get(key), told: told.get(key) })),
    })),
  ];
}

/** What the status tells of single lines: wrong entries, then refusals, then what is only held up (see its controller). */
function toldByLine(
  object: ServedVerizonDeviceDeletion,
  { rejected }: Lists,
): ReadonlyMap<string, NonNullable<LineFacts['told']>> {
  const failed = object.status?.devices?.failed ?? 0;
  const told = toldOf(object, rejected);
  return new Map(
    told.map(({ device, code, message, place }) => [device, { code, message, isFailure: place < failed }]),
  );
}

function known(facts: { readonly [Name in keyof LineFacts]: LineFacts[Name] | undefined }): LineFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
