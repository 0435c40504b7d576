import type { DeviceTypes } from '../../domain/device/facts.ts';
import type { Account } from '../../engine/account.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import { type DeclaredLists, type Lists, readLists } from '../lists/declared.ts';
import { versionOf } from '../lists/listed-sources.ts';
import type { Reader } from '../lookup.ts';
import type { ServedDeviceClaim } from '../resources.ts';
import { DEVICE_LIST } from './devices.ts';

/**
 * What was last read and last declared, so that a pass over a claim costs its changes and not its length.
 * Forgotten with the process: everything in it can be read again.
 */
export interface DeclarationMemory {
  /** The lists of a claim, read again only when something they rest on has changed. */
  lists(key: string, claim: ServedDeviceClaim, configMaps: Reader<ConfigMap>): Promise<Lists>;
  /**
   * The same with every device, for an account that is told them. They are not kept beyond that, since the account
   * has them from then on: whoever asks once more has the lists read again.
   */
  devices(
    key: string,
    claim: ServedDeviceClaim,
    configMaps: Reader<ConfigMap>,
  ): Promise<DeclaredLists<DeviceTypes>>;
  /** Whether the account was told exactly this by the holder. */
  knows(account: Account, holder: string, text: string): boolean;
  tell(account: Account, holder: string, text: string): void;
  /** The account holds back what it was told: it must be told again. */
  untell(account: Account, holder: string): void;
  forget(key: string): void;
}

export function createDeclarationMemory(): DeclarationMemory {
  const read = new Map<string, { readonly lists: Lists; devices: DeclaredLists<DeviceTypes> | undefined }>();
  const told = new WeakMap<Account, Map<string, string>>();
  async function current(
    key: string,
    claim: ServedDeviceClaim,
    configMaps: Reader<ConfigMap>,
    withDevices: boolean,
  ): Promise<{ readonly lists: Lists; devices: DeclaredLists<DeviceTypes> | undefined }> {
    const last = read.get(key);
    const stands = last?.lists.version === versionOf(claim.metadata, claim.spec, configMaps);
    if (last !== undefined && stands && (!withDevices || last.devices !== undefined)) return last;
    const devices = await readLists(DEVICE_LIST, claim, configMaps);
    const { items: _, ...lists } = devices;
    const now = { lists: stands && last !== undefined ? last.lists : lists, devices };
    read.set(key, now);
    return now;
  }

  return {
    lists: async (key, claim, configMaps) => (await current(key, claim, configMaps, false)).lists,
    devices: async (key, claim, configMaps) => {
      const now = await current(key, claim, configMaps, true);
      const { devices } = now;
      now.devices = undefined;
      return devices as DeclaredLists<DeviceTypes>;
    },
    knows: (account, holder, text) => told.get(account)?.get(holder) === text,
    tell: (account, holder, text) => {
      const byHolder = told.get(account) ?? new Map<string, string>();
      told.set(account, byHolder.set(holder, text));
    },
    untell: (account, holder) => told.get(account)?.delete(holder),
    forget: (key) => {
      read.delete(key);
    },
  };
}
