import type { ItemFailure } from '../../domain/item.ts';
import type {
  LifeCycle,
  NetflixState,
  Subscriber,
  SubscriptionRow,
} from '../../domain/subscription/facts.ts';
import type { Registration } from '../../domain/subscription/registration.ts';
import { type ContactForm, type WrittenContact, writeAddress, writeEmail, writePhone } from './contacts.ts';
import { MAX_VALIDITY_S } from './limits.ts';
import type { CreateRequest, CustomerRequest, WireContact, WireSubscription } from './wire.ts';

const LIFE_CYCLES: ReadonlySet<string> = new Set(['EFFECTIVE', 'NOT_EFFECTIVE', 'CANCELLED']);
const NETFLIX_STATES: ReadonlySet<string> = new Set(['EFFECTIVE', 'NOT_EFFECTIVE']);

/** One subscription of a show. Both spellings of the state are read, the example's before the table's (4.2). */
export function toSubscriptionRow(customer: string, wire: WireSubscription): SubscriptionRow {
  const netflix = wire.netflix_state ?? wire.netflix_sate ?? '';
  const lifeCycle = wire.life_cycle_state ?? '';
  return {
    customer,
    shown: {
      number: wire.subscription_number,
      lifeCycle: LIFE_CYCLES.has(lifeCycle) ? (lifeCycle as LifeCycle) : 'UNKNOWN',
      netflix: NETFLIX_STATES.has(netflix) ? (netflix as NetflixState) : 'UNKNOWN',
      promotions: (wire.promotions_set ?? []).map(({ code }) => code),
      prices: (wire.prices_set ?? []).flatMap(({ FormattedPrice }) => FormattedPrice ?? []),
    },
  };
}

export function toCustomer({ customer }: Subscriber): CustomerRequest {
  return { billing_system_customer_identifier: customer };
}

/** The creation of a subscription, or why the vendor would refuse it. */
export function toCreate(
  subscriber: Subscriber,
  registration: Registration,
  form: ContactForm,
): CreateRequest | ItemFailure {
  const { promotionCode, channel, validityDurationSeconds, firstName, lastName } = registration;
  if (validityDurationSeconds !== undefined && !isValidity(validityDurationSeconds)) {
    return invalid(`validityDurationSeconds must be 1 to ${MAX_VALIDITY_S}`);
  }
  const contacts = writeContacts(registration, form);
  if ('code' in contacts) return contacts;
  return {
    ...toCustomer(subscriber),
    ...optional('promotion_code', promotionCode),
    ...optional('channel', channel),
    ...optional('validity_duration', validityDurationSeconds),
    ...optional('customer_first_name', firstName),
    ...optional('customer_last_name', lastName),
    ...contacts,
  };
}

type Contacts = Pick<CreateRequest, 'customer_address' | 'customer_email' | 'customer_phone'>;

function writeContacts({ address, email, phone }: Registration, form: ContactForm): Contacts | ItemFailure {
  const written: readonly (readonly [string, WrittenContact | undefined])[] = [
    ['customer_address', address && writeAddress(address, form)],
    ['customer_email', email && writeEmail(email, form)],
    ['customer_phone', phone && writePhone(phone, form)],
  ];
  const contacts: Record<string, WireContact> = {};
  for (const [name, contact] of written) {
    if (contact?.ok === false) return invalid(contact.message);
    if (contact?.ok === true) contacts[name] = contact.wire;
  }
  return contacts;
}

function isValidity(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_VALIDITY_S;
}

function invalid(message: string): ItemFailure {
  return { code: 'INVALID_REGISTRATION', message, kind: 'invalid' };
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value };
}
