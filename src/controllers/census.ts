import type { Account } from '../engine/account.ts';
import type { Clock } from '../ports/clock.ts';

/** How many devices stand where, over a whole account. */
export interface Census {
  readonly devices: number;
  readonly unmanaged: number;
  readonly companies: number;
  readonly byCompany: ReadonlyMap<string, CompanyCensus>;
}

export interface CompanyCensus {
  /** Devices that claims declare for the company. */
  readonly declared: number;
  /** Declared devices that the company was seen to hold. */
  readonly claimed: number;
  /** Devices the company was seen to hold and no claim names. */
  readonly unmanaged: number;
}

/** Counting walks over every item, so one count serves all who ask within this time. ASSUMED: fresh for a person. */
const FRESH_MS = 1_000;

/** Counts the devices of accounts; many resources of one account share one count. */
export function createCensusTaker(clock: Clock): (account: Account) => Census {
  const taken = new WeakMap<Account, { readonly atMs: number; readonly census: Census }>();
  return (account) => {
    const nowMs = clock.monotonic();
    const last = taken.get(account);
    if (last !== undefined && nowMs - last.atMs < FRESH_MS) return last.census;
    const census = take(account);
    taken.set(account, { atMs: nowMs, census });
    return census;
  };
}

function take(account: Account): Census {
  const byCompany = new Map<string, { declared: number; claimed: number; unmanaged: number }>();
  const company = (id: string): { declared: number; claimed: number; unmanaged: number } => {
    const found = byCompany.get(id) ?? { declared: 0, claimed: 0, unmanaged: 0 };
    byCompany.set(id, found);
    return found;
  };
  let devices = 0;
  let unmanaged = 0;
  account.devices.survey(({ seenInSet, desiredSet, declared }) => {
    if (desiredSet !== undefined) company(desiredSet).declared += 1;
    if (seenInSet === undefined) return;
    devices += 1;
    if (seenInSet === desiredSet) company(seenInSet).claimed += 1;
    if (declared) return;
    unmanaged += 1;
    company(seenInSet).unmanaged += 1;
  });
  let companies = 0;
  account.companies.survey(({ key, seenInSet }) => {
    if (seenInSet !== undefined && key.startsWith('id:')) companies += 1;
  });
  return { devices, unmanaged, companies, byCompany };
}
