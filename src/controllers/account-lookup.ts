import type { KubeObject } from '../kube/object.ts';
import type { Store } from '../kube/store.ts';
import type { Fleet, OpenAccount } from './fleet.ts';
import type { ServedVendorAccount } from './resources.ts';
import { missingReference, type Standing } from './standing.ts';

export type FoundAccount =
  /** `trouble`: it is open, and something holds everything of it up. */
  | { readonly ok: true; readonly open: OpenAccount; readonly trouble?: Standing }
  | { readonly ok: false; readonly standing: Standing };

type Vendor = ServedVendorAccount['spec']['vendor'];

/** Whose accounts have companies and devices. */
export const DEVICE_VENDORS: readonly Vendor[] = ['GoogleZeroTouch', 'SamsungKnox'];
/** Whose accounts have subscriptions, ESNs and charges. */
export const NETFLIX_VENDORS: readonly Vendor[] = ['CrmComNetflix'];
/** Whose accounts have lines. */
export const LINE_VENDORS: readonly Vendor[] = ['VerizonUws'];

/** The open account a resource refers to, or why there is none. `vendors`: whose account it may be. */
export function findAccount(
  name: string,
  object: KubeObject,
  accounts: Store<ServedVendorAccount>,
  fleet: Fleet,
  missingForMs: number,
  vendors: readonly Vendor[],
): FoundAccount {
  const key = `${object.metadata.namespace}/${name}`;
  const account = accounts.get(key);
  if (account === undefined) {
    const message = `VendorAccount ${name} does not exist in this namespace; create it, it is picked up by itself`;
    return { ok: false, standing: missingReference('AccountNotFound', message, missingForMs) };
  }
  if (!vendors.includes(account.spec.vendor)) {
    return { ok: false, standing: wrongVendor(name, account.spec.vendor, vendors) };
  }
  const open = fleet.get(key);
  const trouble = accountTrouble(account);
  if (open === undefined) return { ok: false, standing: trouble ?? opening(name) };
  return trouble === undefined ? { ok: true, open } : { ok: true, open, trouble };
}

/** Neither the reference nor the account's vendor can change, so only a person helps. */
function wrongVendor(name: string, vendor: Vendor, vendors: readonly Vendor[]): Standing {
  return {
    is: 'stalled',
    reason: 'WrongVendor',
    message: `VendorAccount ${name} is one of ${vendor}, and this needs one of ${vendors.join(' or ')}; accountRef cannot be changed, so create the resource anew with the right account`,
  };
}

/** Reasons of an account that its resources tell better: each says what of its own waits. */
const OWN_AFFAIRS: ReadonlySet<string> = new Set(['Connecting', 'FirstContact']);

/** What holds an account up holds everything of it up, and is said in the account's own words. */
function accountTrouble({ metadata, status }: ServedVendorAccount): Standing | undefined {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const stalled = status?.conditions?.some(({ type }) => type === 'Stalled');
  if (ready === undefined || ready.status === 'True' || OWN_AFFAIRS.has(ready.reason)) return undefined;
  return {
    is: stalled === true ? 'stalled' : 'moving',
    reason: 'AccountNotReady',
    message: `VendorAccount ${metadata.name} is not ready: ${ready.reason}: ${ready.message}`,
  };
}

function opening(name: string): Standing {
  return { is: 'moving', reason: 'AccountNotReady', message: `VendorAccount ${name} is being opened` };
}
