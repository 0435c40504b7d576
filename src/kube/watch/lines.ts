import { BodyTooLarge } from '../body.ts';

/** Cuts a byte stream into lines. */
export interface LineSplitter {
  /** The lines that this chunk completes. Throws BodyTooLarge when one line outgrows the limit. */
  push(chunk: Buffer): readonly string[];
  /** True while a line has begun and not ended: a stream that stops here was cut. */
  readonly hasPartial: boolean;
}

const NEWLINE = 0x0a;

/** `maxLineBytes` bounds what one line may hold. Empty lines are left out. */
export function createLineSplitter(maxLineBytes: number): LineSplitter {
  // Bytes, not text, are kept between chunks: a chunk may end in the middle of a character.
  let parts: Buffer[] = [];
  let bytes = 0;

  function take(end: Buffer): string {
    const line = Buffer.concat([...parts, end]).toString('utf8');
    parts = [];
    bytes = 0;
    return line;
  }

  return {
    push(chunk) {
      const lines: string[] = [];
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        const line = take(chunk.subarray(start, end));
        if (line.trim() !== '') lines.push(line);
        start = end + 1;
      }
      if (start < chunk.length) {
        parts.push(chunk.subarray(start));
        bytes += chunk.length - start;
        if (bytes > maxLineBytes) throw new BodyTooLarge();
      }
      return lines;
    },
    get hasPartial() {
      return bytes > 0;
    },
  };
}
