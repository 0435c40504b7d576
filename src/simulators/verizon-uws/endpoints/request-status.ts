import { faultOf } from '../../fault-box.ts';
import { accountsInScope } from '../access.ts';
import type { Call, Endpoint } from '../call.ts';
import type { ServiceName } from '../soap/names.ts';
import { readSequence } from '../soap/sequence.ts';
import { textElement } from '../xml/write.ts';
import { invalidValue } from './reading.ts';

/** How the change of one line stands (fact sheet 7). Which service it belongs to is not stated (2). */
export function requestStatusEndpoint(service: ServiceName): Endpoint {
  return { service, operation: 'GetRequestStatus', role: 'readOperation', handle: getRequestStatus };
}

function getRequestStatus(call: Call): string {
  const { accountName, requestId } = readSequence(call.input, [call.contract], (sequence) => ({
    accountName: sequence.text('AccountName'),
    requestId: sequence.text('RequestId'),
  }));
  accountsInScope(call, accountName);
  const request = call.sim.requests.find(requestId);
  if (request !== undefined && faultOf(call.faults, 'operationDisappears') !== undefined)
    request.isVanished = true;
  if (request === undefined || request.isVanished || request.accountName !== accountName)
    throw invalidValue(`The request ${requestId} was not found.`);
  const [only, ...others] = request.items;
  if (only === undefined || others.length > 0)
    throw invalidValue('The status of a request for several devices is not available.');
  return textElement('a:RequestId', requestId) + textElement('a:Status', only.outcome);
}
