import { setTimeout as delay } from 'node:timers/promises';
import { type FaultTarget, faultOf } from '../fault-box.ts';
import type { HttpOutcome, HttpReply, HttpRequest } from '../http.ts';
import { type Arrival, serveRequest } from '../serve.ts';
import { wrongTag } from '../transport-faults.ts';
import { logIn } from './endpoints/session.ts';
import { ledgerItems } from './ledger-items.ts';
import { httpRefusal, type Operation, operationMeant, operationsOf, serviceAt } from './routing.ts';
import { type Simulation, settle } from './simulation.ts';
import { type Envelope, openEnvelope } from './soap/envelope.ts';
import { contractOf, type ServiceName, V2 } from './soap/names.ts';
import { faultReply, outputReply } from './soap/reply.ts';
import type { User } from './users.ts';
import { CODES, unreadable, VendorFault } from './vendor-fault.ts';
import { findAll, type XmlElement } from './xml/element.ts';
import { parseXml } from './xml/parse.ts';
import { XmlError } from './xml/scanner.ts';

/** A request with what it is meant for, before its faults are known. */
interface Found {
  readonly request: HttpRequest;
  /** Undefined when nothing is at the path. */
  readonly service: ServiceName | undefined;
  /** Undefined when the service has no such operation. */
  readonly operation: Operation | undefined;
  /** Undefined when the body is not well-formed. */
  readonly message: XmlElement | undefined;
}

/**
 * The vendor's face: ledger, faults before the effect, session, message, operation, faults after it.
 *
 * @param signal ends the waits of latency and of stalls.
 */
export function createFace(
  sim: Simulation,
  signal: AbortSignal,
): (request: HttpRequest) => Promise<HttpOutcome> {
  const operations = operationsOf(sim.settings);
  return (request) => {
    const service = serviceAt(request.path);
    const operation = operationMeant(operations, service, request);
    const found = { request, service, operation, message: readXml(request.body) };
    return serveRequest(sim, signal, request, {
      target: targetOf(found),
      items: found.message === undefined ? undefined : ledgerItems(found.message),
      errorReply: (status, headers) =>
        faultReply(
          service ?? 'DeviceService',
          { code: CODES.unexpectedError, message: 'An unexpected error occurred.' },
          status,
          headers,
        ),
      settle: (faults) => {
        if (faultOf(faults, 'expireTokens') !== undefined) sim.sessions.expireAll();
        settle(sim);
      },
      reply: (arrival) => reply(sim, signal, found, arrival),
    });
  };
}

function readXml(body: string): XmlElement | undefined {
  try {
    return parseXml(body);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function targetOf({ request, operation, message }: Found): FaultTarget | undefined {
  if (operation === undefined) return undefined;
  const [cursor] = message === undefined ? [] : findAll(message, 'LargestDeviceIdSeen');
  const { role } = operation;
  return {
    method: request.method,
    endpoint: operation.operation,
    role,
    continuesListing: Number(cursor?.text ?? 0) > 0,
  };
}

/** The true reply, before anything disturbs it. */
async function reply(
  sim: Simulation,
  signal: AbortSignal,
  found: Found,
  arrival: Arrival,
): Promise<HttpReply> {
  const service = found.service ?? 'DeviceService';
  const refusal = httpRefusal(found.request, found.service);
  if (refusal !== undefined) return refusal;
  try {
    return answer(sim, found, arrival);
  } catch (error) {
    if (!(error instanceof VendorFault)) throw error;
    if (error.afterMs > 0) await delay(error.afterMs, undefined, { signal });
    return faultReply(service, error, sim.settings.faultStatus);
  }
}

function answer(sim: Simulation, { operation, message }: Found, arrival: Arrival): HttpReply {
  if (operation === undefined)
    throw new VendorFault(CODES.actionNotSupported, 'The SOAPAction names no operation of this service.');
  if (message === undefined) throw unreadable('The request is not well-formed XML.');
  const envelope = openEnvelope(message);
  const isMeant = envelope.operation.namespace === V2 && envelope.operation.name === operation.operation;
  if (!isMeant) throw unreadable(`${operation.operation} is expected in the body.`);
  const output = outputOf(sim, operation, envelope, arrival);
  const sent = outputReply(operation.service, operation.operation, output);
  const isSpoilt = operation.operation === 'DeleteDevices' && sim.settings.deleteReply === 'asPrinted';
  return isSpoilt ? { ...sent, body: wrongTag(sent.body) } : sent;
}

function outputOf(
  sim: Simulation,
  operation: Operation,
  envelope: Envelope,
  { entry, faults }: Arrival,
): string {
  if (!('handle' in operation)) return logIn(sim, inputOf(envelope.operation));
  const { user, token } = callerOf(sim, envelope.token);
  const stale = faultOf(faults, 'staleReads');
  return operation.handle({
    sim,
    input: inputOf(envelope.operation),
    contract: contractOf(operation.service),
    user,
    token,
    reads: (stale === undefined ? undefined : sim.frozen.get(stale)) ?? sim.store,
    faults,
    entry,
    nowMs: sim.clock.now(),
  });
}

/** The user of the session, which the call renews (fact sheet 3). */
function callerOf(
  sim: Simulation,
  token: string | undefined,
): { readonly user: User; readonly token: string } {
  if (token === undefined)
    throw new VendorFault(CODES.tokenMissing, 'There is no session token in the header.');
  const verdict = sim.sessions.use(token, sim.clock.now());
  if (verdict.is === 'expired') throw new VendorFault(CODES.tokenExpired, 'The Session has expired.');
  const session = verdict.is === 'good' ? verdict.session : undefined;
  const user = session === undefined ? undefined : sim.users.find(session.username);
  if (session === undefined || user === undefined)
    throw new VendorFault(CODES.tokenInvalid, 'The session token is invalid.');
  return { user, token: session.token };
}

/** The only child of the operation; one without content is an empty request (10). */
function inputOf(operation: XmlElement): XmlElement {
  const [input, ...others] = operation.children;
  if (others.length > 0 || (input !== undefined && (input.namespace !== V2 || input.name !== 'Input')))
    throw unreadable(`Input is expected in ${operation.name}.`);
  if (input === undefined || input.children.length === 0)
    throw new VendorFault(CODES.requestUndefined, 'The request is empty.');
  return input;
}
