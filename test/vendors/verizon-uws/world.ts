import { skippedReceipt } from '../../../src/domain/line/receipt.ts';
import { openHttpClient } from '../../../src/http/http-client.ts';
import { requestQuota } from '../../../src/http/quota.ts';
import type { Failure, Result } from '../../../src/ports/failure.ts';
import type { LedgerEntry } from '../../../src/simulators/ledger.ts';
import { startVerizonUws, type VerizonUwsOptions } from '../../../src/simulators/verizon-uws/start.ts';
import { type UwsClient, uwsClient } from '../../../src/vendors/verizon-uws/client.ts';
import type { ExchangeParts } from '../../../src/vendors/verizon-uws/exchange.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/verizon-uws/limits.ts';
import { login } from '../../../src/vendors/verizon-uws/login.ts';
import { openSession } from '../../../src/vendors/verizon-uws/session.ts';
import { type SessionTokens, sessionTokens } from '../../../src/vendors/verizon-uws/session-token.ts';
import type { DeletableDevice, WireIdentifier } from '../../../src/vendors/verizon-uws/wire.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';

/** The client against a service written by others from the vendor's documents alone. */

export const ACCOUNT = '0252067890-00001';
export const { signal } = new AbortController();

/** Parts of a client that talks to that address within a generous quota. */
export function exchangeParts(endpoint: string, clock: ManualClock): ExchangeParts {
  const http = openHttpClient({ concurrentRequests: 4 });
  if (!http.ok) throw new Error(http.failure.message);
  const quota = requestQuota({ ...DEFAULT_LIMITS, requestsPerSecond: 1_000, concurrentRequests: 16 }, clock);
  return { endpoint, http: http.value, quota, clock, mayWrite: () => true };
}

export interface UwsWorld {
  readonly clock: ManualClock;
  readonly client: UwsClient;
  readonly tokens: SessionTokens;
  /** Where the services answer. */
  readonly endpoint: string;
  admin(method: string, path: string, body?: object): Promise<unknown>;
  ledger(endpoint: string): Promise<readonly LedgerEntry[]>;
  /** Every line that is truly gone, oldest first. */
  deletions(): Promise<readonly { readonly identifiers: Readonly<Record<string, string>> }[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A service with one user, and a client logged in as that user, or with another password. */
export async function startUws(options: VerizonUwsOptions = {}, password?: string): Promise<UwsWorld> {
  const clock = manualClock();
  const simulator = await startVerizonUws({ clock: { now: () => clock.now() }, ...options });
  async function admin(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${simulator.adminUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
  const user = (await admin('POST', '/users', {})) as { username: string; password: string };
  const endpoint = `${simulator.url}/api/v2`;
  const parts = exchangeParts(endpoint, clock);
  const credentials = { username: user.username, password: password ?? user.password };
  const tokens = sessionTokens((calledOff) => login(parts, credentials, calledOff), clock);
  return {
    clock,
    client: uwsClient(openSession(parts, tokens)),
    tokens,
    endpoint,
    admin,
    ledger: async (name) => (await admin('GET', `/ledger?endpoint=${name}`)) as readonly LedgerEntry[],
    deletions: async () => (await admin('GET', '/deletions')) as [],
    async [Symbol.asyncDispose]() {
      await parts.http.close();
      await simulator.close();
    },
  };
}

export function iccid(identifier: string): WireIdentifier {
  return { kind: 'iccid', identifier };
}

/** Devices whose history may be lost. */
export function deletable(...devices: readonly WireIdentifier[]): readonly DeletableDevice[] {
  return devices.map((device) => ({ device, receipt: skippedReceipt(0) }));
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind} ${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

export function failure(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('it did not fail');
  return result.failure;
}
