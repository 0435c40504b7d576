import { AdminError } from '../admin.ts';
import { isObject } from '../json.ts';

/**
 * Everything the vendor's documents leave open, with the answers it may have; the first is the default. Section
 * numbers are those of the fact sheet. The admin face changes them while the simulator runs.
 */
export const CHOICES = {
  /** Which address object the installation takes (6). */
  addressFormat: ['crmcom', 'international'],
  /** `is_primary` of contacts: "mandatory on conditions", and absent before R16.1.0 (6). */
  primaryFlag: ['optional', 'required', 'absent'],
  /** What a parameter the vendor does not have does to a request. */
  unknownParameters: ['reject', 'ignore'],
  /** What a second key in an identifier object does to a request (1). */
  semiOptionalStrict: [true, false],
  /** Whether a token is taken only from where it belongs: the query of a GET, the body of a POST (10). */
  tokenPlace: ['strict', 'anywhere'],
  /** JWT of 7200 s since R12, or 32 hex digits that live one idle hour (2.4). */
  tokenForm: ['jwt', 'opaque'],
  /** Whether a login ends the user's older tokens (2.4). */
  loginEndsOlderTokens: [false, true],
  /** HTTP status of a refusal in the envelope: always 200, or a fitting 4xx (5). */
  errorHttpStatus: [200, '4xx'],
  /** What a create does for a customer whose subscription has not been registered yet (8.3). */
  createWhenExists: ['error', 'reissue_token'],
  /** Whether a customer whose subscription was cancelled may have a new one (8.1). */
  recreateAfterCancel: [true, false],
  /** What an action does that has already happened (8.3). */
  repeatAction: ['invalid_state', 'ok'],
  /** Whether a subscription that Netflix terminated can still be cancelled (8.1). */
  cancelTerminated: ['ok', 'invalid_state'],
  /** `life_cycle_state` of a subscription that Netflix terminated (8.1). */
  terminatedLifeCycle: ['NOT_EFFECTIVE', 'EFFECTIVE', 'CANCELLED'],
  /** How the reply spells the state on Netflix: as the examples or as the tables (4.2). */
  stateSpelling: ['netflix_state', 'netflix_sate'],
  /** Whether show answers the latest subscription, or all of the customer's in an array (3). */
  showForm: ['object', 'array'],
  /** What show answers for a customer without a subscription (3, 5). */
  showWithout: ['error', 'null', 'empty_array'],
  /** Whether show also takes `netflix_customer_identifier`, as the newer documents say (4.2). */
  showByNetflixCustomer: [false, true],
  /** Whether a PENDING charge can be acknowledged (8.4). */
  acknowledgePending: ['refuse', 'accept'],
  /** What a batch answers when no item failed (3). */
  nothingFailed: ['absent', 'empty', 'null'],
  /** What a device call without `group_identifier` means (4.8, 12.7). */
  missingGroup: ['reject', 'callers_group'],
  /** What becomes of a device that is registered again by the same operator (8.3). */
  repeatedDevice: ['fail', 'ok'],
} as const;

type ChoiceName = keyof typeof CHOICES;

/** One answer to every open question. */
export type Choices = { readonly [K in ChoiceName]: (typeof CHOICES)[K][number] };

/** The knobs that can be turned while the simulator runs. */
export interface Knobs extends Choices {
  /** How long show goes on answering the state before the last change, in milliseconds (8.1). */
  readonly stateLagMs: number;
}

const NAMES = Object.keys(CHOICES) as readonly ChoiceName[];

/** The knobs as they stand, with what was chosen otherwise. */
export function turned(knobs: Knobs, changes: Partial<Knobs>): Knobs {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...knobs, ...Object.fromEntries(given) };
}

/** Every knob at its default. */
export function defaultKnobs(): Knobs {
  const firsts = NAMES.map((name) => [name, CHOICES[name][0]]);
  return { ...(Object.fromEntries(firsts) as Choices), stateLagMs: 0 };
}

/** Reads an order that turns knobs; throws AdminError on an unknown name or an answer the knob does not have. */
export function readKnobs(order: unknown): Partial<Knobs> {
  if (!isObject(order)) throw new AdminError('An object of knobs is expected.');
  for (const [name, value] of Object.entries(order)) checkKnob(name, value);
  return order;
}

function checkKnob(name: string, value: unknown): void {
  if (name === 'stateLagMs') {
    if (typeof value === 'number' && value >= 0) return;
    throw new AdminError('"stateLagMs" must be a number, 0 or more.');
  }
  const answers: readonly unknown[] | undefined = Object.hasOwn(CHOICES, name)
    ? CHOICES[name as ChoiceName]
    : undefined;
  if (answers === undefined) throw new AdminError(`There is no knob "${name}".`);
  if (!answers.includes(value)) throw new AdminError(`"${name}" must be one of ${answers.join(', ')}.`);
}
