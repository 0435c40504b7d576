import { Argument, Command, InvalidArgumentError } from 'commander';
import type { Simulator } from '../../simulators/simulator.ts';
import { EXIT, Sentence } from '../exit.ts';
import { stopSignal } from '../stop-signal.ts';
import { type SimulateOptions, VENDORS } from './vendors.ts';

interface Options extends Omit<SimulateOptions, 'port' | 'adminPort'> {
  readonly port: readonly number[];
  readonly adminPort: readonly number[];
}

/** `vendorplane simulate`: vendors without a controller. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Run vendor simulators and nothing else.')
    .addArgument(new Argument('<vendor...>', 'which vendors').choices(Object.keys(VENDORS)))
    .option(
      '--port <number>',
      'port of the vendor on 127.0.0.1; repeatable, one for each vendor in their order (default: any free one)',
      addPort,
      [],
    )
    .option(
      '--admin-port <number>',
      'port of the admin face, on which you play the vendor’s side; as --port (default: any free one)',
      addPort,
      [],
    )
    .option(
      '--partner-id <digits>',
      'google-zero-touch: the reseller account that exists there (default: 1234567890)',
    )
    .option('--reseller-id <id>', 'samsung-knox: the reseller that exists there (default: 2345678901)')
    .option(
      '--account-name <name>',
      'verizon-uws: the billing account that exists there (default: 0252067890-00001)',
    )
    .option(
      '--seed <number>',
      'what chance starts from, up to 65535; the same seed gives the same ids',
      parsePort,
    )
    .action(run)
    .addHelpText(
      'after',
      `\nExit codes: ${EXIT.ok} ended by a signal, ${EXIT.failed} a simulator cannot start, ${EXIT.usage} the command line was not understood.`,
    );
}

async function run(vendors: readonly string[], options: Options, command: Command): Promise<void> {
  checkPorts(command, '--port', options.port.length, vendors.length);
  checkPorts(command, '--admin-port', options.adminPort.length, vendors.length);
  const signal = stopSignal();
  const running: Simulator[] = [];
  try {
    for (const [index, vendor] of vendors.entries()) {
      const ports = { port: options.port[index] ?? 0, adminPort: options.adminPort[index] ?? 0 };
      const simulator = await startVendor(vendor, { ...options, ...ports });
      running.push(simulator);
      process.stdout.write(`${simulator.vendor} at ${simulator.url}, admin face at ${simulator.adminUrl}\n`);
    }
    if (!signal.aborted) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    }
  } finally {
    await Promise.all(running.map((simulator) => simulator.close()));
  }
}

/** Ends the command as any other command line that was not understood. */
function checkPorts(command: Command, option: string, ports: number, vendors: number): void {
  if (ports <= vendors) return;
  command.error(
    `error: ${option} stands there ${ports} times, for ${vendors} vendor${vendors === 1 ? '' : 's'}`,
  );
}

async function startVendor(vendor: string, options: SimulateOptions): Promise<Simulator> {
  const start = VENDORS[vendor];
  if (start === undefined) throw new InvalidArgumentError(`there is no vendor ${vendor}`);
  try {
    return await start(options);
  } catch (error) {
    throw new Sentence(`${vendor} cannot start: ${(error as Error).message}`);
  }
}

function addPort(text: string, before: readonly number[]): readonly number[] {
  return [...before, parsePort(text)];
}

/** A number from 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('it must be a number from 0 to 65535');
  return port;
}
