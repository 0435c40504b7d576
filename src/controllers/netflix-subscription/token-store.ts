import type { ItemFailure } from '../../domain/item.ts';
import type {
  RecordedSubscription,
  SubscriptionTypes,
  TokenSecret,
} from '../../domain/subscription/facts.ts';
import { type Failure, ok, type Result } from '../../ports/failure.ts';
import type { ItemStore, Stored, StoreItem } from '../../ports/item-store.ts';
import { resourceOf } from '../holder.ts';
import type { TokenKeeper } from './token-keeper.ts';
import type { TokenSecrets } from './token-secret.ts';

type SubscriptionItem = StoreItem<SubscriptionTypes>;

/** Secrets are written one after the other; so many in one call. */
const MAX_ITEMS = 20;

/**
 * The two stores of a subscription: the empty Secret before its creation, and the token after it.
 *
 * | the record says that the token is | the keeper has it | its Secret has it | recorded afterwards |
 * | --------------------------------- | ----------------- | ----------------- | ------------------- |
 * | anything but issued               | –                 | –                 | awaited             |
 * | issued                            | yes               | written now       | stored              |
 * | issued                            | no (restart)      | yes               | stored              |
 * | issued                            | no                | no                | lost                |
 */
export function tokenStore(secrets: TokenSecrets, keeper: TokenKeeper): ItemStore<SubscriptionTypes> {
  return {
    with: 'own',
    maxItems: MAX_ITEMS,
    async store(items, signal) {
      const stored: Stored<SubscriptionTypes>[] = [];
      for (const item of items) {
        const { key, recorded } = item;
        const token = recorded?.token;
        const record =
          recorded !== undefined && token?.is === 'issued'
            ? await settle(secrets, keeper, recorded, token.secret, signal)
            : await prepare(secrets, item, signal);
        stored.push(record.ok ? { key, record: record.value } : { key, failure: toItem(record.failure) });
      }
      return ok(stored);
    },
  };
}

/** One that failed is tried again by itself, and holds up no other. */
function toItem({ kind, code, message }: Failure): ItemFailure {
  return kind === 'conflict' && code === 'SECRET_IN_USE'
    ? { code, message, kind: 'heldByOther' }
    : {
        code: 'TOKEN_NOT_STORED',
        message: `the Secret for the token cannot be written (${message})`,
        kind: 'passing',
      };
}

async function prepare(
  secrets: TokenSecrets,
  { desired, holder, recorded }: SubscriptionItem,
  signal: AbortSignal,
): Promise<Result<RecordedSubscription>> {
  const [namespace = ''] = resourceOf(holder).key.split('/');
  const secret = await secrets.prepare(holder, namespace, desired.tokenSecretName ?? '', signal);
  if (!secret.ok) return secret;
  return ok({
    registered: false,
    ...recorded,
    holder,
    releasePolicy: desired.releasePolicy,
    token: { is: 'awaited', secret: secret.value },
  });
}

async function settle(
  secrets: TokenSecrets,
  keeper: TokenKeeper,
  recorded: RecordedSubscription,
  secret: TokenSecret,
  signal: AbortSignal,
): Promise<Result<RecordedSubscription>> {
  const kept = keeper.tokenFor(secret);
  if (kept?.written === false) {
    const filled = await secrets.fill(secret, kept.token, signal);
    if (!filled.ok) return filled;
  }
  keeper.forget(secret);
  const found = kept === undefined ? await secrets.look(secret, signal) : ok(kept.token);
  if (!found.ok) return found;
  if (found.value === undefined) return ok({ ...recorded, token: { is: 'lost', secret } });
  const { subscriptionNumber: number, expiresAtMs } = found.value;
  const token = { is: 'stored', secret, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) } as const;
  return ok({ ...recorded, number, token });
}
