import { createHash } from 'node:crypto';
import { requestQuota } from '../../http/quota.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import { openConnections, type VendorDeps } from '../opening.ts';
import { verizonAdapter } from './adapter.ts';
import { uwsClient } from './client.ts';
import { parseCredentials } from './credentials.ts';
import { DEFAULT_LIMITS, KNOWN_ENDPOINT, MAX_DELETED_DEVICES } from './limits.ts';
import { login } from './login.ts';
import { openSession } from './session.ts';
import { type LoginMemory, sessionTokens } from './session-token.ts';
import type { LogInRequest } from './wire.ts';

export interface VerizonDeps extends VendorDeps {
  /** Told when a reply of DeleteDevices could be read only after the one repair that is allowed. */
  readonly noteRepair?: () => void;
}

/** Opens accounts at Verizon's Unified Web Service. Opening sends nothing. */
export function verizonUwsFactory(deps: VerizonDeps): VendorFactory {
  const logins = new Map<string, LoginMemory>();
  return {
    defaultEndpoint: KNOWN_ENDPOINT,
    defaultLimits: DEFAULT_LIMITS,
    open: (settings) => open(settings, deps, (login) => remembered(logins, settings.endpoint, login)),
  };
}

/** An account that is opened again for another reason must not get the refused log-ins that it had before. */
function remembered(
  logins: Map<string, LoginMemory>,
  endpoint: string,
  { username, password }: LogInRequest,
): LoginMemory {
  const name = createHash('sha256')
    .update(JSON.stringify([endpoint, username, password]))
    .digest('hex');
  const memory = logins.get(name) ?? { refusals: 0 };
  logins.set(name, memory);
  return memory;
}

function open(
  settings: AdapterSettings,
  deps: VerizonDeps,
  memoryOf: (login: LogInRequest) => LoginMemory,
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
  const quota = requestQuota(settings.limits, clock);
  const { endpoint } = settings;
  const parts = { endpoint, http: http.value, quota, clock, mayWrite: deps.mayWrite ?? (() => true) };
  const tokens = sessionTokens(
    (signal) => login(parts, credentials.value, signal),
    clock,
    memoryOf(credentials.value),
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
