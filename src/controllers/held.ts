import type { Held } from '../domain/mode.ts';
import { type Standing, stalled } from './standing.ts';

/** How a resource stands whose due writes do not start. */
export const HELD: Readonly<Record<Held, Standing>> = {
  ModeObserve: stalled(
    'ModeObserve',
    'something is not as declared and the account only observes; set its mode to Enforce to let it act',
  ),
  ModePlan: stalled(
    'ModePlan',
    'something is not as declared and the account’s mode is Plan: nothing is written without an approval; set its mode to Enforce to let it act',
  ),
  FirstContact: stalled(
    'FirstContact',
    'the vendor already held what is declared when this account had no records, so nothing is written until a person has looked; set firstContact: Trust on the account to let it act',
  ),
  AccountSuspended: stalled('AccountSuspended', 'the account is suspended: nothing new is sent'),
  GuardBlocked: stalled(
    'GuardBlocked',
    'more would be taken away than the account’s guard allows; see status.guard of the account, and raise its budget or take the edit back',
  ),
  ResourceSuspended: stalled('Suspended', 'spec.suspend is set: nothing new is sent'),
};
