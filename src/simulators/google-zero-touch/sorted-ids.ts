/** Ids in ascending order, each once: what pages are cut from. */

/** The index of the first id greater than `id`. */
function indexAfter(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as number) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds the id in its place unless it is there. */
export function insertId(ids: number[], id: number): void {
  const at = indexAfter(ids, id);
  if (ids[at - 1] !== id) ids.splice(at, 0, id);
}

/** Removes the id if it is there. */
export function removeId(ids: number[], id: number): void {
  const at = indexAfter(ids, id) - 1;
  if (ids[at] === id) ids.splice(at, 1);
}

/**
 * The next ids behind `after` over several lists, in ascending order, at most `limit`.
 *
 * @param overlap begins this many ids too early in every list: the fault of overlapping pages.
 */
export function nextIds(
  lists: readonly (readonly number[])[],
  after: number,
  limit: number,
  overlap: number,
): number[] {
  const candidates = lists.flatMap((ids) => {
    const start = Math.max(0, indexAfter(ids, after) - overlap);
    return ids.slice(start, start + limit);
  });
  return candidates.sort((left, right) => left - right).slice(0, limit);
}
