import { failed, ok, type Result } from '../../ports/failure.ts';
import type { SetPage } from '../../ports/set-reader.ts';

/** Where the reading of a list is: the number of its next page, and how many rows the pages before had. */
export interface Place {
  readonly pageNum: number;
  readonly rowsBefore: number;
}

/** Pages are numbered, and a reply does not say how large its own is; so the cursor counts the rows. */
export function placeOf(cursor: string | undefined): Place {
  const [pageNum = 0, rowsBefore = 0] = (cursor ?? '0:0').split(':').map(Number);
  return { pageNum, rowsBefore };
}

/**
 * One page of a list. A page that has gone while the list was read is `transient`: the list is read again from its
 * start. A page without rows before the total is reached is the last one, and the total tells that rows are missing.
 */
export function toPage<Reply extends { readonly totalCount: number }, Row>(
  reply: Result<Reply>,
  { pageNum, rowsBefore }: Place,
  rowsOf: (reply: Reply) => readonly Row[],
): Result<SetPage<Row>> {
  if (!reply.ok) {
    const isStale = reply.failure.code === 'INVALID_PAGE_TOKEN';
    return isStale ? failed({ ...reply.failure, kind: 'transient' }) : reply;
  }
  const rows = rowsOf(reply.value);
  const total = reply.value.totalCount;
  const rowsSoFar = rowsBefore + rows.length;
  const isLast = rowsSoFar >= total || rows.length === 0;
  return ok({ rows, total, ...(isLast ? {} : { next: `${pageNum + 1}:${rowsSoFar}` }) });
}
