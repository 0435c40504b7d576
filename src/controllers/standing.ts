import type { Finding } from '../kube/conditions.ts';

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
