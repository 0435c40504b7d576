import { failed, ok, type Result } from '../../ports/failure.ts';
import type { Decoder } from './codec.ts';
import { type Answered, type ExchangeParts, exchange, type Sending } from './exchange.ts';
import { faultFailure, invalidReply, isSessionFault } from './failure.ts';
import type { SessionTokens } from './session-token.ts';

/** One operation and how its output is read. */
export interface Exchanged<Reply> extends Sending {
  readonly decode: Decoder<Reply>;
}

/** What came back, and whether the reply had to be mended. */
export interface Replied<Reply> {
  readonly reply: Reply;
  readonly isRepaired: boolean;
}

/** Sends messages within one session. Each is tried once. */
export type Session = <Reply>(
  exchanged: Exchanged<Reply>,
  signal: AbortSignal,
) => Promise<Result<Replied<Reply>>>;

/**
 * The way of a message: a token, leave of the quota, one attempt, and the reply classified. A session that has ended
 * is told before any work starts (3, ASSUMED there for writes), so it alone is answered by one new log-in and one
 * more attempt.
 */
export function openSession(parts: ExchangeParts, tokens: SessionTokens): Session {
  async function attempt(sending: Sending, token: string, signal: AbortSignal): Promise<Result<Answered>> {
    const answer = await exchange(parts, sending, token, signal);
    if (answer.ok && isEnded(answer.value)) tokens.drop(token);
    else if (answer.ok) tokens.used(token);
    return answer;
  }

  async function withToken(sending: Sending, signal: AbortSignal): Promise<Result<Answered>> {
    const token = await tokens.get(signal);
    if (!token.ok) return token;
    const first = await attempt(sending, token.value, signal);
    if (!first.ok || !isEnded(first.value)) return first;
    const renewed = await tokens.get(signal);
    return renewed.ok ? await attempt(sending, renewed.value, signal) : renewed;
  }

  return async <Reply>(exchanged: Exchanged<Reply>, signal: AbortSignal): Promise<Result<Replied<Reply>>> => {
    const { access, decode } = exchanged;
    const answer = await withToken(exchanged, signal);
    if (!answer.ok) return answer;
    if (answer.value.is === 'fault') return failed(faultFailure(answer.value.fault, access));
    const reply = decode(answer.value.output);
    if (reply === undefined) return failed(invalidReply(access));
    return ok({ reply, isRepaired: answer.value.isRepaired });
  };
}

function isEnded(answer: Answered): boolean {
  return answer.is === 'fault' && isSessionFault(answer.fault);
}
