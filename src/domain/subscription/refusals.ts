import type { ItemFailure } from '../item.ts';

/**
 * What stops a subscription until a person, a changed declaration or a changed vendor helps. `heldByOther` is looked
 * at again with every look, `invalid` not before the declaration changes.
 */
function stop(code: string, message: string): ItemFailure {
  return { code, message, kind: 'heldByOther' };
}

export const RECORD_LOST = stop(
  'RECORD_LOST',
  'the vendor shows it as not effective and no record of ours says whether it was suspended, never registered or terminated; find out with the operator, then cancel it, or unsuspend it there: once it is effective it is taken over',
);

export const RECORD_OF_GONE_LOST = stop(
  'RECORD_LOST',
  'the status of this resource says that it exists, our record of it is gone and the vendor knows none of this customer; look there, then restore the VendorRecords and restart the controller, or set state: Cancelled, then Active with recreateAfterCancel: true for a new one',
);

export const TERMINATED = stop(
  'TERMINATED_BY_NETFLIX',
  'it was effective, we did not suspend it, and it is not effective any more: Netflix terminates a subscription when a charge is declined; see the charges, then set state: Cancelled, with recreateAfterCancel: true if it is to begin anew',
);

export const TOKEN_EXPIRED = stop(
  'TOKEN_EXPIRED',
  'the subscriber did not register before the token expired, and the vendor issues no other for it; set state: Cancelled, then Active with recreateAfterCancel: true for a new one',
);

export const TOKEN_LOST = stop(
  'TOKEN_LOST',
  'it was created but the reply with its one-time token never arrived, and nothing can read it again; ask the operator, or set state: Cancelled, then Active with recreateAfterCancel: true for a new one',
);

export const CANCELLED_AT_VENDOR = stop(
  'SUBSCRIPTION_CANCELLED',
  'the subscription is cancelled and cannot come back; set recreateAfterCancel: true to create a new one, or state: Cancelled',
);

export const GONE = stop(
  'SUBSCRIPTION_GONE',
  'our record says that it exists and the vendor knows none of this customer; look there, then set state: Cancelled, then Active with recreateAfterCancel: true for a new one',
);

export const CONTRADICTED = stop(
  'STATE_CONTRADICTED',
  'our record says that it was cancelled and the vendor shows it as not effective; ask the operator what it is',
);

export const UNKNOWN_STATE = stop(
  'UNKNOWN_STATE',
  'the vendor shows a state that this version does not know; nothing is concluded from it',
);

export const AMBIGUOUS = stop(
  'AMBIGUOUS_SUBSCRIPTION',
  'the vendor shows several living subscriptions of this customer and its methods cannot tell them apart; have all but one cancelled there',
);

export const NOTHING_TO_SUSPEND = stop(
  'NOTHING_TO_SUSPEND',
  'the customer has no subscription, and only one whose subscriber has registered can be suspended; set state: Active to create it',
);

export const NO_TOKEN_SECRET = {
  code: 'TOKEN_SECRET_MISSING',
  message:
    'creating yields a token once, and nothing says where it goes: set tokenSecretRef, the Secret is made by itself',
  kind: 'invalid',
} satisfies ItemFailure;

export const UNKNOWN_PROMOTION = {
  code: 'UNKNOWN_PROMOTION',
  message:
    'the operator does not offer the promotion that the registration names; status.promotions of the account lists those it offers',
  kind: 'invalid',
} satisfies ItemFailure;

export const REGISTRATION_OPEN = {
  code: 'REGISTRATION_OPEN',
  message: 'created; the subscriber has to register at Netflix with the token in the Secret',
} as const;

export function releaseHeld(holder: string): ItemFailure {
  return stop('RELEASE_HELD', `${holder} holds it and lets nothing go now; see its conditions`);
}

export function declaredElsewhere(holder: string): ItemFailure {
  return stop(
    'DECLARED_ELSEWHERE',
    `${holder} declares this customer too and holds it; remove one of the two`,
  );
}
