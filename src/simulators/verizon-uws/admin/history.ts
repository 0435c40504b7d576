import { AdminError, type AdminRoute } from '../../admin.ts';
import { type Fields, fields } from '../../admin-fields.ts';
import { historyKey } from '../device.ts';
import { HISTORY_KINDS, type HistoryKind, type HistoryRows } from '../history/rows.ts';
import type { Simulation } from '../simulation.ts';
import { deviceIn, timeIn } from './orders.ts';

/** The past of a line, made by the thousand. */
export function historyRoutes(sim: Simulation): readonly AdminRoute[] {
  return [
    {
      method: 'POST',
      path: '/history/generate',
      does: 'Adds {"count"} rows of {"history": "usage" | "connection" | "provisioning"} to {"device": {"kind", "identifier"}}, from {"from"? (now less the rows)}, one every {"stepMs"? (one hour; 0: all at once)}, of usage visible {"lateMs"? (0)} after their time.',
      handle: ({ body }) => generate(sim, body),
    },
    {
      method: 'GET',
      path: '/history',
      does: 'How many rows of each kind there are under each key.',
      handle: () =>
        sim.histories.list().map(([key, { accountName, usage, connection, provisioning }]) => ({
          key,
          accountName,
          usage: usage.length,
          connection: connection.length,
          provisioning: provisioning.length,
        })),
    },
  ];
}

/** One row of each kind, the `index`-th of its series. */
const ROWS: {
  readonly [K in HistoryKind]: (index: number, atMs: number, lateMs: number) => HistoryRows[K];
} = {
  usage: (index, atMs, lateMs) => ({
    atMs,
    bytesUsed: String(1_000 + index),
    smsUsed: index % 3,
    moSms: index % 3,
    mtSms: 0,
    source: 'Raw Usage',
    servicePlan: 'M2M 5MB',
    visibleAtMs: atMs + lateMs,
  }),
  connection: (index, atMs) => ({
    atMs,
    event: index % 2 === 0 ? 'Start' : 'Stop',
    bytesUsed: String(index % 2 === 0 ? 0 : 1_000 + index),
  }),
  provisioning: (_index, atMs) => ({
    atMs,
    eventType: 'ServicePlanChange',
    status: 'Success',
    eventBy: 'portal',
  }),
};

function generate(sim: Simulation, order: unknown): unknown {
  const wanted = fields(order);
  const device = deviceIn(sim, order);
  const kind = kindIn(wanted);
  const count = wanted.count('count') ?? 1;
  const stepMs = wanted.count('stepMs') ?? 3_600_000;
  const fromMs = timeIn(wanted, 'from') ?? sim.clock.now() - count * stepMs;
  const lateMs = wanted.count('lateMs') ?? 0;
  const rows = Array.from({ length: count }, (_, index) =>
    ROWS[kind](index, fromMs + index * stepMs, lateMs),
  );
  const key = historyKey(device);
  sim.histories.add(key, device.accountName, { [kind]: rows });
  return { key, added: rows.length };
}

function kindIn(wanted: Fields): HistoryKind {
  const name = wanted.requiredText('history');
  const kind = HISTORY_KINDS.find((candidate) => candidate === name);
  if (kind === undefined) throw new AdminError(`There is no history "${name}".`);
  return kind;
}
