import { Command, InvalidArgumentError, Option } from 'commander';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../../controllers/resources.ts';
import { addClusterOptions, type Cluster, type ClusterOptions, withCluster } from '../cluster.ts';
import { EXIT, Sentence } from '../exit.ts';
import { findObject } from '../inspect/cluster-objects.ts';
import { parseResource } from '../inspect/resource-argument.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, type Report, render } from '../output/print.ts';
import { stopSignal } from '../stop-signal.ts';
import { devicesOfClaim } from './claim.ts';
import { DEVICE_STATES, type DeviceStanding, type DeviceState } from './state.ts';

interface Options extends ClusterOptions {
  readonly namespace?: string;
  readonly state: readonly DeviceState[];
  readonly output: Format;
}

/** `vendorplane devices RESOURCE`: every item of a resource, also beyond the 50 in its status. */
export function devicesCommand(): Command {
  const command = new Command('devices')
    .description('Print every device of a resource with its state, code and message.')
    .argument('<resource>', 'for example dclaim/orders');
  addClusterOptions(command)
    .option('-n, --namespace <name>', 'where the resource stands (default: that of the kubeconfig’s context)')
    .addOption(
      new Option('--state <state>', 'only devices in this state; repeatable')
        .choices(DEVICE_STATES)
        .argParser((state: string, before: readonly string[]) => [...before, checkState(state)])
        .default([], 'all'),
    );
  return addOutputOption(command, ['table', 'csv', 'json', 'markdown'])
    .action((resource: string, options: Options) =>
      withCluster(options, (cluster) => run(cluster, resource, options, stopSignal())),
    )
    .addHelpText('after', HELP);
}

const HELP = `
States: claimed, pending, failed, conflicted, awaitingCustomer, releasing, and held: recorded for the claim, not in its
lists, and not released because those lists cannot be trusted now (the code says why).

It reads the cluster and asks no vendor: the lists of the claim, the VendorRecords (recorded refusals among them), the
outcomes in the VendorOperations that are still kept, and the 50 failures in status. What the vendor alone knows is told
by the controller in status only. So beyond those 50 a device that somebody else holds without an operation of ours
having been refused stands as pending, one that was let go of behind our back still as claimed, and while some devices
of a claim wait for the customer's approval and others are in force, all of them as claimed. When the counts in status
say otherwise than this list, a line on standard error says so.

Exit codes: ${EXIT.ok} printed, ${EXIT.failed} it did not work, ${EXIT.usage} the command line was not understood.`;

async function run(
  { client, namespace }: Cluster,
  resource: string,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const { kind, name } = parseResource(resource);
  if (kind !== 'DeviceClaim') throw new Sentence(`a ${kind} has no devices; name a DeviceClaim`);
  const ref = { namespace: options.namespace ?? namespace, name };
  const claim = await findObject(client, DEVICE_CLAIMS, ref, signal);
  if (claim === undefined) {
    throw new Sentence(`there is no DeviceClaim ${name} in the namespace ${ref.namespace}`);
  }
  const standings = await devicesOfClaim(client, claim, signal);
  const wanted = standings.filter(({ state }) => options.state.length === 0 || options.state.includes(state));
  print(render(reportOf(claim, standings, wanted), options.output));
  const difference = differenceOf(claim, standings);
  if (difference !== undefined) process.stderr.write(`vendorplane: ${difference}\n`);
}

function reportOf(
  { metadata, status }: ServedDeviceClaim,
  all: readonly DeviceStanding[],
  wanted: readonly DeviceStanding[],
): Report {
  return {
    json: {
      kind: 'DeviceClaim',
      namespace: metadata.namespace,
      name: metadata.name,
      generation: metadata.generation,
      observedGeneration: status?.observedGeneration,
      counts: countsOf(all),
      status: status?.devices ?? {},
      devices: wanted,
    },
    sections: [
      {
        headings: ['device', 'state', 'code', 'message'],
        rows: wanted.map(({ device, state, code, message }) => [device, state, code, message]),
        ifEmpty: 'no device of the claim is in such a state',
      },
    ],
  };
}

function countsOf(standings: readonly DeviceStanding[]): Record<DeviceState, number> {
  const counts = Object.fromEntries(DEVICE_STATES.map((state) => [state, 0])) as Record<DeviceState, number>;
  for (const { state } of standings) counts[state] += 1;
  return counts;
}

/** Where the controller, which sees the vendor, counts otherwise than this list. */
function differenceOf(
  { metadata, status }: ServedDeviceClaim,
  standings: readonly DeviceStanding[],
): string | undefined {
  if (status?.devices === undefined || status.observedGeneration !== metadata.generation) {
    return 'the controller has not reported on this version of the claim yet';
  }
  const counts = countsOf(standings);
  const told: Readonly<Record<string, number | undefined>> = status.devices;
  const differing = DEVICE_STATES.filter((state) => state !== 'held' && (told[state] ?? 0) !== counts[state]);
  if (differing.length === 0) return undefined;
  const numbers = differing.map((state) => `${told[state] ?? 0} ${state} and not ${counts[state]}`);
  return `the controller, which sees the vendor, counts ${numbers.join(', ')}; --help says what this list cannot know`;
}

function checkState(state: string): DeviceState {
  const found = DEVICE_STATES.find((known) => known === state);
  if (found === undefined) throw new InvalidArgumentError(`states are ${DEVICE_STATES.join(', ')}`);
  return found;
}
