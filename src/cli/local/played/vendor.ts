import type { Simulator } from '../../../simulators/simulator.ts';

/** Where a simulator keeps its world over restarts: an option of each of them. */
export interface Kept {
  readonly stateFile?: string;
}

/** Posts to a simulator's admin face and answers the text of its reply. */
export type Ask = (path: string, body: object) => Promise<string>;

/** What the manifests say of one account that a simulator plays the vendor of. */
export interface PlayedAccount {
  readonly secretName: string;
  /** What else its block says. */
  readonly block: Readonly<Record<string, unknown>>;
}

/** Does at the vendor what these items say, until the signal aborts. Never waits. */
type Play = (items: unknown, adminUrl: string, signal: AbortSignal) => void;

/** How `local` puts a simulator in a vendor's place. One file each; `PLAYED` lists them. */
export interface PlayedVendor {
  /** As people call it; at most 16 characters. */
  readonly title: string;
  /** Name of the file of state beside the manifests, without `.yaml`. */
  readonly name: string;
  /** The vendor's own address, from which requests are turned away. */
  readonly origin: string;
  /** The block of a VendorAccount that is about this vendor. */
  readonly block: string;
  /** Starts the simulator that knows the first of these accounts. */
  start(accounts: readonly PlayedAccount[], kept: Kept): Promise<Simulator>;
  /** The Secret that the vendor's portal would have issued: texts by key. */
  issue(account: PlayedAccount, ask: Ask): Promise<Readonly<Record<string, string>>>;
  /** Parts of its file of state that are no state, but what others do at the vendor as time goes by. */
  readonly plays?: Readonly<Record<string, Play>>;
}

/** A text that a block says, or what stands when it says none. */
export function textIn(block: PlayedAccount['block'] | undefined, name: string, otherwise: string): string {
  const said = block?.[name];
  return typeof said === 'string' ? said : otherwise;
}
