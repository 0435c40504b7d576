import type { Result } from '../../ports/failure.ts';
import {
  decodeClaimDevice,
  decodeCompany,
  decodeDevice,
  decodeEmpty,
  decodeFindDevices,
  decodeListCustomers,
  decodeOperation,
} from './codec.ts';
import { PAGE_ITEMS } from './limits.ts';
import type { Session } from './session.ts';
import type {
  ClaimDeviceReply,
  ClaimDevicesRequest,
  CreateCustomerRequest,
  FindByIdentifierRequest,
  FindByOwnerRequest,
  FindDevicesReply,
  ListCustomersReply,
  UnclaimDevicesRequest,
  UpdateMetadataRequest,
  WireClaim,
  WireCompany,
  WireDevice,
  WireOperation,
  WireUnclaim,
} from './wire.ts';

/** One partner's endpoints, one function each, one request each (reference/reseller/rest). */
export interface GoogleClient {
  listCustomers(pageToken: string | undefined, signal: AbortSignal): Promise<Result<ListCustomersReply>>;
  createCustomer(request: CreateCustomerRequest, signal: AbortSignal): Promise<Result<WireCompany>>;
  claim(request: WireClaim, signal: AbortSignal): Promise<Result<ClaimDeviceReply>>;
  claimAsync(request: ClaimDevicesRequest, signal: AbortSignal): Promise<Result<WireOperation>>;
  unclaim(request: WireUnclaim, signal: AbortSignal): Promise<Result<object>>;
  unclaimAsync(request: UnclaimDevicesRequest, signal: AbortSignal): Promise<Result<WireOperation>>;
  updateMetadataAsync(request: UpdateMetadataRequest, signal: AbortSignal): Promise<Result<WireOperation>>;
  findByIdentifier(request: FindByIdentifierRequest, signal: AbortSignal): Promise<Result<FindDevicesReply>>;
  findByOwner(request: FindByOwnerRequest, signal: AbortSignal): Promise<Result<FindDevicesReply>>;
  /** `notFound` when Google knows no such device of ours. */
  getDevice(deviceId: string, signal: AbortSignal): Promise<Result<WireDevice>>;
  /** `notFound` when Google forgot the operation. */
  getOperation(name: string, signal: AbortSignal): Promise<Result<WireOperation>>;
}

export function googleClient(session: Session, partnerId: string): GoogleClient {
  const partner = `/v1/partners/${encodeURIComponent(partnerId)}`;

  return {
    listCustomers(pageToken, signal) {
      const query = new URLSearchParams({
        // Without a page size Google sends all customers in one reply.
        pageSize: String(PAGE_ITEMS),
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      const path = `${partner}/customers?${query.toString()}`;
      return session({ method: 'GET', path, access: 'read', decode: decodeListCustomers }, signal);
    },
    createCustomer(body, signal) {
      const path = `${partner}/customers`;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeCompany }, signal);
    },
    claim(body, signal) {
      const path = `${partner}/devices:claim`;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeClaimDevice }, signal);
    },
    claimAsync(body, signal) {
      const path = `${partner}/devices:claimAsync`;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeOperation }, signal);
    },
    unclaim(body, signal) {
      const path = `${partner}/devices:unclaim`;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeEmpty }, signal);
    },
    unclaimAsync(body, signal) {
      const path = `${partner}/devices:unclaimAsync`;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeOperation }, signal);
    },
    updateMetadataAsync(body, signal) {
      const path = `${partner}/devices:updateMetadataAsync`;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeOperation }, signal);
    },
    findByIdentifier(body, signal) {
      const path = `${partner}/devices:findByIdentifier`;
      return session({ method: 'POST', path, body, access: 'read', decode: decodeFindDevices }, signal);
    },
    findByOwner(body, signal) {
      const path = `${partner}/devices:findByOwner`;
      return session({ method: 'POST', path, body, access: 'read', decode: decodeFindDevices }, signal);
    },
    getDevice(deviceId, signal) {
      const path = `${partner}/devices/${encodeURIComponent(deviceId)}`;
      return session(
        { method: 'GET', path, access: 'read', decode: decodeDevice, mayBeAbsent: true },
        signal,
      );
    },
    getOperation(name, signal) {
      const path = `/v1/${name.split('/').map(encodeURIComponent).join('/')}`;
      return session(
        { method: 'GET', path, access: 'read', decode: decodeOperation, mayBeAbsent: true },
        signal,
      );
    },
  };
}
