/** One line of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: object;
}

/** Writes events as lines. */
export type EventLines = (event: WatchEvent) => string;

/**
 * A writer that remembers its last line: all who watch a kind are told of a change one after the other, and most of
 * them the same, so that an object is written once and not once a watcher. Objects are never changed in place.
 */
export function createEventLines(): EventLines {
  let last: (WatchEvent & { readonly line: string }) | undefined;
  return ({ type, object }) => {
    if (last?.object === object && last.type === type) return last.line;
    const line = `${JSON.stringify({ type, object })}\n`;
    last = { type, object, line };
    return line;
  };
}
