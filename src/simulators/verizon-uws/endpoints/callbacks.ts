import { accountsInScope } from '../access.ts';
import type { Call, Endpoint } from '../call.ts';
import { addressProblem, CALLBACK_SERVICES } from '../callbacks/address.ts';
import { readSequence } from '../soap/sequence.ts';
import { element, textElement } from '../xml/write.ts';
import { invalidValue } from './reading.ts';

const SERVICE = 'CallbackRegistrationService';

/** Who is told about outcomes (fact sheet 8). The elements come in the order the sheet lists them. */
export const callbackEndpoints: readonly Endpoint[] = [
  { service: SERVICE, operation: 'RegisterCallback', role: 'write', handle: register },
  { service: SERVICE, operation: 'GetCallbackRegistrations', role: 'read', handle: list },
  { service: SERVICE, operation: 'UnregisterCallback', role: 'write', handle: unregister },
];

function register(call: Call): string {
  const registration = readSequence(call.input, [call.contract], (sequence) => ({
    accountName: sequence.text('AccountName'),
    serviceName: sequence.text('ServiceName'),
    url: sequence.text('Url'),
    username: sequence.optionalText('Username') ?? '',
    password: sequence.optionalText('Password') ?? '',
  }));
  const { accountName, serviceName, url } = registration;
  accountsInScope(call, accountName);
  if (!CALLBACK_SERVICES.includes(serviceName)) throw invalidValue(`There is no service ${serviceName}.`);
  const problem = addressProblem(url, call.sim.settings.callbackPorts);
  if (problem !== undefined) throw invalidValue(problem);
  call.sim.callbacks.put(registration);
  call.sim.ledger.addEffect(call.entry.seq, { change: 'callbackRegistered', accountName, serviceName });
  return textElement('a:AccountName', accountName) + textElement('a:ServiceName', serviceName);
}

/** Passwords are shown in clear, as at the vendor (8). */
function list(call: Call): string {
  const accountName = readSequence(call.input, [call.contract], (sequence) => sequence.text('AccountName'));
  accountsInScope(call, accountName);
  const registrations = call.sim.callbacks.list().filter((entry) => entry.accountName === accountName);
  const written = registrations.map((entry) =>
    element(
      'a:CallbackRegistration',
      textElement('a:Password', entry.password) +
        textElement('a:ServiceName', entry.serviceName) +
        textElement('a:Url', entry.url) +
        textElement('a:Username', entry.username),
    ),
  );
  return element('a:CallbackRegistrations', written.join(''));
}

function unregister(call: Call): string {
  const { accountName, serviceName } = readSequence(call.input, [call.contract], (sequence) => ({
    accountName: sequence.text('AccountName'),
    serviceName: sequence.text('ServiceName'),
  }));
  accountsInScope(call, accountName);
  if (!call.sim.callbacks.remove(accountName, serviceName))
    throw invalidValue(`No callback is registered for ${serviceName}.`);
  call.sim.ledger.addEffect(call.entry.seq, { change: 'callbackUnregistered', accountName, serviceName });
  return textElement('a:AccountName', accountName) + textElement('a:ServiceName', serviceName);
}
