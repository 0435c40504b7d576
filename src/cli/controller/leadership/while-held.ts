import type { Around } from '../../../observability/decorate.ts';
import { type Failure, failed } from '../../../ports/failure.ts';

/**
 * Ports through which this process writes, or removes, what the next leader will go by. Not the vault: a one-time token is
 * in no other process, and what it belongs to has happened; without its Secret it is lost.
 */
const OUR_OWN: ReadonlySet<string> = new Set([
  'journal',
  'records',
  'books',
  'status',
  'retention',
  'finalizers',
  'charges.store',
  'lines.store',
  'subscriptions.store',
]);

const NOT_LEADER: Failure = {
  kind: 'transient',
  code: 'NotLeader',
  message:
    'the lease is not held any more, so nothing is written down; the next leader reads it at the vendor',
};

/**
 * Journal, records, books, stores, status and finalizers are touched only while the lease is held: a process that was
 * stopped and goes on after another one took over must not write down what it still believes. Also no intent, hence no
 * vendor write.
 */
export function whileHeld(isHeld: () => boolean): Around {
  return ({ port }, run) => (OUR_OWN.has(port) && !isHeld() ? Promise.resolve(failed(NOT_LEADER)) : run());
}
