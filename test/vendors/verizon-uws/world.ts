import { skippedReceipt } from '../../../src/domain/line/receipt.ts';
import { openHttpClient } from '../../../src/http/http-client.ts';
import { requestQuota } from '../../../src/http/quota.ts';
import type { Failure, Result } from '../../../src/ports/failure.ts';
import type { LoginBook } from '../../../src/ports/login-book.ts';
import type { LedgerEntry } from '../../../src/simulators/ledger.ts';
import { startVerizonUws, type VerizonUwsOptions } from '../../../src/simulators/verizon-uws/start.ts';
import { type UwsClient, uwsClient } from '../../../src/vendors/verizon-uws/client.ts';
import type { ExchangeParts } from '../../../src/vendors/verizon-uws/exchange.ts';
import { DEFAULT_LIMITS } from '../../../src/vendors/verizon-uws/limits.ts';
import { knock, login as logIn } from '../../../src/vendors/verizon-uws/login.ts';
import { latchedLogIn } from '../../../src/vendors/verizon-uws/login-latch.ts';
import { loginMemory } from '../../../src/vendors/verizon-uws/login-memory.ts';
import { credentialsMark, loginName } from '../../../src/vendors/verizon-uws/login-name.ts';
import { openSession } from '../../../src/vendors/verizon-uws/session.ts';
import { type SessionTokens, sessionTokens } from '../../../src/vendors/verizon-uws/session-token.ts';
import type { DeletableDevice, LogInRequest, WireIdentifier } from '../../../src/vendors/verizon-uws/wire.ts';
import { type ManualClock, manualClock } from '../../http/manual-clock.ts';
import { adminFace } from '../../support/admin-face.ts';

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
  readonly parts: ExchangeParts;
  /** As the service knows it. */
  readonly user: LogInRequest;
  admin(method: string, path: string, body?: object): Promise<unknown>;
  ledger(endpoint: string): Promise<readonly LedgerEntry[]>;
  /** Every line that is truly gone, oldest first. */
  deletions(): Promise<readonly { readonly identifiers: Readonly<Record<string, string>> }[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The sessions of a new process, with what earlier ones wrote down. */
export function lifeOf(parts: ExchangeParts, credentials: LogInRequest, book: LoginBook): SessionTokens {
  const login = loginName(parts.endpoint, credentials);
  return sessionTokens(
    latchedLogIn({
      login,
      credentials: () => credentialsMark(login, credentials),
      book,
      turns: { last: Promise.resolve(), spare: false },
      logIn: (calledOff) => logIn(parts, credentials, calledOff),
      knock: (calledOff) => knock(parts, ACCOUNT, calledOff),
    }),
    parts.clock,
  );
}

/** A service with one user, and a client logged in as that user, or with another password. */
export async function startUws(options: VerizonUwsOptions = {}, password?: string): Promise<UwsWorld> {
  const clock = manualClock();
  const simulator = await startVerizonUws({ clock: { now: () => clock.now() }, ...options });
  const admin = adminFace(simulator);
  const user = (await admin('POST', '/users', {})) as LogInRequest;
  const endpoint = `${simulator.url}/api/v2`;
  const parts = exchangeParts(endpoint, clock);
  const credentials = { username: user.username, password: password ?? user.password };
  const tokens = lifeOf(parts, credentials, loginMemory());
  return {
    clock,
    client: uwsClient(openSession(parts, tokens)),
    tokens,
    endpoint,
    parts,
    user,
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
