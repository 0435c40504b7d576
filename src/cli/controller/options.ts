import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ListenAddress } from '../../observability/http-face.ts';
import { LOG_LEVELS, type LogLevel } from '../../observability/log.ts';
import { addLeadershipFlags, durationOption, type LeadershipOptions } from './leadership/flags.ts';

/** What the command line says. */
export interface Options extends LeadershipOptions {
  readonly kubeconfig?: string;
  readonly namespace?: string;
  readonly vendorRedirect: readonly string[];
  readonly metricsAddress?: ListenAddress;
  readonly healthAddress?: ListenAddress;
  /** In milliseconds. */
  readonly operationRetention?: number;
  /** Where histories of lines are kept before the lines are deleted. */
  readonly archiveDir?: string;
  readonly logLevel: LogLevel;
  readonly logFile?: string;
}

/** The audit time: a week (api.md, VendorOperation). */
export const OPERATION_RETENTION_MS = 168 * 3_600_000;

/** Adds every flag of `controller` to a command. */
export function addFlags(command: Command): Command {
  command
    .option('--kubeconfig <file>', 'the cluster to work on (default: KUBECONFIG, ~/.kube/config, in-cluster)')
    .option('--namespace <name>', 'follow only this namespace (default: all)')
    .option(
      '--vendor-redirect <origin=origin>',
      'send requests for one origin to another, for trying against a simulator; repeatable',
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    );
  addLeadershipFlags(command);
  return command
    .option('--metrics-address <[host]:port>', 'serve /metrics there (default: not at all)', parseAddress)
    .option(
      '--health-address <[host]:port>',
      'serve /healthz and /readyz there (default: not at all)',
      parseAddress,
    )
    .addOption(
      durationOption(
        '--operation-retention <duration>',
        'how long finished operations are kept; at least the window of any guard',
        OPERATION_RETENTION_MS,
        '168h',
      ),
    )
    .option(
      '--archive-dir <dir>',
      'keep the histories of lines there before they are deleted (default: none, and nothing that wants an archive is deleted)',
    )
    .addOption(new Option('--log-level <level>', 'how much to log').choices(LOG_LEVELS).default('info'))
    .option('--log-file <file>', 'write the log here (default: standard output)');
}

const ADDRESS = /^(?:\[(?<ipv6>[0-9a-fA-F:.]+)\]|(?<host>[^\s:[\]]*)):(?<port>\d{1,5})$/;

/** `:8080`, `127.0.0.1:8080`, `[::1]:8080`; port 0 is any free one, and the log says which. */
export function parseAddress(text: string): ListenAddress {
  const { ipv6, host, port } = ADDRESS.exec(text)?.groups ?? {};
  if (port === undefined || Number(port) > 65_535) {
    throw new InvalidArgumentError('it must look like :8080, 127.0.0.1:8080 or [::1]:8080');
  }
  const name = ipv6 ?? host ?? '';
  return { port: Number(port), ...(name !== '' && { host: name }) };
}
