import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDurationMs } from '../../../api/duration.ts';
import { type LeaseTerms, termsFault } from '../../../kube/lease/decide.ts';
import type { ObjectRef } from '../../../kube/object.ts';
import { Sentence } from '../../exit.ts';

/** What the command line says about leadership. */
export interface LeadershipOptions {
  readonly leaderElect?: boolean;
  readonly leaseDuration?: number;
  readonly renewDeadline?: number;
  readonly retryPeriod?: number;
  readonly leaseName?: string;
  readonly leaseNamespace?: string;
  readonly identity?: string;
}

/** The timings of kube-controller-manager and of controller-runtime. */
const DEFAULT_TERMS = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 } as const;
/** The Lease that controllers lead by, unless told otherwise. */
export const DEFAULT_LEASE_NAME = 'vendorplane-controller';

/** Adds the flags to a command. */
export function addLeadershipFlags(command: Command): Command {
  const { leaseDurationMs, renewDeadlineMs, retryPeriodMs } = DEFAULT_TERMS;
  return command
    .option('--leader-elect', 'act only while holding a Lease, so that several replicas may run')
    .addOption(
      durationOption(
        '--lease-duration <duration>',
        'nobody else takes the lease before it stood unchanged for so long; whole seconds',
        leaseDurationMs,
      ),
    )
    .addOption(
      durationOption(
        '--renew-deadline <duration>',
        'the leader stops when no renewal succeeded for so long; below the lease duration',
        renewDeadlineMs,
      ),
    )
    .addOption(
      durationOption(
        '--retry-period <duration>',
        'between two attempts to renew or to take the lease',
        retryPeriodMs,
      ),
    )
    .option('--lease-name <name>', 'name of the Lease', DEFAULT_LEASE_NAME)
    .option('--lease-namespace <name>', 'its namespace (default: that of the pod or of the kubeconfig)')
    .option(
      '--identity <text>',
      'who holds the lease; unique to this process (default: host name and chance)',
    );
}

/** A flag with a duration such as `90s`; `shown` is its default in words. */
export function durationOption(
  flags: string,
  description: string,
  defaultMs: number,
  shown = `${defaultMs / 1_000}s`,
): Option {
  return new Option(flags, description).argParser(parseDuration).default(defaultMs, shown);
}

/** What is stood for, and how. Ends the program with one sentence when the timings cannot hold. */
export function candidacyOf(
  options: LeadershipOptions,
  ownNamespace: string | undefined,
): { readonly lease: ObjectRef; readonly terms: LeaseTerms } {
  const terms: LeaseTerms = {
    identity: options.identity ?? `${hostname()}_${randomBytes(6).toString('hex')}`,
    leaseDurationMs: options.leaseDuration ?? DEFAULT_TERMS.leaseDurationMs,
    renewDeadlineMs: options.renewDeadline ?? DEFAULT_TERMS.renewDeadlineMs,
    retryPeriodMs: options.retryPeriod ?? DEFAULT_TERMS.retryPeriodMs,
  };
  const fault = termsFault(terms);
  if (fault !== undefined) throw new Sentence(`leader election cannot work: ${fault}`);
  const namespace = options.leaseNamespace ?? ownNamespace ?? 'default';
  return { lease: { namespace, name: options.leaseName ?? DEFAULT_LEASE_NAME }, terms };
}

function parseDuration(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined) throw new InvalidArgumentError('it must be a duration such as 15s or 1m30s');
  return ms;
}
