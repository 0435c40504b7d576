import { scopeHash } from '../../controllers/vendor-account/scope.ts';
import { createDayBook } from '../../controllers/vendor-record/day-book.ts';
import { createLoginBook } from '../../controllers/vendor-record/login-book.ts';
import { recordedOwner } from '../../controllers/vendor-record/owner.ts';
import { createRecords, type RecordPlace } from '../../controllers/vendor-record/records.ts';
import { sharedRecords } from '../../controllers/vendor-record/shared-records.ts';
import type { KubeClient } from '../../kube/client.ts';
import { decorate } from '../../observability/decorate.ts';
import type { DayBook } from '../../ports/day-book.ts';
import type { AdapterBooks } from '../../ports/vendor.ts';
import type { ControllerParts } from './parts.ts';

/** Whose books they are. */
export interface BookOwner {
  /** Of its VendorAccount, as `namespace/name`. */
  readonly key: string;
  readonly scope: string;
}

/**
 * Opens the books of accounts: what outlives the process on the way to a vendor. `journalMs`: wall time of whoever keeps
 * them.
 */
export function booksOf(
  { leadership, clock, around, namespace }: ControllerParts,
  client: KubeClient,
  journalMs: () => number,
): (owner: BookOwner) => AdapterBooks {
  const deps = {
    recordedOwner: (hash: string, signal: AbortSignal) => recordedOwner(client, hash, signal, namespace),
    openRecords: (place: RecordPlace) =>
      decorate(
        'books',
        createRecords(client, place, () => leadership.fence, clock),
        around,
      ),
  };
  /** One for a scope, however often it is opened: what was reserved by one way to the vendor is known to the next. */
  const days = new Map<string, DayBook>();

  function dayOf({ key, scope }: BookOwner): DayBook {
    const about = { scope, scopeHash: scopeHash(`requests ${scope}`) };
    const day = days.get(scope) ?? createDayBook(sharedRecords(deps, key, about), journalMs);
    days.set(scope, day);
    return day;
  }

  return (owner) => ({ logins: createLoginBook(deps, owner.key), day: dayOf(owner) });
}
