import type { Result } from './failure.ts';

/** Reads one item at the vendor: one request, and another where the first one's answer has to be made sure of. An empty list means the vendor knows no such item of ours. */
export interface ItemReader<Subject, Row> {
  read(subject: Subject, signal: AbortSignal): Promise<Result<readonly Row[]>>;
}
