import { Command } from 'commander';
import { destination } from 'pino';
import { directoryArchive } from '../../archive/directory.ts';
import { createDisk } from '../../archive/disk.ts';
import { parseRedirects } from '../../config/redirects.ts';

import { createTokenKeeper } from '../../controllers/netflix-subscription/token-keeper.ts';
import { type ClusterAccess, loadClusterAccess } from '../../kube/config.ts';
import { type Around, decorate, stack } from '../../observability/decorate.ts';
import { createHealth, type Health } from '../../observability/health.ts';
import { createLog, type Log } from '../../observability/log.ts';

import { logCalls } from '../../observability/log-calls.ts';
import type { Archive } from '../../ports/archive.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Result } from '../../ports/failure.ts';
import type { Leadership } from '../../ports/leadership.ts';
import type { TokenVault } from '../../ports/token-vault.ts';
import { EXIT, Sentence } from '../exit.ts';
import { stopSignal } from '../stop-signal.ts';
import { newRequestKey, systemClock, systemRandom } from '../system.ts';
import { packageVersion } from '../version.ts';
import { openFaces } from './faces.ts';
import { candidacyOf } from './leadership/flags.ts';
import { ONLY_SEAT, type Seat, takeSeat } from './leadership/seat.ts';
import { createMetrics, type Metrics } from './measured/metrics.ts';
import { addFlags, OPERATION_RETENTION_MS, type Options } from './options.ts';
import { runControlLoop } from './run.ts';
import { vendorFactories } from './vendors.ts';

/** What a test may put around a controller that is otherwise the real one. */
export interface Surroundings {
  readonly clock: Clock;
  readonly around: readonly Around[];
  /** A cluster that is known already; default: as the flags and the environment tell. */
  readonly access?: ClusterAccess;
  /** Stands for the longest a vendor request may take, in milliseconds, so that a takeover can be waited for. */
  readonly longestRequestMs?: number;
}

/** `vendorplane controller`: the control loop against a cluster. */
export function controllerCommand(surroundings: Surroundings = { clock: systemClock, around: [] }): Command {
  const command = new Command('controller').description(
    'Run the control loop against the current kubeconfig, or in the cluster it runs in.',
  );
  return addFlags(command)
    .action((options: Options) => runController(options, surroundings))
    .addHelpText(
      'after',
      `\nExit codes: ${EXIT.ok} ended by a signal, ${EXIT.failed} it cannot work or lost its lease, ${EXIT.usage} the command line was not understood.`,
    );
}

/** One controller process, from its flags. */
interface Process {
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly candidacy: ReturnType<typeof candidacyOf>;
  readonly access: ClusterAccess;
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

/** Runs until the process is asked to stop. Without the lease it stands by; losing it ends the process at once. */
export async function runController(options: Options, surroundings: Surroundings): Promise<void> {
  const { clock } = surroundings;
  const log = createLog(
    options.logLevel,
    destination({ dest: options.logFile ?? 1, sync: true, mkdir: true }),
  );
  const { kubeconfig, namespace } = options;
  const source = { env: process.env, clock, ...(kubeconfig === undefined ? {} : { kubeconfig }) };
  const access = surroundings.access ?? expect(await loadClusterAccess(source));
  const version = packageVersion();
  const candidacy = candidacyOf(options, access.namespace);
  const metrics = createMetrics(version, new URL(access.server).host, candidacy.lease.name);
  const health = createHealth();
  const stop = stopSignal();
  stop.addEventListener('abort', () => health.reached('stopping'));
  const faces = await openFaces(options, metrics.registry, health, log);
  log.info({ version, server: access.server, namespace }, 'controller starts');
  try {
    await work({ options, surroundings, candidacy, access, version, log, metrics, health }, stop);
  } finally {
    await faces.close();
  }
  log.info('controller ended');
}

async function work(parts: Process, stop: AbortSignal): Promise<void> {
  const { options, surroundings, access, version, log, metrics, health } = parts;
  const { clock } = surroundings;
  const redirects = expect(parseRedirects(options.vendorRedirect));
  const seat = await seatFor(parts, stop);
  if (seat === undefined) return;
  const leadership = decorate<Leadership>('leadership', seat.leadership, stack(...surroundings.around));
  health.reached('listing');
  const around = stack(seat.around, logCalls(log), metrics.portCalls, ...surroundings.around);
  const tokens = createTokenKeeper();
  await runControlLoop(
    {
      access,
      tokens,
      vendors: vendorFactories({
        clock,
        redirects,
        env: process.env,
        leadership,
        log,
        count: metrics.vendorRequest,
        vault: decorateVault(tokens, around),
      }),
      leadership,
      clock,
      random: systemRandom,
      newRequestKey,
      log,
      around,
      operationRetentionMs: options.operationRetention ?? OPERATION_RETENTION_MS,
      version,
      metrics,
      ...(options.archiveDir === undefined ? {} : { archive: archiveIn(options.archiveDir, clock, version) }),
      onWorking: () => health.reached('working'),
      ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
    },
    stop,
  );
  // Only now: whoever takes the lease finds everything that was sent in the journal.
  await seat.giveBack();
}

async function seatFor(parts: Process, stop: AbortSignal): Promise<Seat | undefined> {
  const { options, surroundings, candidacy, access, version, log, metrics, health } = parts;
  if (options.leaderElect !== true) return ONLY_SEAT;
  health.reached('standingBy');
  const { longestRequestMs } = surroundings;
  return takeSeat(
    {
      ...candidacy,
      access,
      userAgent: `vendorplane/${version}`,
      log,
      metrics: metrics.leadership,
      ...(longestRequestMs !== undefined && { longestRequestMs }),
      onLost: endAtOnce,
    },
    stop,
  );
}

/** The port's face alone: what else is done with tokens is between their keeper and their store. */
function decorateVault(tokens: TokenVault, around: Around): TokenVault {
  const face: TokenVault = { deposit: (secret, token, signal) => tokens.deposit(secret, token, signal) };
  return decorate('tokenVault', face, around);
}

function archiveIn(root: string, clock: Clock, version: string): Archive {
  return directoryArchive({ root, disk: createDisk(), clock, tool: `vendorplane ${version}` });
}

/** Whoever leads now goes by what the journal says; nothing that this process still knows may be added to it. */
function endAtOnce(): void {
  process.stderr.write('vendorplane: the lease is lost, so this process ends; the next one stands by\n');
  process.exit(EXIT.failed);
}

function expect<T>(result: Result<T>): T {
  if (!result.ok) throw new Sentence(result.failure.message);
  return result.value;
}
