import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { controllerCommand } from '../../../src/cli/controller/command.ts';
import { systemClock } from '../../../src/cli/system.ts';
import type { Around } from '../../../src/observability/decorate.ts';

/** What a test says beside the flags, as JSON in the first argument. */
export interface Orders {
  /** Stands for the longest a vendor request may take. */
  readonly longestRequestMs: number;
  /** So far the wall clock of its machine is ahead, in milliseconds. */
  readonly wallAheadMs?: number;
  /** Once this file is there, the process stops itself right behind the next intent: before the vendor is called. */
  readonly stopBehindIntent?: string;
}

const [, , text = '{}', ...flags] = process.argv;
const orders = JSON.parse(text) as Orders;

/** The worst moment to be stopped: the intent is durable, every check before it was passed. */
const stopBehindIntent: Around = async ({ port, method }, run) => {
  const answer = await run();
  const isDue = orders.stopBehindIntent !== undefined && existsSync(orders.stopBehindIntent);
  if (port === 'journal' && method === 'intend' && isDue) process.kill(process.pid, 'SIGSTOP');
  return answer;
};

/** Only what answers with a promise may be awaited. */
const around: Around = (call, run) => (call.port === 'journal' ? stopBehindIntent(call, run) : run());

const clock = { ...systemClock, now: () => systemClock.now() + (orders.wallAheadMs ?? 0) };

// The real controller, as `vendorplane controller` runs it, but for the wait of a takeover.
await new Command()
  .addCommand(controllerCommand({ clock, around: [around], longestRequestMs: orders.longestRequestMs }))
  .parseAsync(['controller', ...flags], { from: 'user' });
