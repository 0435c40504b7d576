import { isObject, parseJson } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { ListOptions } from '../options.ts';
import { type Selection, selectionOf } from '../selectors/selection.ts';
import { badRequest, expired, unclassified } from '../status.ts';
import type { Snapshot } from '../store/store.ts';
import type { ObjectList } from '../wire/render.ts';
import type { Target } from './target.ts';

/** Lists a collection, or a page of it. Throws 400, or 410 for a version that is no longer known. */
export function listObjects(target: Target, options: ListOptions): ObjectList {
  const selection = selectionOf(target.resource, target.namespace, options);
  const start = startOf(target, options);
  const { snapshot } = start;
  const { items, last, remaining } = pageOf(target, snapshot, selection, start.after, options.limit);
  return {
    resourceVersion: String(snapshot.revision),
    continueToken: last === undefined ? '' : continueToken(snapshot.revision, keyIn(target, last)),
    remaining: last === undefined || selection.filtered ? undefined : remaining,
    items,
  };
}

/** Reads a resourceVersion of a query; undefined when there is none. Throws 500, as kube-apiserver does. */
export function parseVersion(text: string): number | undefined {
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw unclassified(
    `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
  );
}

interface Start {
  readonly snapshot: Snapshot;
  /** Go on behind this key, relative to the namespace; undefined from the beginning. */
  readonly after: string | undefined;
}

/** The revision of a token that gave up on one consistent state. */
const INCONSISTENT = -1;

function startOf(target: Target, options: ListOptions): Start {
  const { store } = target.cluster;
  const { collection } = target.resource;
  const now = () => store.snapshot(collection) as Snapshot;
  if (options.continueToken !== '') {
    if (options.resourceVersion !== '' && options.resourceVersion !== '0') {
      throw badRequest('specifying resource version is not allowed when using continue');
    }
    const token = parseToken(options.continueToken);
    if (token.revision === INCONSISTENT) return { snapshot: now(), after: token.start };
    const snapshot = store.snapshot(collection, token.revision);
    if (snapshot === undefined) throw expired(TOO_OLD_TOKEN, continueToken(INCONSISTENT, token.start));
    return { snapshot, after: token.start };
  }
  const version = parseVersion(options.resourceVersion);
  // A page of a version without a match is a page of exactly that version, for older clients.
  const { resourceVersionMatch: match, limit } = options;
  const isExact = match === 'Exact' || (match === '' && limit > 0 && version !== 0);
  if (isExact && version !== undefined) {
    const snapshot = store.snapshot(collection, version);
    if (snapshot === undefined) throw expired('The resourceVersion for the provided list is too old.');
    return { snapshot, after: undefined };
  }
  return { snapshot: now(), after: undefined };
}

const TOO_OLD_TOKEN =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
  'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted ' +
  'between the time the first chunk was returned and now may show up in the list.';

interface Page {
  readonly items: readonly KubeObject[];
  /** The last object of a page that is not the last; undefined otherwise. */
  readonly last: KubeObject | undefined;
  readonly remaining: number;
}

function pageOf(
  target: Target,
  snapshot: Snapshot,
  selection: Selection,
  after: string | undefined,
  limit: number,
): Page {
  const items: KubeObject[] = [];
  let remaining = 0;
  for (const stored of snapshot.objects) {
    if (target.namespace !== '' && stored.metadata.namespace !== target.namespace) continue;
    if (after !== undefined && keyIn(target, stored) <= after) continue;
    const object = target.resource.strategy.fromStorage(stored);
    if (!selection.matches(object)) continue;
    if (limit > 0 && items.length >= limit) remaining += 1;
    else items.push(object);
  }
  return { items, last: remaining > 0 ? items.at(-1) : undefined, remaining };
}

/** The key of an object below the listed prefix: with its namespace when all are listed. */
function keyIn(target: Target, object: KubeObject): string {
  const { namespace = '', name = '' } = object.metadata;
  return target.namespace === '' && target.resource.namespaced ? `${namespace}/${name}` : name;
}

function continueToken(revision: number, key: string): string {
  const token = { v: 'meta.k8s.io/v1', rv: revision, start: `/${key}\u0000` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function parseToken(text: string): { readonly revision: number; readonly start: string } {
  const parsed = parseJson(Buffer.from(text, 'base64url').toString('latin1'));
  if (!parsed.ok) throw badRequest(`invalid continue token: continue key is not valid: ${parsed.message}`);
  const { rv, start } = isObject(parsed.value) ? parsed.value : {};
  if (typeof rv !== 'number' || typeof start !== 'string') {
    throw badRequest(
      'invalid continue token: continue key is not valid: incorrect encoded start resourceVersion',
    );
  }
  return { revision: rv, start: start.slice(1, -1) };
}
