import type { Identifier } from '../identifiers.ts';
import { contractOf, INSTANCE, SOAP } from '../soap/names.ts';
import { element, textElement } from '../xml/write.ts';
import type { Registration } from './book.ts';

/** What is told about one line of a request. */
export interface Notice {
  readonly requestId: string;
  readonly identifier: Identifier;
  readonly status: string;
}

/**
 * The message as it is posted to the listener. The names are those of the vendor's page; their layout in SOAP is
 * ASSUMED (fact sheet 8). The password travels inside, as at the vendor.
 */
export function noticeMessage(registration: Registration, { requestId, identifier, status }: Notice): string {
  const device = textElement('Kind', identifier.kind) + textElement('Identifier', identifier.value);
  const failure = element(
    'Fault',
    textElement('faultcode', 'CarrierService.REQUEST_FAILED.UnexpectedError') +
      textElement('faultstring', 'The state of the device could not be changed.'),
  );
  const request =
    textElement('Username', registration.username) +
    textElement('Password', registration.password) +
    textElement('RequestId', requestId) +
    element('Device', device) +
    textElement('Status', status) +
    (status === 'Failed' ? failure : textElement('Data', undefined));
  const namespaces = { xmlns: contractOf('CallbackRegistrationService'), 'xmlns:i': INSTANCE };
  return element('s:Envelope', element('s:Body', element('CallbackRequest', request, namespaces)), {
    'xmlns:s': SOAP,
  });
}
