import { failed, ok, type Result } from '../../ports/failure.ts';
import { decodeLogIn, emptyListMessage, logInMessage } from './codec.ts';
import { type ExchangeParts, exchange } from './exchange.ts';
import { faultFailure, invalidReply } from './failure.ts';
import type { LogInRequest } from './wire.ts';

/**
 * Logs in: one request. It changes nothing but the sessions, so a lost reply is `transient`. Any fault is a
 * refusal and `unauthorized`: no document lists the codes of a refused log-in (3), and a refusal taken for something
 * passing would be repeated until Verizon locks the user.
 */
export async function login(
  parts: ExchangeParts,
  credentials: LogInRequest,
  signal: AbortSignal,
): Promise<Result<string>> {
  const answer = await exchange(parts, { ...logInMessage(credentials), access: 'read' }, undefined, signal);
  if (!answer.ok) return answer;
  if (answer.value.is === 'fault') {
    const failure = faultFailure(answer.value.fault, 'read');
    return failed({ ...failure, kind: 'unauthorized', code: 'LOGIN_REFUSED' });
  }
  const reply = decodeLogIn(answer.value.output);
  return reply === undefined ? failed(invalidReply('read')) : ok(reply.sessionToken);
}

/**
 * Asks for something without a session, which is refused and no log-in (3): whatever the service answers, in its own
 * form, shows that it is there.
 */
export async function knock(
  parts: ExchangeParts,
  accountName: string,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  return exchange(parts, { ...emptyListMessage(accountName), access: 'read' }, undefined, signal);
}
