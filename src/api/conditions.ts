/**
 * The condition types our kinds use (api.md, section 3).
 *
 * | Type             | True means                                                       | Shown           |
 * | ---------------- | ---------------------------------------------------------------- | --------------- |
 * | Ready            | every declared item was seen as declared, or stands confirmed    | always          |
 * | Reconciling      | something can still move by itself                               | only while True |
 * | Stalled          | all that is left needs a person; never together with Reconciling | only while True |
 * | Degraded         | some items failed, others go on                                  | only while True |
 * | Conflicted       | somebody else holds what is declared here                        | only while True |
 * | AwaitingCustomer | the customer must approve something in the vendor's portal       | only while True |
 * | ReleaseHeld      | nothing is released, because a list cannot be trusted            | only while True |
 */
export type ConditionType =
  | 'Ready'
  | 'Reconciling'
  | 'Stalled'
  | 'Degraded'
  | 'Conflicted'
  | 'AwaitingCustomer'
  | 'ReleaseHeld';
