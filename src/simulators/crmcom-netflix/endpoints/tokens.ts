import { faultOf } from '../../fault-box.ts';
import type { Account } from '../accounts.ts';
import type { LoginCall, LoginEndpoint } from '../call.ts';
import { mandatoryText, optionalText } from '../parameters.ts';
import { VendorError } from '../vendor-error.ts';

/** The three token calls (fact sheet 2). */
export const tokenEndpoints: readonly LoginEndpoint[] = [
  {
    method: 'POST',
    path: 'authentication/token',
    endpoint: 'token',
    role: 'login',
    parameters: ['username', 'password', 'organisation', 'unit'],
    handle: (call) => {
      const organisation = mandatoryText(call.input, 'organisation');
      const username = mandatoryText(call.input, 'username');
      const password = mandatoryText(call.input, 'password');
      return issued(call, call.sim.accounts.user(organisation, username, password));
    },
  },
  {
    method: 'POST',
    path: 'authentication/web_api_key/token',
    endpoint: 'webApiKeyToken',
    role: 'login',
    parameters: ['unit'],
    handle: (call) => issued(call, call.sim.accounts.key(keyIn(call.authorization))),
  },
  {
    method: 'POST',
    path: 'authentication/token/release',
    endpoint: 'tokenRelease',
    role: 'login',
    parameters: ['token'],
    handle: ({ sim, input, nowMs }) => {
      const token = mandatoryText(input, 'token');
      if (sim.sessions.use(token, nowMs) === undefined)
        throw new VendorError('INVALID_TOKEN', 'The token has expired or was released before.');
      sim.sessions.release(token);
      return {};
    },
  },
];

/** A token for a good login. An unknown unit counts as bad credentials (ASSUMED). */
function issued({ sim, input, faults, nowMs }: LoginCall, account: Account | undefined): unknown {
  const unit = optionalText(input, 'unit') ?? account?.units[0] ?? '';
  if (account === undefined || !account.units.includes(unit))
    throw new VendorError('INVALID_CREDENTIALS', 'The credentials are not valid.');
  if (sim.knobs.loginEndsOlderTokens) sim.sessions.endAllOf(account.name);
  const skewMs = faultOf(faults, 'clockSkew')?.ms ?? 0;
  const { token } = sim.sessions.issue({ account, unit, form: sim.knobs.tokenForm, nowMs, skewMs });
  return { token };
}

/** The key out of `Basic base64(key + ":")` (2.2); empty when there is none. */
function keyIn(authorization: string | undefined): string {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(authorization ?? '') ?? [];
  const [, key = ''] = /^([^:]+):$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return key;
}
