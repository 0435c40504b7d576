import type { Call } from './call.ts';
import type { Device } from './device.ts';
import type { Identifier } from './identifiers.ts';
import type { StoreReads } from './store.ts';
import { CODES, VendorFault } from './vendor-fault.ts';

/**
 * The accounts a request works on: the one it names, or all of the login (fact sheet 6.1). Faults when the account
 * is unknown or another's, or the login has none (10).
 */
export function accountsInScope({ sim, user }: Call, accountName: string | undefined): readonly string[] {
  if (accountName === undefined) {
    if (user.accounts.length > 0) return user.accounts;
    throw new VendorFault(CODES.noAccounts, 'The user has no accounts.');
  }
  if (user.accounts.includes(accountName)) return [accountName];
  const isKnown = sim.users.list().some(({ accounts }) => accounts.includes(accountName));
  throw isKnown
    ? new VendorFault(CODES.accountForbidden, `The user is not associated with the account ${accountName}.`)
    : new VendorFault(CODES.accountNotFound, `The account ${accountName} was not found.`);
}

/** The line all the identifiers name together; undefined when they name none, or different ones. */
export function deviceNamed(reads: StoreReads, identifiers: readonly Identifier[]): Device | undefined {
  const [first, ...others] = identifiers.map((identifier) => reads.named(identifier));
  return others.every((other) => other === first) ? first : undefined;
}

/** The line, which must be one of the login's; a foreign one is not told apart from an unknown one. ASSUMED. */
export function requireDevice(call: Call, identifiers: readonly Identifier[]): Device {
  const device = deviceNamed(call.reads, identifiers);
  if (device !== undefined && call.user.accounts.includes(device.accountName)) return device;
  throw deviceNotFound(identifiers);
}

export function deviceNotFound(identifiers: readonly Identifier[]): VendorFault {
  const names = identifiers.map(({ kind, value }) => `${kind} ${value}`).join(', ');
  return new VendorFault(CODES.deviceNotFound, `The device ${names} was not found.`);
}
