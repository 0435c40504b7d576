import type { Fleet, OpenAccount } from '../../controllers/fleet.ts';
import type { ServedVendorAccount } from '../../controllers/resources.ts';
import { scopeHash } from '../../controllers/vendor-account/scope.ts';
import { createJournal } from '../../controllers/vendor-operation/journal.ts';
import { createRecords } from '../../controllers/vendor-record/records.ts';
import type { Holder } from '../../domain/item.ts';
import { type Account, type AccountSettings, createAccount } from '../../engine/account.ts';
import { keyOf } from '../../kube/object.ts';
import { decorate } from '../../observability/decorate.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { ControllerParts } from './parts.ts';
import { type Cluster, storesOf } from './stores.ts';

/** The account loops of this process, one per vendor scope. */
export interface AccountLoops {
  readonly start: (object: ServedVendorAccount, scope: string, settings: AccountSettings) => Account;
  readonly stop: (key: string) => void;
  /** Ends all of them, once what they sent is answered and journaled. */
  end(): Promise<void>;
}

interface Running {
  readonly account: Account;
  readonly scope: string;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** What the loops tell. */
export interface LoopNews {
  /** Which of an account's resources may have new verdicts. */
  onChanged(accountKey: string, holders: readonly Holder[]): void;
  /** It is open, and acts once it is told that its lists are complete. */
  onOpened(open: OpenAccount): void;
}

export function createAccountLoops(
  parts: ControllerParts,
  cluster: Cluster,
  fleet: Fleet,
  news: LoopNews,
  journalMs: () => number,
): AccountLoops {
  const { client } = cluster;
  const running = new Map<string, Running>();
  /** Loops that were told to stop, by their scope. */
  const ending = new Map<string, Promise<void>>();

  function start(object: ServedVendorAccount, scope: string, settings: AccountSettings): Account {
    const key = keyOf(object.metadata);
    const account = createAccount(accountPorts(object, scope, key), settings);
    const stop = new AbortController();
    const done = runAfter(ending.get(scope), account, stop.signal);
    running.set(key, { account, scope, stop, done });
    const open = { account, scope, habits: parts.vendors[object.spec.vendor] ?? {} };
    fleet.open(key, open);
    news.onOpened(open);
    return account;
  }

  function accountPorts({ metadata }: ServedVendorAccount, scope: string, key: string) {
    const { clock, random, leadership, around, log } = parts;
    const place = {
      namespace: metadata.namespace ?? 'default',
      accountName: metadata.name,
      scope,
      scopeHash: scopeHash(scope),
    };
    return {
      journal: decorate('journal', createJournal(client, place), around),
      records: decorate(
        'records',
        createRecords(client, place, () => leadership.fence, clock),
        around,
      ),
      leadership,
      clock,
      journalMs,
      random,
      stores: (adapter: VendorAdapter) => storesOf(parts, cluster, { key, place }, adapter),
      newRequestKey: () => parts.newRequestKey(),
      onChanged: (holders: readonly Holder[]) => news.onChanged(key, holders),
      onBug: (error: unknown) => log.error({ err: error, account: key }, 'fault in our own code'),
    };
  }

  function stopOne(key: string): void {
    const loop = running.get(key);
    if (loop === undefined) return;
    running.delete(key);
    fleet.close(key);
    loop.stop.abort();
    const ended = loop.done.finally(() => {
      if (ending.get(loop.scope) === ended) ending.delete(loop.scope);
    });
    ending.set(loop.scope, ended);
  }

  return {
    start,
    stop: stopOne,
    end: async () => {
      for (const key of running.keys()) stopOne(key);
      await Promise.all(ending.values());
    },
  };
}

/** A loop begins when the one before it of the same scope has ended: what that one sent stands in the journal then. */
async function runAfter(
  before: Promise<void> | undefined,
  account: Account,
  signal: AbortSignal,
): Promise<void> {
  await before;
  await account.run(signal);
}
