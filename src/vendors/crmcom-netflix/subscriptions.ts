import type { Subscriber, SubscriptionDesire, SubscriptionRow } from '../../domain/subscription/facts.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { ItemReader } from '../../ports/item-reader.ts';
import type { TokenVault } from '../../ports/token-vault.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { Submission, VerbTraits, WriteItem, Writer } from '../../ports/writer.ts';
import type { NetflixClient } from './client.ts';
import type { ContactForm } from './contacts.ts';
import type { ReadDate } from './dates.ts';
import { CREATE_VISIBILITY_MS, STATE_VISIBILITY_MS } from './limits.ts';
import { toCreate, toCustomer, toSubscriptionRow } from './subscription-mapping.ts';

/** What an installation needs to be known of for creating subscriptions. */
export interface Installation extends ContactForm {
  readonly readDate: ReadDate;
  readonly vault: TokenVault;
}

type SubscriptionItem = WriteItem<Subscriber, SubscriptionDesire>;

/** Subscriptions as the engine sees them: asked for one by one, since there is no list. */
export function subscriptionPorts(
  client: NetflixClient,
  installation: Installation,
): KindPorts<Subscriber, SubscriptionDesire, SubscriptionRow> {
  return {
    check: () => undefined,
    items: subscriptionByCustomer(client),
    writer: subscriptionWriter(client, installation),
  };
}

function subscriptionByCustomer(client: NetflixClient): ItemReader<Subscriber, SubscriptionRow> {
  return {
    async read({ customer }, signal) {
      const shown = await client.showSubscription(customer, signal);
      if (shown.ok) return ok(shown.value.map((wire) => toSubscriptionRow(customer, wire)));
      // "No subscription" and "no such customer" are the same thing: the id is the operator's own (fact sheet 5).
      return shown.failure.kind === 'notFound' ? ok([]) : shown;
    },
  };
}

/**
 * One subscription per call (fact sheet 4.4). What may be repeated after a lost reply stands in its section 8.3; a
 * creation never is, by nobody but a person: what a look shows ends its doubt, what none shows proves nothing.
 */
function subscriptionWriter(
  client: NetflixClient,
  installation: Installation,
): Writer<Subscriber, SubscriptionDesire> {
  const change = (effect: VerbTraits['effect']): VerbTraits => ({
    repeat: 'afterProof',
    effect,
    maxItemsPerCall: 1,
    visibilityMs: STATE_VISIBILITY_MS,
  });
  return {
    verbs: {
      createSubscription: {
        repeat: 'never',
        effect: 'additive',
        maxItemsPerCall: 1,
        visibilityMs: CREATE_VISIBILITY_MS,
      },
      suspendSubscription: change('destructive'),
      unsuspendSubscription: change('additive'),
      cancelSubscription: change('destructive'),
    },
    partition: () => ({}),
    async send({ items }, signal) {
      const [item] = items;
      if (item?.desired.write === undefined || items.length !== 1) return failed(NOTHING_TO_SEND);
      return item.desired.write.do === 'create'
        ? await create(client, installation, item, signal)
        : await act(client, item, item.desired.write.do, signal);
    },
  };
}

/** The token is in its Secret, or kept for it, before the engine hears of the success. */
async function create(
  client: NetflixClient,
  { vault, readDate, ...form }: Installation,
  { key, subject, desired }: SubscriptionItem,
  signal: AbortSignal,
): Promise<Result<Submission>> {
  const { write } = desired;
  if (write?.do !== 'create') return failed(NOTHING_TO_SEND);
  const request = toCreate(subject, write.registration, form);
  if ('code' in request) return ok({ is: 'answered', outcomes: [{ key, failure: request }] });
  const created = await client.createSubscription(request, signal);
  if (!created.ok) return created;
  const { subscription_number, netflix_token, netflix_token_expiration_date } = created.value;
  const expiresAtMs = readDate(netflix_token_expiration_date ?? '');
  const token = { subscriptionNumber: subscription_number, value: netflix_token };
  await vault.deposit(write.secret, expiresAtMs === undefined ? token : { ...token, expiresAtMs }, signal);
  return ok({ is: 'answered', outcomes: [{ key }] });
}

async function act(
  client: NetflixClient,
  { key, subject }: SubscriptionItem,
  verb: 'suspend' | 'unsuspend' | 'cancel',
  signal: AbortSignal,
): Promise<Result<Submission>> {
  const done = await client[verb](toCustomer(subject), signal);
  return done.ok ? ok({ is: 'answered', outcomes: [{ key }] }) : done;
}

const NOTHING_TO_SEND = {
  kind: 'rejected',
  code: 'NOT_IMPLEMENTED',
  message: 'subscriptions are written one at a time, each with what is to be done to it',
} as const;
