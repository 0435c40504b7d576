import { remove, upload, type World } from './holding.ts';
import { completesAtMs, dueAtMs, dueDevices, type Transaction } from './transaction.ts';

/** What happens to transactions after their acknowledgement. */
export interface Processing {
  submit(transaction: Transaction): void;
  /** Does the work that is due by now, oldest transaction first. */
  settle(nowMs: number): void;
  /** Lets stuck transactions go on: all, or the one of that id. Returns how many. */
  release(transactionId: string | undefined, nowMs: number): number;
  /** Takes up the transactions of a store that was put in place of another. */
  restore(): void;
}

/** @param world its store may be replaced; `restore` must follow. */
export function createProcessing(world: World): Processing {
  let working: Transaction[] = [];
  const isAtWork = ({ processed, identifiers }: Transaction) => processed < identifiers.length;

  return {
    submit(transaction) {
      world.store.putTransaction(transaction);
      working.push(transaction);
    },
    settle(nowMs) {
      for (const transaction of working) workOn(world, transaction, nowMs);
      working = working.filter(isAtWork);
    },
    release(transactionId, nowMs) {
      const released = world.store
        .transactions()
        .filter((one) => one.stuck && (transactionId === undefined || one.transactionId === transactionId));
      for (const transaction of released) {
        transaction.stuck = false;
        transaction.releasedAtMs = nowMs;
      }
      return released.length;
    },
    restore() {
      working = world.store.transactions().filter(isAtWork);
    },
  };
}

function workOn(world: World, transaction: Transaction, nowMs: number): void {
  const { processingMs, listLagMs } = world.settings;
  const due = dueDevices(transaction, nowMs, processingMs);
  while (transaction.processed < due) {
    const index = transaction.processed;
    const identifier = transaction.identifiers[index] as string;
    const change = transaction.verb === 'upload' ? upload : remove;
    const moment = {
      atMs: dueAtMs(transaction, index, processingMs),
      listedAtMs: completesAtMs(transaction, processingMs) + listLagMs,
    };
    const code = transaction.condemned[index] ?? change(world, transaction, identifier, moment);
    if (code !== undefined) transaction.failures.push({ index, identifier, code });
    transaction.processed += 1;
  }
}
