import type { CodeName } from './codes.ts';
import type { IdentifierType } from './identifiers.ts';

export type Verb = 'upload' | 'delete';

/** A device of a transaction that failed, as it was named in the request. */
export interface Failure {
  /** Its place in the request. */
  readonly index: number;
  readonly identifier: string;
  readonly code: CodeName;
}

/** An upload or delete that was acknowledged: plain data, so that it can be dumped. */
export interface Transaction {
  /** Chosen by the caller. */
  readonly transactionId: string;
  readonly resellerId: string;
  readonly customerId: string;
  readonly vendorId?: string;
  readonly verb: Verb;
  readonly type: IdentifierType;
  readonly identifiers: readonly string[];
  readonly orderNo?: string;
  readonly uploadId: number;
  /** A delete by `removeTransactionId` takes only what that upload registered. */
  readonly onlyUploadId?: number;
  /** Devices that fail by order of a fault: index to code. */
  readonly condemned: Readonly<Record<number, CodeName>>;
  readonly submittedAtMs: number;
  /** When the status listing begins to show it. */
  readonly listedFromMs: number;
  /** The request that started it, for the ledger; absent after a dump was loaded. */
  readonly ledgerSeq?: number;
  /** How many devices have been worked on, in order. */
  processed: number;
  readonly failures: Failure[];
  /** Halted half way until it is released. */
  stuck: boolean;
  releasedAtMs?: number;
  /** The status listing does not show it any more; its work goes on. */
  vanished: boolean;
}

/** How far a stuck transaction comes. */
const STUCK_SHARE = 0.5;

/** How many devices are due by now. */
export function dueDevices(transaction: Transaction, nowMs: number, processingMs: number): number {
  return Math.floor(dueShare(transaction, nowMs, processingMs) * transaction.identifiers.length);
}

/** Whether nothing is left to do. An empty transaction takes its time like any other. */
export function isComplete(transaction: Transaction, nowMs: number, processingMs: number): boolean {
  return (
    transaction.processed === transaction.identifiers.length &&
    dueShare(transaction, nowMs, processingMs) === 1
  );
}

/** When the device at that index is worked on, however late anybody looks. */
export function dueAtMs(transaction: Transaction, index: number, processingMs: number): number {
  const { submittedAtMs, identifiers, releasedAtMs = 0 } = transaction;
  return Math.max(submittedAtMs + Math.ceil((processingMs * (index + 1)) / identifiers.length), releasedAtMs);
}

/** When the last device is worked on. Lists show what became of any of them only a while after that (6.1). */
export function completesAtMs(transaction: Transaction, processingMs: number): number {
  return dueAtMs(transaction, transaction.identifiers.length - 1, processingMs);
}

function dueShare({ submittedAtMs, stuck }: Transaction, nowMs: number, processingMs: number): number {
  const elapsedMs = nowMs - submittedAtMs;
  const share = elapsedMs >= processingMs ? 1 : elapsedMs / processingMs;
  return stuck ? Math.min(share, STUCK_SHARE) : share;
}
