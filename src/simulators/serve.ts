import { setTimeout as delay } from 'node:timers/promises';
import type { MovableClock } from './clock.ts';
import { type FaultBox, type FaultTarget, faultOf, isMutating } from './fault-box.ts';
import type { Fault } from './faults.ts';
import type { HttpOutcome, HttpReply, HttpRequest } from './http.ts';
import type { JsonObject } from './json.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Random } from './random.ts';
import { afterEffect, beforeEffect, type ErrorReply } from './transport-faults.ts';

/** What every vendor's face is made of. */
export interface FaceParts {
  readonly clock: MovableClock;
  readonly random: Random;
  readonly faults: FaultBox;
  readonly ledger: Ledger;
}

/** A request that has arrived: noted, and hit by its faults. */
export interface Arrival {
  readonly entry: LedgerEntry;
  readonly faults: readonly Fault[];
}

/** How one vendor serves one request. */
export interface Service {
  /** Undefined for a route the vendor does not have: no fault concerns it. */
  readonly target: FaultTarget | undefined;
  /** What the request asks for, item by item, for the ledger. */
  readonly items: readonly JsonObject[] | undefined;
  /** How the vendor words an error. */
  readonly errorReply: ErrorReply;
  /** Called after the latency and before anything else: what is due by now happens. */
  readonly settle: (faults: readonly Fault[]) => void;
  /** The true reply, before anything disturbs it. */
  readonly reply: (arrival: Arrival) => HttpReply | Promise<HttpReply>;
}

/**
 * One request from arrival to outcome: ledger, faults before the effect, the vendor's work, faults after it.
 *
 * @param signal ends the waits of latency faults.
 */
export async function serveRequest(
  parts: FaceParts,
  signal: AbortSignal,
  request: HttpRequest,
  service: Service,
): Promise<HttpOutcome> {
  const arrival = arrived(parts, request, service);
  const { entry, faults } = arrival;
  await waitOut(faults, parts.random, signal);
  service.settle(faults);
  const outcome =
    beforeEffect(faults, service.errorReply) ??
    afterEffect(await service.reply(arrival), faults, service.errorReply);
  entry.status = outcome === 'drop' ? 0 : outcome.status;
  return outcome;
}

function arrived(parts: FaceParts, request: HttpRequest, { target, items }: Service): Arrival {
  const faults = target === undefined ? [] : parts.faults.take(target, parts.clock.now());
  const query = request.query.toString();
  const entry = parts.ledger.open({
    at: new Date(parts.clock.now()).toISOString(),
    method: request.method,
    path: request.path,
    ...(query === '' ? {} : { query }),
    endpoint: target?.endpoint ?? 'unknown',
    mutating: target !== undefined && isMutating(target.role),
    ...(items === undefined ? {} : { items }),
    ...(faults.length === 0 ? {} : { fault: faults.map(({ fault }) => fault).join('+') }),
  });
  return { entry, faults };
}

async function waitOut(faults: readonly Fault[], random: Random, signal: AbortSignal): Promise<void> {
  const latency = faultOf(faults, 'latency');
  if (latency === undefined) return;
  await delay(latency.ms + random.integer(latency.jitterMs + 1), undefined, { signal });
}
