/** Exit codes of every command (docs/commands.md). */
export const EXIT = {
  ok: 0,
  /** It did not work, or not in time; stderr says why in one sentence. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** All is settled, and something waits for a person. */
  needsPerson: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A reason to end that a person can act upon; printed as one sentence, without a stack. */
export class Sentence extends Error {
  override readonly name = 'Sentence';
}
