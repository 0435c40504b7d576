import { failed, ok, type Result } from '../../ports/failure.ts';
import type { SetPage } from '../../ports/set-reader.ts';
import { invalidReply } from './failure.ts';

interface WirePage {
  readonly nextPageToken?: string;
  readonly totalSize?: number;
}

/**
 * One page of a list. A token that Google refuses in the middle is `transient`: the list is read again from its
 * start (library: INVALID_PAGE_TOKEN).
 */
export function toPage<Reply extends WirePage, Row>(
  reply: Result<Reply>,
  cursor: string | undefined,
  rowsOf: (reply: Reply) => readonly Row[],
): Result<SetPage<Row>> {
  if (!reply.ok) {
    const isStale = cursor !== undefined && reply.failure.code === 'INVALID_ARGUMENT';
    return isStale ? failed({ ...reply.failure, kind: 'transient', code: 'INVALID_PAGE_TOKEN' }) : reply;
  }
  const rows = rowsOf(reply.value);
  const { nextPageToken: next, totalSize } = reply.value;
  // A token that leads to itself would be followed for ever.
  if (next !== undefined && next !== '' && next === cursor) return failed(invalidReply('read'));
  // A total of nothing is left out like every unset field; without it an empty page among full ones would pass.
  const total = totalSize ?? (rows.length === 0 ? 0 : undefined);
  return ok({
    rows,
    ...(next === undefined || next === '' ? {} : { next }),
    ...(total === undefined ? {} : { total }),
  });
}
