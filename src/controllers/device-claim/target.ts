import type { Account } from '../../engine/account.ts';
import type { VendorHabits } from '../../ports/vendor.ts';
import { DEVICE_VENDORS, findAccount } from '../account-lookup.ts';
import { standingForMs } from '../missing-since.ts';
import type { ServedDeviceClaim } from '../resources.ts';
import { missingReference, type Standing } from '../standing.ts';
import type { DeviceClaimDeps } from './reconcile.ts';

/** Where the devices of a claim belong. */
export type Target =
  | {
      readonly ok: true;
      readonly account: Account;
      readonly companyId: string;
      readonly habits?: VendorHabits;
      /** The Customer is suspended, and with it whatever would be sent for it. */
      readonly customerSuspended: boolean;
      /** Holds up everything of the account. */
      readonly trouble?: Standing;
    }
  | { readonly ok: false; readonly standing: Standing };

/** The company and the account behind a claim's Customer, or what is missing on the way. */
export function findTarget(deps: DeviceClaimDeps, claim: ServedDeviceClaim): Target {
  const { name } = claim.spec.customerRef;
  const nowMs = deps.reporter.clock.now();
  const missingForMs = standingForMs(claim, ['CustomerNotFound', 'AccountNotFound'], nowMs);
  const customer = deps.customers.get(`${claim.metadata.namespace}/${name}`);
  if (customer === undefined) {
    const message = `Customer ${name} does not exist in this namespace; create it, it is picked up by itself`;
    return { ok: false, standing: missingReference('CustomerNotFound', message, missingForMs) };
  }
  const found = findAccount(
    customer.spec.accountRef.name,
    claim,
    deps.accounts,
    deps.fleet,
    missingForMs,
    DEVICE_VENDORS,
  );
  if (!found.ok) return found;
  const companyId = customer.status?.companyId;
  if (companyId !== undefined) {
    const { trouble } = found;
    const { account, habits } = found.open;
    return {
      ok: true,
      account,
      companyId,
      customerSuspended: customer.spec.suspend,
      ...(habits === undefined ? {} : { habits }),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }
  const ready = customer.status?.conditions?.find(({ type }) => type === 'Ready');
  const stalled = customer.status?.conditions?.some(({ type }) => type === 'Stalled') === true;
  const why = ready === undefined ? '' : `: ${ready.reason}: ${ready.message}`;
  return {
    ok: false,
    standing: {
      is: stalled ? 'stalled' : 'moving',
      reason: 'CustomerNotReady',
      message: `Customer ${name} is not bound to a company yet${why}`,
    },
  };
}
