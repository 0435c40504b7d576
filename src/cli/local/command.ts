import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { EXIT, type ExitCode } from '../exit.ts';
import { parsePort } from '../simulate/command.ts';
import { stopSignal } from '../stop-signal.ts';
import { packageFile } from '../version.ts';
import { runLocal } from './run.ts';

interface Options {
  readonly manifests?: string;
  readonly port: number;
  readonly kubeconfig?: string;
  readonly dataDir?: string;
  readonly untilConverged?: true;
  readonly timeout: number;
}

/** `vendorplane local`: everything on this machine. */
export function localCommand(done: (code: ExitCode) => void): Command {
  return new Command('local')
    .description(
      'Run everything on this machine: a Kubernetes API, simulated vendors, the controller, an example fleet.',
    )
    .option('--manifests <dir>', 'apply the manifests of this folder (default: the example fleet)')
    .option(
      '--port <number>',
      'port of the embedded Kubernetes API on 127.0.0.1; 0 is any free one',
      parsePort,
      0,
    )
    .option('--kubeconfig <file>', 'use this cluster instead of the embedded one')
    .option(
      '--data-dir <dir>',
      'keep the embedded cluster’s objects and the simulated vendors’ state here (default: in memory)',
    )
    .option(
      '--until-converged',
      'end when every resource is settled: 0 as expected, 3 something waits for a person, 1 not in time',
    )
    .option('--timeout <seconds>', 'how long --until-converged waits', parseSeconds, 300)
    .action(async (options: Options) => {
      const { manifests, kubeconfig, dataDir } = options;
      done(
        await runLocal(
          {
            manifests: manifests ?? packageFile('manifests/examples'),
            port: options.port,
            untilConverged: options.untilConverged ?? false,
            timeoutMs: options.timeout * 1_000,
            ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(kubeconfig) }),
            ...(dataDir === undefined ? {} : { dataDir }),
          },
          stopSignal(),
        ),
      );
    })
    .addHelpText(
      'after',
      `\nExit codes: ${EXIT.ok} as expected, ${EXIT.needsPerson} something waits for a person, ${EXIT.failed} failed or not in time.`,
    );
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new InvalidArgumentError('it must be a number of seconds above 0');
  return seconds;
}
