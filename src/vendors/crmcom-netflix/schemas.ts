/** The shapes of `wire.ts` as JSON Schemas: what a reply must be to be believed. Unknown fields are allowed (3). */

const text = { type: 'string' } as const;
const name = { type: 'string', minLength: 1 } as const;
/** Absent values are JSON null (3). */
const maybeText = { type: ['string', 'null'] } as const;
const maybeNumber = { type: ['number', 'null'] } as const;

/** An object with known fields, some of them required. */
function shape<Fields extends Readonly<Record<string, object>>>(
  properties: Fields,
  required: readonly (keyof Fields & string)[] = [],
) {
  return { type: 'object', properties, required } as const;
}

function maybeListOf<Item extends object>(items: Item) {
  return { type: ['array', 'null'], items } as const;
}

export const status = shape({ code: name, description: maybeText, message: maybeText }, ['code']);

/** What every reply must be, before its data is looked at. */
export const envelope = shape({ status, data: {} }, ['status']);

export const token = shape({ token: { type: 'string', pattern: '^[\\x21-\\x7e]+$' } }, ['token']);

const promotion = shape(
  { code: name, name: maybeText, description: maybeText, effective_from: maybeText, expires_on: maybeText },
  ['code'],
);

export const promotions = { type: 'array', items: promotion } as const;

export const subscription = shape(
  {
    subscription_number: name,
    netflix_state: maybeText,
    netflix_sate: maybeText,
    life_cycle_state: maybeText,
    promotions_set: maybeListOf(promotion),
    prices_set: maybeListOf(shape({ FormattedPrice: maybeText })),
  },
  ['subscription_number'],
);

export const subscriptions = { type: 'array', items: subscription } as const;

export const created = shape(
  { subscription_number: name, netflix_token: name, netflix_token_expiration_date: maybeText },
  ['subscription_number', 'netflix_token'],
);

/** A write without a result answers `{}` (3); null is the same thing (3: absent values). */
export const nothing = { type: ['object', 'null'] } as const;

const charge = shape(
  {
    number: name,
    billing_system_customer_identifier: name,
    amount: { type: 'number' },
    currency: text,
    local_currency_amount: maybeNumber,
    local_currency: maybeText,
    paid_through_date: maybeText,
    charge_status: text,
    received_on: maybeText,
    set_as_approved_on: maybeText,
    set_as_declined_on: maybeText,
    set_as_bad_request_on: maybeText,
    set_as_rejected_request_on: maybeText,
  },
  ['number', 'billing_system_customer_identifier', 'amount', 'currency', 'charge_status'],
);

/** Without its set it is somebody else's reply, and must not look like an empty list. */
export const charges = shape({ charges_set: { type: 'array', items: charge } }, ['charges_set']);

export const acknowledged = {
  type: ['object', 'null'],
  properties: {
    failed_charges_set: maybeListOf(
      shape(
        { number: name, reference_number: maybeText, error_code: maybeText, error_description: maybeText },
        ['number'],
      ),
    ),
  },
} as const;

export const devices = {
  type: ['object', 'null'],
  properties: { failed_devices_set: maybeListOf(shape({ esn: name }, ['esn'])) },
} as const;
