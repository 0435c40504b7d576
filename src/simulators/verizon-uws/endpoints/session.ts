import type { Endpoint } from '../call.ts';
import type { Simulation } from '../simulation.ts';
import { contractOf } from '../soap/names.ts';
import { readSequence } from '../soap/sequence.ts';
import { CODES, VendorFault } from '../vendor-fault.ts';
import type { XmlElement } from '../xml/element.ts';
import { textElement } from '../xml/write.ts';

/** LogIn as faults and the ledger know it. It alone needs no session. */
export const LOG_IN = { service: 'SessionService', operation: 'LogIn', role: 'login' } as const;

const CONTRACT = contractOf('SessionService');

/** Opens a session (fact sheet 3): username before password, which is not the alphabet's order. */
export function logIn(sim: Simulation, input: XmlElement): string {
  const { username, password } = readSequence(input, [CONTRACT], (sequence) => ({
    username: sequence.text('Username'),
    password: sequence.text('Password'),
  }));
  const outcome = sim.users.attempt(username, password);
  if (outcome === 'locked') throw new VendorFault(CODES.accountLocked, 'The user is locked.');
  if (outcome === 'refused') {
    throw new VendorFault(CODES.badCredentials, 'The username or the password is invalid.');
  }
  if (sim.settings.sessionsPerUser === 'newest') sim.sessions.closeAllOf(username);
  return textElement('a:SessionToken', sim.sessions.open(username, sim.clock.now()).token);
}

/** LogOut ends the session of the header's token; the input names it once more (3). */
export const sessionEndpoints: readonly Endpoint[] = [
  {
    service: 'SessionService',
    operation: 'LogOut',
    role: 'login',
    handle({ sim, input, token }) {
      const named = readSequence(input, [CONTRACT], (sequence) => sequence.text('SessionToken'));
      if (named.trim().toLowerCase() !== token) {
        throw new VendorFault(CODES.tokenInvalid, 'The session token is not that of the header.');
      }
      sim.sessions.close(token);
      return textElement('a:SessionToken', token);
    },
  },
];
