import type { Holder } from '../item.ts';
import type { LineName, LineNames } from './identifier.ts';
import type { ArchivedHistory, ArchiveReceipt } from './receipt.ts';

/** What a VerizonDeviceDeletion asks of each of its lines: to be gone. One object per resource. */
export interface DesiredDeletion {
  readonly asks: 'gone';
  /** `IfActive`: a line that is in service is deactivated first. It may cost a fee, and its number is lost. */
  readonly deactivate: 'Never' | 'IfActive';
  /** Uses a contract's waiver against the early termination fee. */
  readonly etfWaiver: boolean;
  /** `Skip`: the history may be lost with the line. */
  readonly archive: 'Required' | 'Skip';
  /** How long usage may trickle in after the line fell silent, before it is archived. */
  readonly usageSettlesAfterMs: number;
  /** How far back the archive reaches. */
  readonly lookbackMs: number;
}

/** What one write does to a line. A deletion carries the receipt of its archive: there is no other way to order one. */
export type LineOrder =
  | { readonly asks: 'deactivation'; readonly etfWaiver: boolean; readonly names: LineNames }
  | { readonly asks: 'deletion'; readonly receipt: ArchiveReceipt; readonly names: LineNames };

export type LineState =
  | 'active'
  | 'deactive'
  | 'suspended'
  | 'preactive'
  /** A change is under way; every other one fails meanwhile. */
  | 'pending'
  /** A word that no document has. */
  | 'unheardOf';

/** What the vendor says of a line. */
export interface ObservedLine {
  readonly state: LineState;
  /** The vendor's own word for the state. */
  readonly stateWord: string;
  readonly names: LineNames;
  /** It belongs to another billing account of the same login. */
  readonly isElsewhere?: true;
  /** When it was asked, by our wall clock: a deletion wants a look that is fresh. */
  readonly readAtMs: number;
}

/** One line as the vendor shows it, when it was asked for by a name. */
export interface LineRow {
  readonly askedFor: LineName;
  readonly observed: ObservedLine;
}

/** That a line is gone. It is never deleted again, whoever asks. */
export interface Gone {
  /** `Deleted`: by us. `GoneElsewhere`: somebody else did it. `NeverSeen`: it was not there when we first looked. */
  readonly how: 'Deleted' | 'GoneElsewhere' | 'NeverSeen';
  /** When a look showed it, wall time. */
  readonly provenAtMs: number;
  /** The archive knows it too, so that it outlives our records. */
  readonly isFiled: boolean;
}

/** What our record holds of a line, from the first touch on. Times are wall times in ms. */
export interface RecordedLine {
  readonly holder: Holder;
  /** What it was called when it was first seen: another pair of phone and SIM is another line. */
  readonly names?: LineNames;
  readonly deactivationSentAtMs?: number;
  /** Since when it is known to be out of service, without a break. */
  readonly quietSinceMs?: number;
  /** When it was last seen otherwise after that: what had been waited for and archived until then counts no more. */
  readonly stirredAtMs?: number;
  readonly receipt?: ArchiveReceipt;
  /** When a look last showed it out of service since it was archived; noted now and then. */
  readonly seenQuietAtMs?: number;
  /** The vendor said that it was deleted; no look has shown it yet. */
  readonly deletionSentAtMs?: number;
  readonly gone?: Gone;
}

/** What a resource is told about one of its lines. */
export interface LineVerdict {
  readonly state: 'deleted' | 'deactivating' | 'waiting' | 'failed';
  /** With `failed`, and with the others when there is something to say. */
  readonly code?: string;
  readonly message?: string;
  /** Its history, when that is safe. */
  readonly archive?: ArchivedHistory;
  /** It was not there when we first looked: nothing was archived and nothing deleted. */
  readonly neverSeen?: true;
  /** What it is called, for telling that two declared names are one line. */
  readonly names?: LineNames;
}

/** The types that a line's deletion is made of. */
export interface LineTypes {
  readonly subject: LineName;
  readonly desired: DesiredDeletion | LineOrder;
  readonly row: LineRow;
  readonly observed: ObservedLine;
  readonly recorded: RecordedLine;
  readonly verdict: LineVerdict;
}
