import { requestQuota } from '../../http/quota.ts';
import type { DayBook } from '../../ports/day-book.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { LoginBook } from '../../ports/login-book.ts';
import type { AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import { openConnections, type VendorDeps } from '../opening.ts';
import { verizonAdapter } from './adapter.ts';
import { uwsClient } from './client.ts';
import { parseCredentials } from './credentials.ts';
import { DEFAULT_LIMITS, KNOWN_ENDPOINT, MAX_DELETED_DEVICES } from './limits.ts';
import { knock, login } from './login.ts';
import { type LoginTurns, latchedLogIn } from './login-latch.ts';
import { loginMemory } from './login-memory.ts';
import { credentialsMark, loginName } from './login-name.ts';
import { openSession } from './session.ts';
import { sessionTokens } from './session-token.ts';

export interface VerizonDeps extends VendorDeps {
  /** Told when a reply of DeleteDevices could be read only after the one repair that is allowed. */
  readonly noteRepair?: () => void;
}

/** What outlives the adapter. */
interface Lent {
  readonly logins: LoginBook;
  readonly day: DayBook | undefined;
}

/** Opens accounts at Verizon's Unified Web Service. Opening sends nothing. */
export function verizonUwsFactory(deps: VerizonDeps): VendorFactory {
  const logins = new Map<string, LoginTurns>();
  const memory = loginMemory();
  const turnsOf = (login: string): LoginTurns => {
    const turns = logins.get(login) ?? { last: Promise.resolve(), spare: false };
    logins.set(login, turns);
    return turns;
  };
  return {
    defaultEndpoint: KNOWN_ENDPOINT,
    defaultLimits: DEFAULT_LIMITS,
    open: (settings, books) =>
      open(settings, deps, { day: books?.day, logins: books?.logins ?? memory }, turnsOf),
  };
}

function open(
  settings: AdapterSettings,
  deps: VerizonDeps,
  books: Lent,
  turnsOf: (login: string) => LoginTurns,
): Result<VendorAdapter> {
  const { accountName } = settings.identity;
  if (accountName === undefined || accountName === '') {
    return failed({ kind: 'rejected', code: 'INVALID_ACCOUNT_NAME', message: 'accountName is missing' });
  }
  const credentials = parseCredentials(settings.credentials);
  if (!credentials.ok) return credentials;
  const http = openConnections(settings, [settings.endpoint], deps);
  if (!http.ok) return http;
  const { clock } = deps;
  const quota = requestQuota(settings.limits, clock, books.day);
  const { endpoint } = settings;
  const parts = { endpoint, http: http.value, quota, clock, mayWrite: deps.mayWrite ?? (() => true) };
  const name = loginName(endpoint, credentials.value);
  const tokens = sessionTokens(
    latchedLogIn({
      login: name,
      credentials: () => credentialsMark(name, credentials.value),
      book: books.logins,
      turns: turnsOf(name),
      logIn: (signal) => login(parts, credentials.value, signal),
      knock: (signal) => knock(parts, accountName, signal),
    }),
    clock,
  );
  return ok(
    verizonAdapter({
      client: uwsClient(openSession(parts, tokens)),
      accountName,
      clock,
      itemsPerRequest: Math.min(settings.limits.itemsPerRequest, MAX_DELETED_DEVICES),
      noteRepair: () => deps.noteRepair?.(),
      http: http.value,
      quota,
    }),
  );
}
