/** A fact about an object, as Kubernetes writes it into status.conditions (metav1.Condition). */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** CamelCase, for machines; listed in docs/. */
  readonly reason: string;
  /** One stable sentence for people: no times, counters or request ids. */
  readonly message: string;
  /** When `status` last changed, RFC 3339 to the second. */
  readonly lastTransitionTime: string;
  /** The generation of the object that this was said about. */
  readonly observedGeneration?: number;
}

/** What a pass has to say; times and generations are filled in by mergeConditions. */
export type Finding = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/**
 * The conditions to write: exactly the findings, each with the time at which its status last changed.
 *
 * `Ready` is written whatever its status; every other type only while it is True, so that a condition that
 * is over goes away. Ready stands first, the others by name: equal findings give equal text.
 * `now` is wall time in milliseconds.
 */
export function mergeConditions(
  previous: readonly Condition[],
  findings: readonly Finding[],
  at: { readonly now: number; readonly generation: number },
): readonly Condition[] {
  const now = kubeTime(at.now);
  return findings
    .filter((finding) => finding.type === 'Ready' || finding.status === 'True')
    .toSorted(byType)
    .map(({ type, status, reason, message }) => {
      const before = previous.find((condition) => condition.type === type);
      const lastTransitionTime = before?.status === status ? before.lastTransitionTime : now;
      return { type, status, reason, message, lastTransitionTime, observedGeneration: at.generation };
    });
}

/** RFC 3339 to the second, as metav1.Time is written. */
export function kubeTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** metav1.Condition, field reason: the API server refuses others. */
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;
const MAX_REASON_LENGTH = 1024;
const MAX_MESSAGE_LENGTH = 32_768;
/** While one of these is True the object is not as declared. */
const NOT_READY = ['Reconciling', 'Stalled', 'Degraded'];

/**
 * What is wrong with these conditions, in words; empty when nothing is. For tests, after every pass.
 *
 * | Fault | Why |
 * | --- | --- |
 * | C1 | Ready is missing: nobody can wait for it |
 * | C2 | a type stands twice: the API server keeps one by chance |
 * | C3 | Reconciling and Stalled together: either it moves by itself or it waits for a person |
 * | C4 | another type than Ready is not True: it should be gone |
 * | C5 | Ready is True beside what says that not all is well |
 * | C6 | a reason or message that the API server refuses or nobody can read |
 * | C7 | a message with a time in it: it would change with every pass |
 * | C8 | conditions of different generations: they were not written together |
 */
export function conditionFaults(conditions: readonly Condition[]): readonly string[] {
  const types = conditions.map((condition) => condition.type);
  const isTrue = (type: string): boolean =>
    conditions.some((condition) => condition.type === type && condition.status === 'True');
  const generations = new Set(conditions.map((condition) => condition.observedGeneration));
  return [
    ...when(!types.includes('Ready'), 'C1: Ready is missing'),
    ...when(new Set(types).size < types.length, 'C2: a type stands twice'),
    ...when(isTrue('Reconciling') && isTrue('Stalled'), 'C3: Reconciling and Stalled together'),
    ...conditions.flatMap(faultsOf),
    ...NOT_READY.flatMap((type) => when(isTrue('Ready') && isTrue(type), `C5: Ready is True beside ${type}`)),
    ...when(generations.size > 1, 'C8: conditions of different generations'),
  ];
}

function faultsOf({ type, status, reason, message }: Condition): string[] {
  const isReadable = message.trim() !== '' && message.length <= MAX_MESSAGE_LENGTH;
  const isReason = REASON.test(reason) && reason.length <= MAX_REASON_LENGTH;
  return [
    ...when(type !== 'Ready' && status !== 'True', `C4: ${type} is ${status}`),
    ...when(!isReason || !isReadable, `C6: the reason or message of ${type}`),
    ...when(/\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d/.test(message), `C7: a time in the message of ${type}`),
  ];
}

function when(holds: boolean, fault: string): string[] {
  return holds ? [fault] : [];
}

function byType(a: Finding, b: Finding): number {
  if (a.type === b.type) return 0;
  if (a.type === 'Ready') return -1;
  if (b.type === 'Ready') return 1;
  return a.type < b.type ? -1 : 1;
}
