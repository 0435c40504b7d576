import type { Finding } from '../kube/conditions.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Failure } from '../ports/failure.ts';

/**
 * How a resource stands, in one of three ways, so that Ready, Reconciling and Stalled can never contradict each
 * other (kstatus).
 */
export type Standing =
  | { readonly is: 'ready'; readonly reason: string; readonly message: string }
  /** Something can still move by itself. */
  | { readonly is: 'moving'; readonly reason: string; readonly message: string }
  /** All that is left needs a person. */
  | { readonly is: 'stalled'; readonly reason: string; readonly message: string };

/** Only a person can help. */
export function stalled(reason: string, message: string): Standing {
  return { is: 'stalled', reason, message };
}

/** The vendor cannot be read, which is no word about anything of ours. */
export function unreachable({ code, message }: Failure): Standing {
  return {
    is: 'moving',
    reason: 'VendorUnreachable',
    message: `the vendor cannot be read (${code}: ${message})`,
  };
}

/** The conditions of a standing, and whatever else is true beside it. */
export function findings(standing: Standing, beside: readonly Finding[] = []): readonly Finding[] {
  const { reason, message } = standing;
  switch (standing.is) {
    case 'ready':
      return [{ type: 'Ready', status: 'True', reason, message }, ...beside];
    case 'moving':
      return [
        { type: 'Ready', status: 'False', reason, message },
        { type: 'Reconciling', status: 'True', reason, message },
        ...beside,
      ];
    case 'stalled':
      return [
        { type: 'Ready', status: 'False', reason, message },
        { type: 'Stalled', status: 'True', reason, message },
        ...beside,
      ];
    default:
      return standing satisfies never;
  }
}

/** A missing reference may just be on its way: this long it is Reconciling, then a person is asked (api.md, section 3). */
export const MISSING_REFERENCE_GRACE_MS = 120_000;

/** The standing of a resource that refers to something which is not there (yet). */
export function missingReference(reason: string, message: string, missingForMs: number): Standing {
  const is = missingForMs < MISSING_REFERENCE_GRACE_MS ? 'moving' : 'stalled';
  return { is, reason, message };
}

/** What was seen stays seen; that it cannot be looked at now is said beside it. */
export function withTrouble(standing: Standing, trouble: Standing | undefined): Standing {
  if (standing.is !== 'ready' || trouble === undefined) return standing;
  return { ...standing, message: `${standing.message}; ${trouble.message}` };
}

/** How far a resource's writes are, as far as an unknown outcome depends on it. */
interface Progress {
  readonly moving: boolean;
  readonly unresolved: boolean;
  readonly held?: unknown;
  /** Names of the operations under way for it. */
  readonly operations: readonly string[];
}

/**
 * The standing of a resource for which a write may have happened or not: its verb may not simply be repeated, and no
 * read can tell. Then a person must, and the sentence is the command to run.
 */
export function unlessUnresolved(own: Standing, progress: Progress, { metadata }: KubeObject): Standing {
  const { moving, unresolved, held, operations } = progress;
  // Nothing moves, so what is under way is what nobody knows about.
  const [operation] = operations;
  const isStuck = unresolved && !moving && held === undefined;
  if (own.is === 'ready' || !isStuck || operation === undefined) return own;
  const command = `vendorplane resolve ${operation} -n ${metadata.namespace ?? 'default'} --as happened`;
  return {
    is: 'stalled',
    reason: 'OutcomeUnknown',
    message: `nobody knows what became of ${operation} at the vendor, and it may not be sent twice; look there, then say so with "${command}", or "--as not-happened"`,
  };
}
