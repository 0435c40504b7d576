import type { Account } from '../../engine/account.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Reader } from '../lookup.ts';
import type { ServedDeviceClaim } from '../resources.ts';
import { type DeclaredDevices, readLists, versionOf } from './lists.ts';

/**
 * What was last read and last declared, so that a pass over a claim costs its changes and not its length.
 * Forgotten with the process: everything in it can be read again.
 */
export interface DeclarationMemory {
  /** The lists of a claim, read again only when something they rest on has changed. */
  lists(key: string, claim: ServedDeviceClaim, configMaps: Reader<ConfigMap>): Promise<DeclaredDevices>;
  /** Whether the account was not told exactly this by the holder before; from now on it was. */
  isNew(account: Account, holder: string, text: string): boolean;
  /** The account holds back what it was told: it must be told again. */
  untell(account: Account, holder: string): void;
  forget(key: string): void;
}

export function createDeclarationMemory(): DeclarationMemory {
  const read = new Map<string, DeclaredDevices>();
  const told = new WeakMap<Account, Map<string, string>>();
  return {
    lists: async (key, claim, configMaps) => {
      const last = read.get(key);
      if (last?.version === versionOf(claim.metadata, claim.spec, configMaps)) return last;
      const now = await readLists(claim, configMaps);
      read.set(key, now);
      return now;
    },
    isNew: (account, holder, text) => {
      const byHolder = told.get(account) ?? new Map<string, string>();
      told.set(account, byHolder);
      if (byHolder.get(holder) === text) return false;
      byHolder.set(holder, text);
      return true;
    },
    untell: (account, holder) => told.get(account)?.delete(holder),
    forget: (key) => {
      read.delete(key);
    },
  };
}
