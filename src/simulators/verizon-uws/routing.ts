import type { HttpReply, HttpRequest } from '../http.ts';
import type { Endpoint } from './call.ts';
import { callbackEndpoints } from './endpoints/callbacks.ts';
import { changeStateEndpoints } from './endpoints/change-device-state.ts';
import { deleteEndpoints } from './endpoints/delete-devices.ts';
import { deviceEndpoints } from './endpoints/devices.ts';
import { historyEndpoints } from './endpoints/histories.ts';
import { requestStatusEndpoint } from './endpoints/request-status.ts';
import { LOG_IN, sessionEndpoints } from './endpoints/session.ts';
import type { Settings } from './options.ts';
import { pathOf, type ServiceName, soapActionOf } from './soap/names.ts';

/** An operation of the vendor; LogIn alone needs no session, and so is none of the others' kind. */
export type Operation = Endpoint | typeof LOG_IN;

const SERVICES: readonly ServiceName[] = [
  'SessionService',
  'DeviceService',
  'CarrierService',
  'CallbackRegistrationService',
];

/** Every operation simulated. */
export function operationsOf(settings: Settings): readonly Operation[] {
  return [
    LOG_IN,
    ...sessionEndpoints,
    ...deviceEndpoints,
    ...deleteEndpoints,
    ...historyEndpoints,
    ...changeStateEndpoints,
    requestStatusEndpoint(settings.requestStatusService),
    ...callbackEndpoints,
  ];
}

/** The service at the path; undefined for any other path (fact sheet 1). */
export function serviceAt(path: string): ServiceName | undefined {
  return SERVICES.find((service) => pathOf(service) === path);
}

/** The operation of the service that the SOAPAction header names, with or without quotes; undefined for none. */
export function operationMeant(
  operations: readonly Operation[],
  service: ServiceName | undefined,
  { headers }: HttpRequest,
): Operation | undefined {
  const action = String(headers['soapaction'] ?? '').replace(/^"(.*)"$/, '$1');
  return operations.find(
    (operation) =>
      operation.service === service && action === soapActionOf(operation.service, operation.operation),
  );
}

/** The refusal of what is no SOAP call at all, or undefined. Statuses as any web server's. ASSUMED. */
export function httpRefusal(request: HttpRequest, service: ServiceName | undefined): HttpReply | undefined {
  if (service === undefined) return plain(404, `There is no service at ${request.path}.`);
  if (request.method !== 'POST') return plain(405, 'Only POST is served here; there is no WSDL.');
  if (request.bodyTooLarge) return plain(413, 'The request is too large.');
  const type = request.headers['content-type'] ?? '';
  return /^text\/xml\s*(;|$)/i.test(type) ? undefined : plain(415, `text/xml is expected, not "${type}".`);
}

function plain(status: number, body: string): HttpReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
