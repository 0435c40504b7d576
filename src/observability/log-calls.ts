import { OWN_LIMITS } from '../ports/quota.ts';
import type { Around } from './decorate.ts';
import { failureOf } from './failure-of.ts';
import type { Log } from './log.ts';

/** Logs each port call that failed, in the words of its failure; arguments and values stay out of the log. */
export function logCalls(log: Log): Around {
  return ({ port, method }, run) => {
    const answer = run();
    if (!(answer instanceof Promise)) return answer;
    return answer.then(
      (value: unknown) => {
        const failure = failureOf(value);
        // That our own requests of this second are spent is waiting, and nobody's trouble.
        if (failure !== undefined && !OWN_LIMITS.has(failure.code))
          log.warn({ port, method, ...failure }, 'port call failed');
        else log.debug({ port, method }, 'port call done');
        return value;
      },
      (error: unknown) => {
        log.error({ port, method, err: error }, 'port call threw');
        throw error;
      },
    );
  };
}
