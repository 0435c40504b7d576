import { failed, type Result } from '../ports/failure.ts';

/**
 * One run for all who ask while it runs. It has a signal of its own, since whoever asked first may leave while others
 * still wait; who is called off gets `transient`, and the run goes on for the others. The run has to end by itself.
 */
export function singleFlight<T>(
  run: (signal: AbortSignal) => Promise<Result<T>>,
): (signal: AbortSignal) => Promise<Result<T>> {
  let running: Promise<Result<T>> | undefined;
  return async (signal) => {
    running ??= run(new AbortController().signal).finally(() => {
      running = undefined;
    });
    return await orAborted(running, signal);
  };
}

async function orAborted<T>(answer: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  const { promise, resolve } = Promise.withResolvers<Result<T>>();
  const onAbort = (): void => {
    resolve(failed({ kind: 'transient', code: 'ABORTED', message: 'the request was called off' }));
  };
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([answer, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
