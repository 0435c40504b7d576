/** How far an account may go: look only, wait for a person before each write, or act within the guard. */
export type Mode = 'Observe' | 'Plan' | 'Enforce';

/** Why a write that is due does not start. */
export type Held =
  | 'ModeObserve'
  | 'ModePlan'
  | 'FirstContact'
  | 'AccountSuspended'
  | 'ResourceSuspended'
  | 'GuardBlocked';

/** Whether a due write may start. A pure filter: stricter settings let a subset through. */
export function admit(settings: {
  readonly mode: Mode;
  readonly accountSuspended: boolean;
  readonly resourceSuspended: boolean;
  /** The vendor already held what is declared when there were no records, and nobody has said that this is right. */
  readonly awaitsFirstContact: boolean;
}): Held | undefined {
  if (settings.accountSuspended) return 'AccountSuspended';
  if (settings.resourceSuspended) return 'ResourceSuspended';
  switch (settings.mode) {
    case 'Observe':
      return 'ModeObserve';
    case 'Plan':
      return 'ModePlan';
    case 'Enforce':
      return settings.awaitsFirstContact ? 'FirstContact' : undefined;
    default:
      return settings.mode satisfies never;
  }
}
