import type { Result } from '../../ports/failure.ts';
import { type Answer, readAnswer, requestBody } from './soap/envelope.ts';
import { COMMON, contractOf, type Service } from './soap/names.ts';
import { childOf, childrenOf, type Node, textOf } from './soap/read.ts';
import { type Element, element } from './soap/write.ts';
import type {
  DeactivateReply,
  DeactivateRequest,
  DeleteDevicesReply,
  DeleteDevicesRequest,
  DeviceInformationRequest,
  EmptyListReply,
  HistoryReply,
  HistoryRequest,
  LogInReply,
  LogInRequest,
  RequestStatusReply,
  RequestStatusRequest,
  WireDeleteResult,
  WireDevice,
  WireHistory,
  WireHistoryRow,
  WireIdentifier,
  WireShownIdentifier,
  WireValue,
} from './wire.ts';

/** Reads the `Output` of a reply, or answers undefined when it is not what the documents promise. Never throws. */
export type Decoder<T> = (output: Node) => T | undefined;

/** One operation of a service with everything its message holds but the token. */
export interface Message {
  readonly service: Service;
  readonly operation: string;
  /** In the order that the documents print; where none is printed, in the alphabet's (1). */
  readonly input: readonly Element[];
}

const DEVICE = contractOf('DeviceService');

/** Device ids of the samples have 10 digits (6.1). */
const LATER_THAN_ALL = '999999999999999';

/** The only reason there is: general administration and maintenance (7). */
const REASON_CODE = 'FF';

/** The body of a request. Fails with `rejected` for a value the vendor refuses. */
export function encode({ service, operation, input }: Message, token?: string): Result<string> {
  return requestBody(service, operation, input, token);
}

export function decode(body: string, operation: string): Answer | undefined {
  return readAnswer(body, operation);
}

/** Username before password, which is not the alphabet's order (3). */
export function logInMessage({ username, password }: LogInRequest): Message {
  const input = [element('nph:Username', username), element('nph:Password', password)];
  return { service: 'SessionService', operation: 'LogIn', input };
}

export const decodeLogIn: Decoder<LogInReply> = (output) => {
  const sessionToken = textOf(output, contractOf('SessionService'), 'SessionToken');
  return sessionToken === undefined ? undefined : { sessionToken };
};

export function deviceInformationMessage({ device }: DeviceInformationRequest): Message {
  const input = [element('nph:Device', identifierElements(device))];
  return { service: 'DeviceService', operation: 'GetDeviceInformation', input };
}

export const decodeDevice: Decoder<WireDevice> = (output) => {
  const device = childOf(output, DEVICE, 'Device');
  const state = textOf(childOf(device, DEVICE, 'CarrierInformation'), DEVICE, 'State');
  const list = childOf(device, DEVICE, 'DeviceIdentifiers');
  if (device === undefined || state === undefined || list === undefined) return undefined;
  const identifiers = all(childrenOf(list, COMMON, 'DeviceIdentifier').map(shownIdentifier));
  if (identifiers === undefined || identifiers.length === 0) return undefined;
  const accountName = textOf(device, DEVICE, 'AccountName');
  return {
    ...(accountName === undefined ? {} : { accountName }),
    state,
    identifiers,
    everything: valueOf(device),
  };
};

/** Devices born after one that nobody has: none, whatever the account holds. */
export function emptyListMessage(accountName: string): Message {
  const after = element('nph:LargestDeviceIdSeen', LATER_THAN_ALL);
  const input = [element('nph:AccountName', accountName), after];
  return { service: 'DeviceService', operation: 'GetDeviceList', input };
}

/** Whether there is more; that alone is asked. */
export const decodeEmptyList: Decoder<EmptyListReply> = (output) => {
  const isComplete = textOf(output, DEVICE, 'IsComplete');
  return isComplete === 'true' ? { isComplete: true } : undefined;
};

/** One device, never an account or a group: see `DeactivateRequest`. */
export function deactivateMessage({ device, etfWaiver }: DeactivateRequest): Message {
  const deactivate = [element('nph:EtfWaiver', String(etfWaiver)), element('nph:ReasonCode', REASON_CODE)];
  const input = [element('nph:Deactivate', deactivate), deviceList([device])];
  return { service: 'CarrierService', operation: 'ChangeDeviceState', input };
}

export const decodeDeactivate: Decoder<DeactivateReply> = (output) => {
  const requestId = textOf(output, contractOf('CarrierService'), 'RequestId');
  return requestId === undefined ? undefined : { requestId };
};

/** Which service has it is not stated; DeviceService is ASSUMED (2). */
export function requestStatusMessage({ accountName, requestId }: RequestStatusRequest): Message {
  const input = [element('nph:AccountName', accountName), element('nph:RequestId', requestId)];
  return { service: 'DeviceService', operation: 'GetRequestStatus', input };
}

export const decodeRequestStatus: Decoder<RequestStatusReply> = (output) => {
  const status = textOf(output, DEVICE, 'Status');
  return status === undefined ? undefined : { status };
};

/** Operation, filter and the element of a row's time (9; the last as in the REST twin). */
const HISTORIES: Readonly<Record<WireHistory, { operation: string; filter: string; time: string }>> = {
  usage: { operation: 'GetDeviceUsageHistory', filter: 'TimestampFilter', time: 'Timestamp' },
  connection: { operation: 'GetDeviceConnectionHistory', filter: 'OccurredAtFilter', time: 'OccurredAt' },
  provisioning: { operation: 'GetDeviceProvisioningHistory', filter: 'OccurredAtFilter', time: 'OccurredAt' },
};

export function historyMessage({ history, device, earliestMs, latestMs }: HistoryRequest): Message {
  const { operation, filter } = HISTORIES[history];
  const range = [element('nph:Earliest', timeText(earliestMs)), element('nph:Latest', endText(latestMs))];
  const input = [element('nph:Device', identifierElements(device)), element(`nph:${filter}`, range)];
  return { service: 'DeviceService', operation, input };
}

/**
 * The rows, and whether they are all. No document names the elements around a row, so a row is whatever has the
 * time of that history, directly in the output or one level deeper; anything else there is no honest reply.
 */
export function decodeHistory(history: WireHistory): Decoder<HistoryReply> {
  const { time } = HISTORIES[history];
  return (output) => {
    const isComplete = textOf(output, DEVICE, 'IsComplete');
    if (isComplete !== 'true' && isComplete !== 'false') return undefined;
    const parts = output.children.filter(({ name }) => name !== 'IsComplete');
    const rows = all(
      parts.flatMap((part) => (hasTime(part, time) ? [part] : part.children)).map(rowOf(time)),
    );
    return rows === undefined ? undefined : { rows, isComplete: isComplete === 'true' };
  };
}

function hasTime(node: Node, time: string): boolean {
  return childOf(node, DEVICE, time) !== undefined;
}

function rowOf(time: string): (node: Node) => WireHistoryRow | undefined {
  return (node) => {
    const at = textOf(node, DEVICE, time);
    return at === undefined ? undefined : { at, everything: valueOf(node) };
  };
}

/** As the vendor's sample: account first, then every device in a collection of its own (page DeleteDevices). */
export function deleteMessage({ accountName, devices }: DeleteDevicesRequest): Message {
  const list = deviceList(devices.map(({ device }) => device));
  const input = [element('nph:AccountName', accountName), list];
  return { service: 'DeviceService', operation: 'DeleteDevices', input };
}

export const decodeDelete: Decoder<Omit<DeleteDevicesReply, 'isRepaired'>> = (output) => {
  const list = childOf(output, DEVICE, 'Devices');
  if (list === undefined) return undefined;
  const results = all(childrenOf(list, DEVICE, 'DeleteDevice').map(deleteResult));
  return results === undefined || results.length !== list.children.length ? undefined : { results };
};

function deleteResult(node: Node): WireDeleteResult | undefined {
  const identifier = childOf(node, DEVICE, 'DeviceIdentifier');
  const device = identifier === undefined ? undefined : shownIdentifier(identifier);
  const status = textOf(node, DEVICE, 'Status');
  if (device === undefined || status === undefined) return undefined;
  const message = textOf(node, DEVICE, 'Message');
  return { device, status, ...(message === undefined ? {} : { message }) };
}

/**
 * The one repair that is allowed, for the wrong tag of the vendor's own sample: an opening `DeleteDevice` with nothing
 * but white space before the end of `Devices` becomes a closing tag (5). Undefined when there is no such place.
 */
export function repairDelete(body: string): string | undefined {
  const wrong = /<((?:[\w.-]+:)?DeleteDevice)>(\s*<\/(?:[\w.-]+:)?Devices>)/;
  return wrong.test(body) ? body.replace(wrong, '</$1>$2') : undefined;
}

/** The wire name is `DeviceIdentifiers`; the vendor's tables misspell it (4). */
function deviceList(devices: readonly WireIdentifier[]): Element {
  return element(
    'nph:DeviceList',
    devices.map((device) =>
      element('nph1:DeviceIdentifierCollection', [
        element('nph1:DeviceIdentifiers', [element('nph1:DeviceIdentifier', identifierElements(device))]),
      ]),
    ),
  );
}

/** Kind before identifier, which is not the alphabet's order (1). */
function identifierElements({ kind, identifier }: WireIdentifier): readonly Element[] {
  return [element('nph1:Kind', kind), element('nph1:Identifier', identifier)];
}

function shownIdentifier(node: Node): WireShownIdentifier | undefined {
  const kind = textOf(node, COMMON, 'Kind');
  const identifier = textOf(node, COMMON, 'Identifier');
  return kind === undefined || identifier === undefined
    ? undefined
    : { kind: kind.toLowerCase(), identifier };
}

/** An xs:dateTime in UTC. */
function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** The last instant of a millisecond: the service counts in tenths of microseconds (.NET; ASSUMED that it does). */
function endText(ms: number): string {
  return timeText(ms).replace('Z', '9999Z');
}

/** What stands in an element, whatever its names: nothing the vendor says of a line is lost in its archive. */
function valueOf(node: Node): WireValue {
  if (node.isNil) return null;
  if (node.children.length === 0) return node.text;
  const values = new Map<string, WireValue[]>();
  for (const child of node.children) {
    values.set(child.name, [...(values.get(child.name) ?? []), valueOf(child)]);
  }
  return Object.fromEntries(
    [...values].map(([name, list]) => [name, list.length === 1 ? (list[0] as WireValue) : list]),
  );
}

function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  return values.some((value) => value === undefined) ? undefined : (values as readonly T[]);
}
