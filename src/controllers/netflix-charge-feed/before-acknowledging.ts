import type { ChargeNumber, ChargeTypes } from '../../domain/charge/facts.ts';
import type { ItemFailure } from '../../domain/item.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { ItemOutcome, WriteItem, Writer } from '../../ports/writer.ts';
import { NETFLIX_CHARGES } from '../resources.ts';
import { type ChargePlace, chargeName } from './charge-object.ts';

type ChargeItem = WriteItem<ChargeNumber, ChargeTypes['desired']>;
type ChargeWriter = Writer<ChargeNumber, ChargeTypes['desired']>;

/** Where the charges of one vendor scope stand, as far as it names them. */
type Place = Pick<ChargePlace, 'namespace' | 'scope'>;

/** Calls to the API server at the same time. ASSUMED, as for storing them. */
const AT_ONCE = 10;

/** The adapter, whose charges are looked for at the API server before they are acknowledged. */
export function chargesChecked(adapter: VendorAdapter, client: KubeClient, place: Place): VendorAdapter {
  const { charges } = adapter;
  if (charges?.writer === undefined) return adapter;
  return { ...adapter, charges: { ...charges, writer: checkedWriter(charges.writer, client, place) } };
}

/**
 * A writer that looks whether each NetflixCharge is still there before it is acknowledged: a receipt may be months old,
 * and somebody may have deleted the object meanwhile. Such a charge is withheld, and recorded anew.
 */
function checkedWriter(writer: ChargeWriter, client: KubeClient, place: Place): ChargeWriter {
  return {
    verbs: writer.verbs,
    partition: (verb, item) => writer.partition(verb, item),
    send: (request, signal) => writer.send(request, signal),
    withheld: ({ items }, signal) => missingOf(items, client, place, signal),
  };
}

async function missingOf(
  items: readonly ChargeItem[],
  client: KubeClient,
  { namespace, scope }: Place,
  signal: AbortSignal,
): Promise<readonly ItemOutcome[]> {
  const missing: ItemOutcome[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE).map(async ({ key, subject, desired }) => {
      const ref = { namespace, name: chargeName(scope, subject.number) };
      const found = await client.get(NETFLIX_CHARGES, ref, signal);
      // Another one of the same name is not what was recorded: somebody made it, or brought it back from a backup.
      const isStanding = found.ok && found.value.metadata.uid === desired.receipt?.uid;
      if (isStanding && found.value.metadata.deletionTimestamp === undefined) return;
      const isGone = found.ok || found.failure.kind === 'notFound';
      missing.push({ key, failure: isGone ? GONE : notRead(found.failure.message) });
    });
    await Promise.all(some);
  }
  return missing;
}

/** What the domain forgets the record for (`domain/charge/next.ts`). */
const GONE: ItemFailure = {
  code: 'CHARGE_DELETED',
  message:
    'its NetflixCharge was deleted before the vendor was told, so nothing was sent; it is recorded anew',
  kind: 'heldByOther',
};

function notRead(why: string): ItemFailure {
  return {
    code: 'CHARGE_NOT_READ',
    message: `its NetflixCharge cannot be read now, so nothing was sent (${why}); it is tried again`,
    kind: 'passing',
  };
}
