import { faultOf } from '../fault-box.ts';
import type { Fault } from '../faults.ts';
import { DEFAULT_PAGE_ITEMS } from './limits.ts';
import { invalidParam, VendorError } from './vendor-error.ts';

/** One page, numbered from 0. */
export interface Page<T> {
  readonly pageNum: number;
  readonly pageSize: number;
  readonly totalCount: number;
  readonly totalPages: number;
  readonly items: readonly T[];
}

/**
 * Cuts the page that `pageNum` and `pageSize` ask for. Pages are cut anew for each request: what changes in between
 * moves items across their borders, so that one may be seen twice or never.
 *
 * Throws PAGE_OUT_OF_BOUNDS past the end; the first page may be empty (3.8).
 *
 * @param maxItems larger pages are cut down to it.
 */
export function cutPage<T>(
  all: readonly T[],
  query: URLSearchParams,
  maxItems: number,
  faults: readonly Fault[],
): Page<T> {
  const pageNum = integerIn(query, 'pageNum', 0, 0);
  const pageSize = Math.min(integerIn(query, 'pageSize', DEFAULT_PAGE_ITEMS, 1), maxItems);
  const invalidated = faultOf(faults, 'pageTokenInvalidated') !== undefined;
  if (invalidated || (pageNum > 0 && pageNum * pageSize >= all.length)) {
    throw new VendorError(400, 'PAGE_OUT_OF_BOUNDS');
  }
  const overlap = faultOf(faults, 'overlappingPages')?.items ?? 0;
  const start = Math.max(0, pageNum * pageSize - overlap);
  const items = all.slice(start, start + pageSize);
  const short = faultOf(faults, 'shortRead');
  const lost = Math.min(short?.items ?? 0, items.length);
  const totalCount = all.length - (short?.total === 'shrinks' ? lost : 0);
  return {
    pageNum,
    pageSize,
    totalCount,
    totalPages: Math.ceil(totalCount / pageSize),
    items: items.slice(0, items.length - lost),
  };
}

/** Whether the request asks for a page behind the first. */
export function continuesListing(query: URLSearchParams): boolean {
  return Number(query.get('pageNum') ?? 0) > 0;
}

function integerIn(query: URLSearchParams, name: string, fallback: number, least: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) throw invalidParam();
  return value;
}
