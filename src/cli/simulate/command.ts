import { Argument, Command, InvalidArgumentError } from 'commander';
import type { Simulator } from '../../simulators/simulator.ts';
import { stopSignal } from '../stop-signal.ts';
import { type SimulateOptions, VENDORS } from './vendors.ts';

/** `vendorplane simulate`: a vendor without a controller. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Run a vendor simulator and nothing else.')
    .addArgument(new Argument('<vendor>', 'which vendor').choices(Object.keys(VENDORS)))
    .option('--port <number>', 'port of the vendor on 127.0.0.1; 0 is any free one', parsePort, 0)
    .option(
      '--admin-port <number>',
      'port of the admin face, on which you play the vendor’s side',
      parsePort,
      0,
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
    .action(async (vendor: string, options: SimulateOptions) => {
      const signal = stopSignal();
      const simulator = await startVendor(vendor, options);
      process.stdout.write(`${simulator.vendor} at ${simulator.url}, admin face at ${simulator.adminUrl}\n`);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await simulator.close();
    });
}

function startVendor(vendor: string, options: SimulateOptions): Promise<Simulator> {
  const start = VENDORS[vendor];
  if (start === undefined) throw new InvalidArgumentError(`there is no vendor ${vendor}`);
  return start(options);
}

/** A number from 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('it must be a number from 0 to 65535');
  return port;
}
