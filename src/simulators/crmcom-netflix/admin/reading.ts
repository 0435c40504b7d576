import { AdminError } from '../../admin.ts';
import { type Fields, fields } from '../../admin-fields.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Simulation } from '../simulation.ts';
import type { Operator } from '../store.ts';
import type { Subscription } from '../subscriptions.ts';

/** The fields of an order, with those this vendor's orders have in common. */
export interface Order extends Fields {
  /** An ISO 8601 instant with its offset, as milliseconds since the epoch. */
  instant(name: string): number | undefined;
  amount(name: string): number | undefined;
  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined;
  texts(name: string): readonly string[] | undefined;
}

/** Reads an order; a missing body counts as one without fields. */
export function orderIn(body: unknown): Order {
  const read = fields(body ?? {});
  const source = isObject(body) ? body : {};
  return {
    ...read,
    instant: (name) => instantIn(read, name),
    amount: (name) => amountIn(source, name),
    oneOf: <T extends string>(name: string, choices: readonly T[]) => {
      const value = read.text(name);
      if (value === undefined || choices.includes(value as T)) return value as T | undefined;
      throw new AdminError(`"${name}" must be one of ${choices.join(', ')}.`);
    },
    texts: (name) => textsIn(source, name),
  };
}

function instantIn(read: Fields, name: string): number | undefined {
  const text = read.text(name);
  if (text === undefined) return undefined;
  // Without an offset the text would mean this machine's own zone.
  const ms = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new AdminError(`"${name}" must be an ISO 8601 instant with its offset.`);
  return ms;
}

function amountIn(source: JsonObject, name: string): number | undefined {
  const value = source[name] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  throw new AdminError(`"${name}" must be a number.`);
}

function textsIn(source: JsonObject, name: string): readonly string[] | undefined {
  const value = source[name] ?? undefined;
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new AdminError(`"${name}" must be a list of texts.`);
}

/** The operator an order is about: `operatorId`, or the first one. */
export function operatorIn(sim: Simulation, order: Order): Operator {
  const id = order.text('operatorId') ?? '1';
  const operator = sim.store.operators().find((candidate) => candidate.id === id);
  if (operator === undefined) throw new AdminError(`There is no operator ${id}.`, 404);
  return operator;
}

/** The current subscription of the order's `customer`. */
export function subscriptionIn(sim: Simulation, order: Order): Subscription {
  const customer = order.requiredText('customer');
  const found = sim.store.subscriptionsOf(operatorIn(sim, order).id, customer).at(-1);
  if (found === undefined) throw new AdminError(`The customer ${customer} has no subscription.`, 404);
  return found;
}
