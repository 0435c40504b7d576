import type { RecordedLine } from '../../domain/line/facts.ts';
import type { ItemOperation } from '../inspect/operations.ts';
import type { Stands, Told } from './standing.ts';

/** How a line of a VerizonDeviceDeletion stands. */
export const LINE_STATES = ['deleted', 'deactivating', 'waiting', 'failed'] as const;

export type LineState = (typeof LINE_STATES)[number];

/** Everything the cluster knows about one line of a deletion. */
export interface LineFacts {
  readonly recorded?: RecordedLine;
  /** The last operation that named the line. */
  readonly last?: ItemOperation;
  /** `isFailure`: it is among those that need a person, and not only held up. */
  readonly told?: Told & { readonly isFailure: boolean };
}

/**
 * How a declared line stands, the first row that fits:
 *
 * | what the cluster knows                      | state                |
 * | ------------------------------------------- | -------------------- |
 * | the status tells of it                      | failed or waiting    |
 * | recorded as proven gone                     | deleted              |
 * | its deactivation is under way, or was sent and is not confirmed | deactivating |
 * | the last operation refused it               | failed               |
 * | anything else                               | waiting              |
 */
export function lineStanding({ recorded, last, told }: LineFacts): Stands<LineState> {
  if (told !== undefined) {
    const { code, message } = told;
    return { state: told.isFailure ? 'failed' : 'waiting', code, message };
  }
  if (recorded?.gone !== undefined) return { state: 'deleted', code: '', message: recorded.gone.how };
  if (last?.outcome.is === 'open') {
    const state = last.verb === 'deactivateLine' ? 'deactivating' : 'waiting';
    return { state, code: '', message: `${last.verb}: ${last.name} is ${last.state}` };
  }
  if (recorded?.deactivationSentAtMs !== undefined && recorded.quietSinceMs === undefined) {
    return { state: 'deactivating', code: '', message: '' };
  }
  if (last?.outcome.is === 'failed') {
    return { state: 'failed', code: last.outcome.code, message: last.outcome.message };
  }
  return { state: 'waiting', code: '', message: '' };
}
