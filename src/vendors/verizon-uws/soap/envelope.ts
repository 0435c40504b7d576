import { ok, type Result } from '../../../ports/failure.ts';
import { COMMON, contractOf, type Service, SOAP, V2 } from './names.ts';
import { childOf, type Node, parseXml } from './read.ts';
import { type Element, element, write } from './write.ts';

/** What a message from the service says: the `Output` of the operation, or a fault. */
export type Answer =
  | { readonly is: 'output'; readonly output: Node }
  | { readonly is: 'fault'; readonly faultCode: string; readonly faultString: string };

/**
 * The body of a request: envelope, the token where there is one, operation and input, with the prefixes of the
 * vendor's sample (`nph` the service's contract, `nph1` the common one). Fails as `write` does.
 */
export function requestBody(
  service: Service,
  operation: string,
  input: readonly Element[],
  token?: string,
): Result<string> {
  const header = token === undefined ? [] : [element('soapenv:Header', [element('v2:token', token)])];
  const body = element('soapenv:Body', [element(`v2:${operation}`, [element('v2:Input', input)])]);
  let inner = '';
  for (const part of [...header, body]) {
    const written = write(part);
    if (!written.ok) return written;
    inner += written.value;
  }
  const namespaces = `xmlns:soapenv="${SOAP}" xmlns:nph="${contractOf(service)}" xmlns:nph1="${COMMON}" xmlns:v2="${V2}"`;
  return ok(
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${namespaces}>${inner}</soapenv:Envelope>`,
  );
}

/** Reads a message; undefined when it is not the operation's reply nor a fault. */
export function readAnswer(text: string, operation: string): Answer | undefined {
  const root = parseXml(text);
  if (root === undefined || root.namespace !== SOAP || root.name !== 'Envelope') return undefined;
  const body = childOf(root, SOAP, 'Body');
  const fault = childOf(body, SOAP, 'Fault');
  if (fault !== undefined) {
    // SOAP 1.1 puts these two into no namespace (section 4.4).
    const code = fault.children.find(({ name }) => name === 'faultcode')?.text ?? '';
    const message = fault.children.find(({ name }) => name === 'faultstring')?.text ?? '';
    return code === '' ? undefined : { is: 'fault', faultCode: code, faultString: message };
  }
  const output = childOf(childOf(body, V2, `${operation}Response`), V2, 'Output');
  return output === undefined ? undefined : { is: 'output', output };
}
