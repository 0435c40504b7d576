/** Ascending positions as ranges: `[0, 1, 2, 7]` reads `0-2,7`. */
export function formatRanges(positions: readonly number[]): string {
  const ranges: string[] = [];
  for (let start = 0; start < positions.length; ) {
    let end = start;
    while (end + 1 < positions.length && positions[end + 1] === (positions[end] as number) + 1) end += 1;
    const [first, last] = [positions[start], positions[end]];
    ranges.push(first === last ? `${first}` : `${first}-${last}`);
    start = end + 1;
  }
  return ranges.join(',');
}

/** The positions again, of a text that `formatRanges` made. */
export function parseRanges(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
