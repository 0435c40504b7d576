import { Command, InvalidArgumentError, Option } from 'commander';
import { addClusterOptions, type Cluster, type ClusterOptions, withCluster } from '../cluster.ts';
import { EXIT, Sentence } from '../exit.ts';
import { parseResource } from '../inspect/resource-argument.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, render } from '../output/print.ts';
import { stopSignal } from '../stop-signal.ts';
import { ALL_STATES, LISTED_KINDS } from './kinds.ts';
import { differenceOf, reportOf } from './report.ts';

interface Options extends ClusterOptions {
  readonly namespace?: string;
  readonly state: readonly string[];
  readonly output: Format;
}

/** `vendorplane devices RESOURCE`: every item of a resource, also beyond the 50 in its status. */
export function devicesCommand(): Command {
  const command = new Command('devices')
    .description('Print every device of a resource with its state, code and message.')
    .argument(
      '<resource>',
      'a DeviceClaim, NetflixDeviceRegistration or VerizonDeviceDeletion, for example dclaim/orders or nreg/boxes',
    );
  addClusterOptions(command)
    .option('-n, --namespace <name>', 'where the resource stands (default: that of the kubeconfig’s context)')
    .addOption(
      new Option('--state <state>', 'only devices in this state; repeatable')
        .choices(ALL_STATES)
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
States of a DeviceClaim: claimed, pending, failed, conflicted, awaitingCustomer, releasing, and held: recorded for the claim, not in its
lists, and not released because those lists cannot be trusted now (the code says why). Of a NetflixDeviceRegistration:
registered, unconfirmed (the vendor names it as failed and gives no reason), pending, failed, conflicted, releasing, held.
Of a VerizonDeviceDeletion: deleted, deactivating, waiting, failed.

It reads the cluster and asks no vendor: the lists of the resource, the VendorRecords (recorded refusals among them), the
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
  const listed = LISTED_KINDS[kind];
  if (listed === undefined) {
    throw new Sentence(`a ${kind} has no devices; name one of ${Object.keys(LISTED_KINDS).join(', ')}`);
  }
  const ref = { namespace: options.namespace ?? namespace, name };
  const listing = await listed.read(client, ref, signal);
  if (listing === undefined)
    throw new Sentence(`there is no ${kind} ${name} in the namespace ${ref.namespace}`);
  const wanted = listing.standings.filter(
    ({ state }) => options.state.length === 0 || options.state.includes(state),
  );
  print(render(reportOf(kind, listed, listing, wanted), options.output));
  const difference = differenceOf(listed, listing);
  if (difference !== undefined) process.stderr.write(`vendorplane: ${difference}\n`);
}

function checkState(state: string): string {
  if (ALL_STATES.includes(state)) return state;
  throw new InvalidArgumentError(`states are ${ALL_STATES.join(', ')}`);
}
