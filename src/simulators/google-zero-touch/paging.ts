import { faultOf } from '../fault-box.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Call } from './call.ts';
import { omitUnset } from './proto-json.ts';
import { nextIds } from './sorted-ids.ts';
import { invalidArgument } from './vendor-error.ts';

/** What a listing is asked for. */
export interface Listing {
  /** The field of the reply that holds the items. */
  readonly field: string;
  /** Names the listing: a page token is good for this one only. */
  readonly scope: string;
  /** The ids, ascending in each list. */
  readonly lists: readonly (readonly number[])[];
  /** Most items of the page; Infinity for all. */
  readonly limit: number;
  readonly pageToken: string | undefined;
  readonly show: (id: number) => JsonObject;
}

/**
 * One page of a listing. Pages continue behind the last id seen, so that a change elsewhere neither hides nor
 * repeats an item. ASSUMED (9.20); the faults of short reads and overlapping pages show the other worlds.
 */
export function pageReply(call: Call, listing: Listing): JsonObject {
  const after = listing.pageToken === undefined ? -1 : positionOf(call, listing.pageToken, listing.scope);
  const overlap =
    listing.pageToken === undefined ? 0 : (faultOf(call.faults, 'overlappingPages')?.items ?? 0);
  const oneMore = nextIds(listing.lists, after, listing.limit + 1, overlap);
  const ids = oneMore.slice(0, listing.limit);
  const last = ids.at(-1);
  const lost = Math.min(faultOf(call.faults, 'shortRead')?.items ?? 0, ids.length);
  const total = listing.lists.reduce((sum, list) => sum + list.length, 0);
  const admitted = faultOf(call.faults, 'shortRead')?.total === 'shrinks' ? lost : 0;
  return omitUnset({
    [listing.field]: ids.slice(0, ids.length - lost).map(listing.show),
    nextPageToken:
      oneMore.length > ids.length && last !== undefined ? tokenOf(last, listing.scope) : undefined,
    totalSize: total - admitted,
  });
}

function tokenOf(after: number, scope: string): string {
  return Buffer.from(JSON.stringify({ after, scope })).toString('base64url');
}

function positionOf(call: Call, token: string, scope: string): number {
  const content = parseJson(Buffer.from(token, 'base64url').toString('utf8'));
  const invalidated = faultOf(call.faults, 'pageTokenInvalidated') !== undefined;
  if (invalidated || !isObject(content) || content['scope'] !== scope) {
    throw invalidArgument('Invalid page token.');
  }
  return Number(content['after']);
}
