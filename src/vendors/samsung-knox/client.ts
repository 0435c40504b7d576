import { ok, type Result } from '../../ports/failure.ts';
import {
  type CreateCustomerRequest,
  type CustomerListReply,
  PATHS,
  pageQuery,
  statusQuery,
  type WireCustomer,
} from './assumed.ts';
import {
  decodeAcknowledgement,
  decodeCustomer,
  decodeCustomers,
  decodeDevices,
  decodeStatus,
} from './codec.ts';
import type { Session } from './session.ts';
import type {
  Acknowledgement,
  DeleteRequest,
  DeviceListReply,
  UploadRequest,
  WireTransaction,
} from './wire.ts';

/** What a caller says of an upload or a delete; who the reseller is, the client knows. */
export type Upload = Omit<UploadRequest, 'resellerId'>;
export type Delete = Omit<DeleteRequest, 'resellerId'>;

/** One reseller's endpoints, one function each, one request each (KDP, API reference). */
export interface SamsungClient {
  upload(request: Upload, signal: AbortSignal): Promise<Result<Acknowledgement>>;
  remove(request: Delete, signal: AbortSignal): Promise<Result<Acknowledgement>>;
  /** Undefined when the status does not show it: not yet, not any more, or it never arrived. */
  transaction(transactionId: string, signal: AbortSignal): Promise<Result<WireTransaction | undefined>>;
  /** One page of one customer's devices, numbered from 0. */
  devices(customerId: string, pageNum: number, signal: AbortSignal): Promise<Result<DeviceListReply>>;
  customers(pageNum: number, signal: AbortSignal): Promise<Result<CustomerListReply>>;
  createCustomer(request: CreateCustomerRequest, signal: AbortSignal): Promise<Result<WireCustomer>>;
}

export function samsungClient(session: Session, resellerId: string): SamsungClient {
  return {
    upload(request, signal) {
      const body = { resellerId, ...request };
      return session(
        {
          method: 'PUT',
          path: PATHS.upload,
          body,
          access: 'write',
          decode: decodeAcknowledgement,
          anyStatus: true,
        },
        signal,
      );
    },
    remove(request, signal) {
      const body = { resellerId, ...request };
      return session(
        {
          method: 'PUT',
          path: PATHS.delete,
          body,
          access: 'write',
          decode: decodeAcknowledgement,
          anyStatus: true,
        },
        signal,
      );
    },
    async transaction(transactionId, signal) {
      const path = `${PATHS.status}?${statusQuery(resellerId, transactionId)}`;
      const reply = await session({ method: 'GET', path, access: 'read', decode: decodeStatus }, signal);
      if (!reply.ok) return reply;
      const { transactions = [] } = reply.value.devices;
      return ok(transactions.find((one) => one.transactionId === transactionId));
    },
    devices(customerId, pageNum, signal) {
      const path = `${PATHS.devices}?${pageQuery(resellerId, pageNum, customerId)}`;
      return session({ method: 'GET', path, access: 'read', decode: decodeDevices }, signal);
    },
    customers(pageNum, signal) {
      const path = `${PATHS.customers}?${pageQuery(resellerId, pageNum)}`;
      return session({ method: 'GET', path, access: 'read', decode: decodeCustomers }, signal);
    },
    createCustomer(body, signal) {
      const path = PATHS.createCustomer;
      return session({ method: 'POST', path, body, access: 'write', decode: decodeCustomer }, signal);
    },
  };
}
