import type { AccountSummary } from '../../engine/account.ts';
import type { Failure } from '../../ports/failure.ts';
import type { Standing } from '../standing.ts';

/**
 * How an open account stands. Its health is that of the one read that every working login can make and that changes
 * nothing: the list of companies, where there is one.
 *
 * | facts                                  | standing | reason                                        |
 * | -------------------------------------- | -------- | --------------------------------------------- |
 * | credentials refused                    | stalled  | CredentialsRejected                           |
 * | asked to wait                          | moving   | Throttled                                     |
 * | the list was refused                   | stalled  | VendorRefused                                 |
 * | the list could not be read             | moving   | VendorUnreachable                             |
 * | the list was not read yet              | moving   | Connecting                                    |
 * | read, and it held what is declared     | stalled  | FirstContact                                  |
 * | read                                   | ready    | Connected, or Suspended when it is (not ready) |
 */
export function standingOf(summary: AccountSummary, suspended: boolean): Standing {
  if (suspended)
    return { is: 'stalled', reason: 'Suspended', message: 'spec.suspend is set: nothing new is sent' };
  const { trouble, health } = summary;
  if (trouble?.kind === 'unauthorized') {
    return {
      is: 'stalled',
      reason: 'CredentialsRejected',
      message: `the vendor refused the credentials (${told(trouble)}); mend the Secret, it is picked up by itself`,
    };
  }
  if (trouble !== undefined) {
    return { is: 'moving', reason: 'Throttled', message: `the vendor asked to slow down (${told(trouble)})` };
  }
  if (health.failure !== undefined) return unreadable(health.failure);
  if (health.lastCompleteAtMs === undefined) {
    return {
      is: 'moving',
      reason: 'Connecting',
      message: 'waiting for the first complete read of the vendor',
    };
  }
  if (summary.contact === 'awaiting') {
    return {
      is: 'stalled',
      reason: 'FirstContact',
      message:
        'there were no records, and the vendor already held what is declared here; look at the resources, then set firstContact: Trust to let this account act',
    };
  }
  return { is: 'ready', reason: 'Connected', message: 'the vendor answers and the credentials are good' };
}

function unreadable(failure: Failure): Standing {
  return failure.kind === 'rejected' || failure.kind === 'notFound' || failure.kind === 'conflict'
    ? {
        is: 'stalled',
        reason: 'VendorRefused',
        message: `the vendor refused the first read of the account (${told(failure)}); check the identity in the spec`,
      }
    : { is: 'moving', reason: 'VendorUnreachable', message: `the vendor cannot be read (${told(failure)})` };
}

function told({ code, message }: Failure): string {
  return `${code}: ${message}`;
}
