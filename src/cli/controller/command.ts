import { Command, Option } from 'commander';
import { destination } from 'pino';
import { parseRedirects } from '../../config/redirects.ts';
import { loadClusterAccess } from '../../kube/config.ts';
import { type Around, decorate, stack } from '../../observability/decorate.ts';
import { createLog, LOG_LEVELS, type LogLevel } from '../../observability/log.ts';
import { logCalls } from '../../observability/log-calls.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Result } from '../../ports/failure.ts';
import type { Leadership } from '../../ports/leadership.ts';
import { Sentence } from '../exit.ts';
import { stopSignal } from '../stop-signal.ts';
import { newRequestKey, systemClock, systemRandom } from '../system.ts';
import { packageVersion } from '../version.ts';
import { runControlLoop } from './run.ts';
import { vendorFactories } from './vendors.ts';

interface Options {
  readonly kubeconfig?: string;
  readonly namespace?: string;
  readonly vendorRedirect: readonly string[];
  readonly logLevel: LogLevel;
  readonly logFile?: string;
}

/** `vendorplane controller`: the control loop against a cluster. */
export function controllerCommand(): Command {
  return new Command('controller')
    .description('Run the control loop against the current kubeconfig, or in the cluster it runs in.')
    .option('--kubeconfig <file>', 'the cluster to work on (default: KUBECONFIG, ~/.kube/config, in-cluster)')
    .option('--namespace <name>', 'follow only this namespace (default: all)')
    .option(
      '--vendor-redirect <origin=origin>',
      'send requests for one origin to another, for trying against a simulator; repeatable',
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    )
    .addOption(new Option('--log-level <level>', 'how much to log').choices(LOG_LEVELS).default('info'))
    .option('--log-file <file>', 'write the log here (default: standard output)')
    .action((options: Options) => runController(options, { clock: systemClock, around: [] }));
}

/** What a test may put around a controller that is otherwise the real one. */
export interface Surroundings {
  readonly clock: Clock;
  readonly around: readonly Around[];
}

export async function runController(options: Options, surroundings: Surroundings): Promise<void> {
  const { clock } = surroundings;
  const log = createLog(
    options.logLevel,
    destination({ dest: options.logFile ?? 1, sync: true, mkdir: true }),
  );
  const redirects = expect(parseRedirects(options.vendorRedirect));
  const { kubeconfig, namespace } = options;
  const source = { env: process.env, clock, ...(kubeconfig === undefined ? {} : { kubeconfig }) };
  const access = expect(await loadClusterAccess(source));
  const version = packageVersion();
  const around = stack(logCalls(log), ...surroundings.around);
  // Without election there is one controller, and its number is 0.
  const leadership = decorate<Leadership>('leadership', { fence: 0, mayWrite: () => true }, around);
  log.info({ version, server: access.server, namespace }, 'controller starts');
  await runControlLoop(
    {
      access,
      vendors: vendorFactories({ clock, redirects, env: process.env, leadership, log }),
      leadership,
      clock,
      random: systemRandom,
      newRequestKey,
      log,
      around,
      version,
      ...(namespace === undefined ? {} : { namespace }),
    },
    stopSignal(),
  );
  log.info('controller ended');
}

function expect<T>(result: Result<T>): T {
  if (!result.ok) throw new Sentence(result.failure.message);
  return result.value;
}
