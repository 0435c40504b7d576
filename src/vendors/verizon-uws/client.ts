import { failed, ok, type Result } from '../../ports/failure.ts';
import {
  deactivateMessage,
  decodeDeactivate,
  decodeDelete,
  decodeDevice,
  decodeEmptyList,
  decodeHistory,
  decodeRequestStatus,
  deleteMessage,
  deviceInformationMessage,
  emptyListMessage,
  historyMessage,
  repairDelete,
  requestStatusMessage,
} from './codec.ts';
import { MAX_DELETED_DEVICES } from './limits.ts';
import type { Exchanged, Session } from './session.ts';
import type {
  DeactivateReply,
  DeactivateRequest,
  DeleteDevicesReply,
  DeleteDevicesRequest,
  DeviceInformationRequest,
  EmptyListReply,
  HistoryReply,
  HistoryRequest,
  RequestStatusReply,
  RequestStatusRequest,
  WireDevice,
} from './wire.ts';

/** One login's operations, one function each, one request each (UWS fact sheet 5, 6.2, 7, 9). */
export interface UwsClient {
  /** GetDeviceList for the account, of nothing: shows that the login may use the account. */
  askForNothing(accountName: string, signal: AbortSignal): Promise<Result<EmptyListReply>>;
  /** `notFound` when the account has no such device. */
  getDeviceInformation(request: DeviceInformationRequest, signal: AbortSignal): Promise<Result<WireDevice>>;
  /** One page of one history: at most 500 rows, ready in 30 seconds or `transient`. */
  getHistory(request: HistoryRequest, signal: AbortSignal): Promise<Result<HistoryReply>>;
  /** ChangeDeviceState with the variant Deactivate, for one device. `mayStart` is asked as the first byte would leave. */
  deactivate(
    request: DeactivateRequest,
    signal: AbortSignal,
    mayStart?: () => boolean,
  ): Promise<Result<DeactivateReply>>;
  getRequestStatus(request: RequestStatusRequest, signal: AbortSignal): Promise<Result<RequestStatusReply>>;
  /**
   * Deletes devices with all their history. There is no way back. Refuses none, more than 100 and doubles itself.
   * `mayStart` is asked as the first byte would leave.
   */
  deleteDevices(
    request: DeleteDevicesRequest,
    signal: AbortSignal,
    mayStart?: () => boolean,
  ): Promise<Result<DeleteDevicesReply>>;
}

export function uwsClient(session: Session): UwsClient {
  async function call<Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal): Promise<Result<Reply>> {
    const replied = await session(exchanged, signal);
    return replied.ok ? ok(replied.value.reply) : replied;
  }

  return {
    askForNothing: (accountName, signal) =>
      call({ ...emptyListMessage(accountName), access: 'read', decode: decodeEmptyList }, signal),
    getDeviceInformation: (request, signal) =>
      call({ ...deviceInformationMessage(request), access: 'read', decode: decodeDevice }, signal),
    getHistory: (request, signal) =>
      call({ ...historyMessage(request), access: 'read', decode: decodeHistory(request.history) }, signal),
    deactivate: (request, signal, mayStart) =>
      call({ ...deactivateMessage(request), access: 'write', decode: decodeDeactivate, mayStart }, signal),
    getRequestStatus: (request, signal) =>
      call({ ...requestStatusMessage(request), access: 'read', decode: decodeRequestStatus }, signal),
    async deleteDevices(request, signal, mayStart) {
      const refusal = refusalOf(request);
      if (refusal !== undefined) return failed({ kind: 'rejected', code: 'INVALID_LIST', message: refusal });
      const replied = await session(
        { ...deleteMessage(request), access: 'write', decode: decodeDelete, repair: repairDelete, mayStart },
        signal,
      );
      if (!replied.ok) return replied;
      return ok({ ...replied.value.reply, isRepaired: replied.value.isRepaired });
    },
  };
}

/** What Verizon does with such lists is not documented (5), so it never sees one. */
function refusalOf({ devices }: DeleteDevicesRequest): string | undefined {
  if (devices.length === 0) return 'no device was named to be deleted';
  if (devices.length > MAX_DELETED_DEVICES) return 'more devices were named than one call may delete';
  const names = new Set(devices.map(({ device }) => `${device.kind}:${device.identifier}`));
  return names.size < devices.length ? 'a device was named twice' : undefined;
}
