import type { Result } from '../../ports/failure.ts';
import {
  decodeAcknowledged,
  decodeCharges,
  decodeCreated,
  decodeDevices,
  decodeNothing,
  decodePromotions,
  decodeSubscriptions,
} from './codec.ts';
import { PAGE_CHARGES } from './limits.ts';
import type { Session } from './session.ts';
import type {
  AcknowledgedData,
  AcknowledgeRequest,
  ChargesData,
  CreatedSubscription,
  CreateRequest,
  CustomerRequest,
  DevicesData,
  DevicesRequest,
  ListChargesRequest,
  WirePromotion,
  WireSubscription,
} from './wire.ts';

/** One login's methods, one function each, one request each (fact sheet 4). The token calls stand in `login.ts`. */
export interface NetflixClient {
  /** GET netflix/promotions/list */
  listPromotions(signal: AbortSignal): Promise<Result<readonly WirePromotion[]>>;
  /** GET netflix/subscriptions/show. `notFound`, or an empty list: the customer has none. */
  showSubscription(customer: string, signal: AbortSignal): Promise<Result<readonly WireSubscription[]>>;
  /** POST netflix/subscriptions/create */
  createSubscription(request: CreateRequest, signal: AbortSignal): Promise<Result<CreatedSubscription>>;
  /** POST netflix/subscriptions/suspend */
  suspend(request: CustomerRequest, signal: AbortSignal): Promise<Result<object | null>>;
  /** POST netflix/subscriptions/unsuspend */
  unsuspend(request: CustomerRequest, signal: AbortSignal): Promise<Result<object | null>>;
  /** POST netflix/subscriptions/cancel */
  cancel(request: CustomerRequest, signal: AbortSignal): Promise<Result<object | null>>;
  /** GET netflix/charges/list */
  listCharges(request: ListChargesRequest, signal: AbortSignal): Promise<Result<ChargesData>>;
  /** POST netflix/charges/acknowledge */
  acknowledge(request: AcknowledgeRequest, signal: AbortSignal): Promise<Result<AcknowledgedData | null>>;
  /** POST netflix/operators/register_devices */
  registerDevices(request: DevicesRequest, signal: AbortSignal): Promise<Result<DevicesData | null>>;
  /** POST netflix/operators/unregister_devices */
  unregisterDevices(request: DevicesRequest, signal: AbortSignal): Promise<Result<DevicesData | null>>;
}

export function netflixClient(session: Session): NetflixClient {
  const read = { access: 'read' } as const;
  const write = { access: 'write' } as const;
  const act = (method: string) => (body: CustomerRequest, signal: AbortSignal) =>
    session({ ...write, method: `netflix/subscriptions/${method}`, body, decode: decodeNothing }, signal);
  const devices = (method: string) => (body: DevicesRequest, signal: AbortSignal) =>
    session({ ...write, method: `netflix/operators/${method}`, body, decode: decodeDevices }, signal);

  return {
    listPromotions: (signal) =>
      session({ ...read, method: 'netflix/promotions/list', query: {}, decode: decodePromotions }, signal),
    showSubscription: (customer, signal) => {
      const query = { billing_system_customer_identifier: customer };
      return session(
        { ...read, method: 'netflix/subscriptions/show', query, decode: decodeSubscriptions },
        signal,
      );
    },
    createSubscription: (body, signal) =>
      session({ ...write, method: 'netflix/subscriptions/create', body, decode: decodeCreated }, signal),
    suspend: act('suspend'),
    unsuspend: act('unsuspend'),
    cancel: act('cancel'),
    listCharges: ({ charge_status, offset }, signal) => {
      const query = { number_of_results: String(PAGE_CHARGES), charge_status, offset: String(offset) };
      return session({ ...read, method: 'netflix/charges/list', query, decode: decodeCharges }, signal);
    },
    acknowledge: (body, signal) =>
      session({ ...write, method: 'netflix/charges/acknowledge', body, decode: decodeAcknowledged }, signal),
    registerDevices: devices('register_devices'),
    unregisterDevices: devices('unregister_devices'),
  };
}
