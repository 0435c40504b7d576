import type { HttpReply } from '../../http.ts';
import type { VendorFault } from '../vendor-fault.ts';
import { element, escapeXml } from '../xml/write.ts';
import { contractOf, INSTANCE, type ServiceName, SOAP, V2 } from './names.ts';

/** The reply of an operation; the prefixes are those of the vendor's sample (5). */
export function outputReply(service: ServiceName, operation: string, output: string): HttpReply {
  const namespaces = { 'xmlns:a': contractOf(service), 'xmlns:i': INSTANCE };
  const body = element(`${operation}Response`, element('Output', output, namespaces), { xmlns: V2 });
  return soapReply(200, body, {});
}

/**
 * The fault as the vendor sends it. The prefix of the code is the service's or the general one; the two printed
 * examples have one each (10). ASSUMED: what failed gets the general one, what was invalid the service's.
 *
 * @param status 500 by the norm of SOAP 1.1; the vendor's is not known (10).
 */
export function faultReply(
  service: ServiceName,
  { code, message }: Pick<VendorFault, 'code' | 'message'>,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  const prefix = code.startsWith('REQUEST_FAILED.') ? 'UnifiedWebService' : service;
  const parts =
    element('faultcode', escapeXml(`${prefix}.${code}`)) +
    element('faultstring', escapeXml(message), { 'xml:lang': 'en-US' });
  return soapReply(status, element('s:Fault', parts), headers);
}

function soapReply(status: number, body: string, headers: Readonly<Record<string, string>>): HttpReply {
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
    body: element('s:Envelope', element('s:Body', body), { 'xmlns:s': SOAP }),
  };
}
