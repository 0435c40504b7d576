import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A server beside the bench, in a process of its own. */
export interface Beside<Ready> {
  readonly ready: Ready;
  stop(): Promise<void>;
}

/** Starts the program of this file; resolves with what it tells first. It ends with this process. */
export async function startBeside<Ready>(program: URL): Promise<Beside<Ready>> {
  const child = fork(program, { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const first = once(child, 'message').then(([message]) => message as Ready);
  const ready = await Promise.race([
    first,
    ended.then(() => Promise.reject(new Error(`${program.pathname} ended before it served`))),
  ]);
  return {
    ready,
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
