import { createLoginBook } from '../../controllers/vendor-record/login-book.ts';
import { recordedOwner } from '../../controllers/vendor-record/owner.ts';
import { createRecords, type RecordPlace } from '../../controllers/vendor-record/records.ts';
import type { KubeClient } from '../../kube/client.ts';
import { decorate } from '../../observability/decorate.ts';
import type { AdapterBooks } from '../../ports/vendor.ts';
import type { ControllerParts } from './parts.ts';

/** The books of accounts, by the key of the VendorAccount: what outlives the process on the way to its vendor. */
export function booksOf(
  { leadership, clock, around, namespace }: ControllerParts,
  client: KubeClient,
): (accountKey: string) => AdapterBooks {
  const deps = {
    recordedOwner: (hash: string, signal: AbortSignal) => recordedOwner(client, hash, signal, namespace),
    openRecords: (place: RecordPlace) =>
      decorate(
        'records',
        createRecords(client, place, () => leadership.fence, clock),
        around,
      ),
  };
  return (accountKey) => ({ logins: createLoginBook(deps, accountKey) });
}
