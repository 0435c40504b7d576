import { CUSTOMERS, type ServedDeviceClaim } from '../../controllers/resources.ts';
import type { KubeClient } from '../../kube/client.ts';
import { findObject } from './cluster-objects.ts';
import { scopeOfAccount } from './scope.ts';

/** Where the devices of a claim belong, as far as its customer and account are there. */
export interface ClaimTarget {
  readonly customer: string;
  /** The vendor's id of the company; absent while the customer is not bound. */
  readonly companyId?: string;
  readonly account?: string;
  /** `scopeHash` of the account. */
  readonly scope?: string;
}

/** Follows a claim's references. */
export async function targetOfClaim(
  client: KubeClient,
  { metadata, spec }: ServedDeviceClaim,
  signal: AbortSignal,
): Promise<ClaimTarget> {
  const { namespace = 'default' } = metadata;
  const { name } = spec.customerRef;
  const customer = await findObject(client, CUSTOMERS, { namespace, name }, signal);
  if (customer === undefined) return { customer: name };
  const companyId = customer.status?.companyId ?? customer.spec.companyId;
  const account = customer.spec.accountRef.name;
  const bound = { customer: name, account, ...(companyId === undefined ? {} : { companyId }) };
  const scope = await scopeOfAccount(client, { namespace, name: account }, signal);
  return scope === undefined ? bound : { ...bound, scope };
}
