import { immutableField, invalidValue } from '../field-errors.ts';
import { defined, isObject, sameJson } from '../json.ts';
import { checkQualifiedName } from '../names.ts';
import type { KubeObject } from '../object.ts';
import type { Resource, Strategy } from '../resources.ts';
import { type FieldError, required } from '../schema/field-error.ts';
import type { JsonSchema } from '../schema/schema.ts';
import { ageOf } from '../wire/age.ts';
import { builtIn, NAME_COLUMN, selectableMetadata, textColumn } from './built-in.ts';
import { INT32, MICRO_TIME, TEXT, TIME } from './object-meta.ts';

/** Longest note of an event in the new style, in characters: k8s.io/kubernetes, core/validation/events.go. */
const MAX_NOTE_CHARACTERS = 1024;

type Fields = Readonly<Record<string, unknown>>;

const REFERENCE: JsonSchema = {
  type: 'object',
  'x-kubernetes-map-type': 'atomic',
  properties: {
    apiVersion: TEXT,
    kind: TEXT,
    namespace: TEXT,
    name: TEXT,
    uid: TEXT,
    resourceVersion: TEXT,
    fieldPath: TEXT,
  },
};
const SOURCE: JsonSchema = {
  type: 'object',
  'x-vendorplane-zero': {},
  properties: { component: TEXT, host: TEXT },
};
const SERIES: JsonSchema = { type: 'object', properties: { count: INT32, lastObservedTime: MICRO_TIME } };
const SHARED = {
  eventTime: MICRO_TIME,
  series: SERIES,
  action: TEXT,
  reason: TEXT,
  type: TEXT,
  related: REFERENCE,
  reportingInstance: TEXT,
} as const;

/** Field of core/v1 ↔ field of events.k8s.io/v1; the rest is called the same. */
const RENAMED: readonly (readonly [core: string, fresh: string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** core/v1 shows some fields although they are empty. */
function shownAsCore(event: KubeObject): KubeObject {
  return {
    ...event,
    source: event['source'] ?? {},
    firstTimestamp: event['firstTimestamp'] ?? null,
    lastTimestamp: event['lastTimestamp'] ?? null,
    eventTime: event['eventTime'] ?? null,
    reportingComponent: event['reportingComponent'] ?? '',
    reportingInstance: event['reportingInstance'] ?? '',
  };
}

function storedFromCore(event: KubeObject): KubeObject {
  const empty = [null, ''];
  const fields = Object.entries(event).filter(([, value]) => !(empty as unknown[]).includes(value));
  const stored = Object.fromEntries(fields) as KubeObject;
  return sameJson(stored['source'], {}) ? defined({ ...stored, source: undefined }) : stored;
}

function shownAsFresh(event: KubeObject): KubeObject {
  const renamed = new Map(RENAMED);
  const fields = Object.entries(event).map(([key, value]): [string, unknown] => [
    renamed.get(key) ?? key,
    value,
  ]);
  const shown: Fields = Object.fromEntries(fields);
  return {
    ...(shown as KubeObject),
    apiVersion: 'events.k8s.io/v1',
    eventTime: shown['eventTime'] ?? null,
    deprecatedSource: shown['deprecatedSource'] ?? {},
    deprecatedFirstTimestamp: shown['deprecatedFirstTimestamp'] ?? null,
    deprecatedLastTimestamp: shown['deprecatedLastTimestamp'] ?? null,
  };
}

function storedFromFresh(event: KubeObject): KubeObject {
  const renamed = new Map(RENAMED.map(([core, fresh]) => [fresh, core]));
  const fields = Object.entries(event).map(([key, value]): [string, unknown] => [
    renamed.get(key) ?? key,
    value,
  ]);
  return storedFromCore({ ...(Object.fromEntries(fields) as KubeObject), apiVersion: 'v1' });
}

function checkNamespace(event: KubeObject): readonly FieldError[] {
  const involved = textOf(fieldsOf(event['involvedObject'])['namespace']);
  // What lives in no namespace is spoken of in the namespace default.
  const expected = involved === '' ? 'default' : involved;
  if (event.metadata.namespace === expected) return [];
  return [invalidValue('involvedObject.namespace', involved, 'does not match event.namespace')];
}

function checkFresh(event: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  const component = textOf(event['reportingComponent']);
  const type = textOf(event['type']);
  const series = fieldsOf(event['series']);
  const count = series['count'];
  const errors: FieldError[] = [];
  if (component === '') errors.push(required('reportingComponent'));
  errors.push(
    ...checkQualifiedName(component).map((why) => invalidValue('reportingComponent', component, why)),
  );
  if (textOf(event['reportingInstance']) === '') errors.push(required('reportingInstance'));
  if (textOf(event['action']) === '') errors.push(required('action'));
  if (textOf(event['reason']) === '') errors.push(required('reason'));
  if (textOf(event['message']).length > MAX_NOTE_CHARACTERS) {
    errors.push(invalidValue('message', '', `can have at most ${MAX_NOTE_CHARACTERS} characters`));
  }
  if (type !== 'Normal' && type !== 'Warning')
    errors.push(invalidValue('type', '', `has invalid value: ${type}`));
  if (typeof count === 'number' && count < 2)
    errors.push(invalidValue('series.count', '', 'should be at least 2'));
  return [...errors, ...checkUnchanged(event, old)];
}

function checkUnchanged(event: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  if (old === undefined) return [];
  const frozen = ['involvedObject', 'reason', 'message', 'type', 'eventTime', 'action', 'reportingComponent'];
  return frozen
    .filter((field) => !sameJson(event[field], old[field]))
    .map((field) => immutableField(field, event[field] ?? ''));
}

function validateFresh(event: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  const stored = storedFromFresh(event);
  const before = old === undefined ? undefined : storedFromFresh(old);
  if (stored['eventTime'] !== undefined) return [...checkNamespace(stored), ...checkFresh(stored, before)];
  // An event of the old style may be seen through the new API, but not written anew.
  if (before !== undefined) return checkNamespace(stored);
  const type = textOf(stored['type']);
  return [
    ...checkNamespace(stored),
    required('eventTime'),
    ...(type === 'Normal' || type === 'Warning'
      ? []
      : [invalidValue('type', '', `has invalid value: ${type}`)]),
  ];
}

function validateCore(event: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  const stored = storedFromCore(event);
  const before = old === undefined ? undefined : storedFromCore(old);
  return [
    ...checkNamespace(stored),
    ...(stored['eventTime'] === undefined ? [] : checkFresh(stored, before)),
  ];
}

function selectable(event: KubeObject, path: string): string | undefined {
  const core = storedFromFresh(event);
  const involved = /^(?:involvedObject|regarding)\.(\w+)$/.exec(path)?.[1];
  if (involved !== undefined && involved in (REFERENCE.properties ?? {})) {
    return textOf(fieldsOf(core['involvedObject'])[involved]);
  }
  const source = fieldsOf(core['source'])['component'] ?? core['reportingComponent'];
  switch (path) {
    case 'reason':
    case 'type':
    case 'reportingComponent':
      return textOf(core[path]);
    case 'source':
      return textOf(source);
    default:
      return selectableMetadata(event, path);
  }
}

const STRATEGY: Partial<Strategy> = {
  selectableField: selectable,
  unknownField: (path) => `field label not supported: ${path}`,
};

/** The cells of an event, read in the core form whichever API it came through. */
function cell(
  value: (event: KubeObject, nowMs: number) => unknown,
): (event: KubeObject, nowMs: number) => unknown {
  return (event, nowMs) => value(storedFromFresh(event), nowMs);
}

function lastSeen(event: KubeObject): string {
  return (
    textOf(fieldsOf(event['series'])['lastObservedTime']) ||
    textOf(event['lastTimestamp']) ||
    firstSeen(event)
  );
}

function firstSeen(event: KubeObject): string {
  return textOf(event['firstTimestamp']) || textOf(event['eventTime']);
}

function objectOf(event: KubeObject): string {
  const { kind, name } = fieldsOf(event['involvedObject']);
  return `${textOf(kind).toLowerCase()}/${textOf(name)}`;
}

function sourceOf(event: KubeObject): string {
  const { component, host } = fieldsOf(event['source']);
  const parts = [
    textOf(component) || textOf(event['reportingComponent']),
    textOf(host) || textOf(event['reportingInstance']),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const COLUMNS = [
  textColumn(
    'Last Seen',
    'When it last happened.',
    cell((event, nowMs) => ageOf(lastSeen(event), nowMs)),
  ),
  textColumn(
    'Type',
    'Normal or Warning.',
    cell((event) => textOf(event['type'])),
  ),
  textColumn(
    'Reason',
    'Why, in one word.',
    cell((event) => textOf(event['reason'])),
  ),
  textColumn('Object', 'What it is about.', cell(objectOf)),
  textColumn(
    'Subobject',
    'Which part of it.',
    cell((event) => textOf(fieldsOf(event['involvedObject'])['fieldPath'])),
    1,
  ),
  textColumn('Source', 'Who reported it.', cell(sourceOf), 1),
  textColumn(
    'Message',
    'What happened.',
    cell((event) => textOf(event['message']).trim()),
  ),
  textColumn(
    'First Seen',
    'When it first happened.',
    cell((event, nowMs) => ageOf(firstSeen(event), nowMs)),
    1,
  ),
  textColumn(
    'Count',
    'How often it happened.',
    cell((event) => event['count'] ?? 1),
    1,
  ),
  { ...NAME_COLUMN, priority: 1 },
];

/** The name of the collection of events in the store. */
export const EVENTS = 'events';

/** core/v1 Event. Events of both APIs are one collection, stored in this form. */
export const CORE_EVENT: Resource = builtIn({
  group: '',
  version: 'v1',
  plural: EVENTS,
  kind: 'Event',
  description: 'Event tells what happened to an object.',
  body: {
    properties: {
      ...SHARED,
      involvedObject: REFERENCE,
      message: TEXT,
      source: SOURCE,
      firstTimestamp: TIME,
      lastTimestamp: TIME,
      count: INT32,
      reportingComponent: TEXT,
    },
  },
  columns: COLUMNS,
  resource: { shortNames: ['ev'], nameRule: 'segment' },
  strategy: { ...STRATEGY, validate: validateCore, toStorage: storedFromCore, fromStorage: shownAsCore },
});

/** events.k8s.io/v1 Event. */
export const EVENT: Resource = builtIn({
  group: 'events.k8s.io',
  version: 'v1',
  plural: EVENTS,
  kind: 'Event',
  description: 'Event tells what happened to an object.',
  body: {
    properties: {
      ...SHARED,
      regarding: REFERENCE,
      note: TEXT,
      deprecatedSource: SOURCE,
      deprecatedFirstTimestamp: TIME,
      deprecatedLastTimestamp: TIME,
      deprecatedCount: INT32,
      reportingController: TEXT,
    },
  },
  columns: COLUMNS,
  resource: { shortNames: ['ev'], nameRule: 'segment', messageGroup: '' },
  strategy: { ...STRATEGY, validate: validateFresh, toStorage: storedFromFresh, fromStorage: shownAsFresh },
});
