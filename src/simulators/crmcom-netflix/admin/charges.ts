import { AdminError, type AdminRoute } from '../../admin.ts';
import { ordersIn } from '../../admin-fields.ts';
import { type Charge, type ChargeStatus, NOT_SET, OUTCOMES } from '../charges.ts';
import { CONTRADICTORY_ROWS } from '../contradictory-rows.ts';
import { process } from '../netflix.ts';
import type { Simulation } from '../simulation.ts';
import { type Order, operatorIn, orderIn } from './reading.ts';

const STATUSES: readonly ChargeStatus[] = ['PENDING', ...OUTCOMES];

/** How long a charge pays for when the order does not say: 30 days. ASSUMED. */
const PAID_MS = 30 * 86_400_000;

/** Charges as they come in from Netflix, and what becomes of them. */
export function chargeRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/charges',
      does: 'Every charge, acknowledged ones with when and under which reference.',
      handle: () => sim.store.charges.list(),
    },
    {
      method: 'POST',
      path: '/charges',
      does: 'Adds {"customer", "amount", "currency"? (EUR), "status"? (PENDING), "number"?, "receivedOn"?, "paidThroughDate"?, "setAs"?: {OUTCOME: instant}, "operatorId"?}, or {"charges": [...]}.',
      handle: ({ body }) => ({
        charges: ordersIn(body, 'charges').map((order) => addCharge(sim, orderIn(order))),
      }),
    },
    {
      method: 'POST',
      path: '/charges/generate',
      does: 'Adds {"count"} charges of {"amount"?} over {"customers"? (1)} customers named {"prefix"? (pci)}1, 2, …; {"status"? (APPROVED), "currency"?}.',
      handle: ({ body }) => generate(sim, orderIn(body)),
    },
    {
      method: 'POST',
      path: '/charges/contradictory',
      does: 'Adds the rows of the vendor’s own example, whose status and times contradict each other: {"operatorId"?}.',
      handle: ({ body }) => ({
        charges: CONTRADICTORY_ROWS.map((row) => {
          const operatorId = operatorIn(sim, orderIn(body)).id;
          return addCharge(sim, orderIn({ ...row, operatorId, currency: 'USD' }));
        }),
      }),
    },
    {
      method: 'POST',
      path: '/charges/{number}/process',
      does: 'CRM.COM sets the charge as {"outcome": "APPROVED" | "DECLINED" | "BAD_REQUEST" | "REJECTED"}; all but the first end the subscription.',
      handle: ({ params, body }) => {
        const charge = sim.store.charges.get(params['number'] ?? '');
        if (charge === undefined) throw new AdminError('There is no such charge.', 404);
        if (charge.status !== 'PENDING') throw new AdminError('The charge has been processed.', 409);
        const outcome = orderIn(body).oneOf('outcome', OUTCOMES);
        if (outcome === undefined) throw new AdminError('"outcome" is missing.');
        return process(sim, charge, outcome);
      },
    },
  ];
}

function addCharge(sim: Simulation, order: Order): Charge {
  const nowMs = sim.clock.now();
  const amount = order.amount('amount');
  if (amount === undefined) throw new AdminError('"amount" is missing.');
  const status = order.oneOf('status', STATUSES) ?? 'PENDING';
  const charge: Charge = {
    number: order.text('number') ?? freshNumber(sim),
    operatorId: operatorIn(sim, order).id,
    customer: order.requiredText('customer'),
    amount,
    currency: order.text('currency') ?? 'EUR',
    status,
    paidThroughMs: order.instant('paidThroughDate') ?? nowMs + PAID_MS,
    receivedMs: order.instant('receivedOn') ?? nowMs,
    setAs: setAsIn(order, status, nowMs),
    acknowledged: null,
  };
  sim.store.charges.put(charge);
  return charge;
}

/** The next number that no order has taken before. */
function freshNumber(sim: Simulation): string {
  const number = sim.ids.charge();
  return sim.store.charges.get(number) === undefined ? number : freshNumber(sim);
}

/** The times as ordered, even where they contradict the status; else the one that fits it. */
function setAsIn(order: Order, status: ChargeStatus, nowMs: number): Charge['setAs'] {
  const given = order.object('setAs');
  if (Object.keys(given).length === 0)
    return status === 'PENDING' ? NOT_SET : { ...NOT_SET, [status]: nowMs };
  const times = orderIn(given);
  const read = OUTCOMES.map((outcome) => [outcome, times.instant(outcome) ?? null]);
  return Object.fromEntries(read) as Charge['setAs'];
}

function generate(sim: Simulation, order: Order): unknown {
  const count = order.count('count') ?? 1;
  const customers = order.count('customers') ?? 1;
  const prefix = order.text('prefix') ?? 'pci';
  const common = {
    amount: order.amount('amount') ?? 9.99,
    status: order.text('status') ?? 'APPROVED',
    currency: order.text('currency') ?? 'EUR',
    operatorId: operatorIn(sim, order).id,
  };
  for (let index = 0; index < count; index += 1) {
    addCharge(sim, orderIn({ ...common, customer: `${prefix}${1 + (index % customers)}` }));
  }
  return { added: count };
}
