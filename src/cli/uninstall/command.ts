import { Command } from 'commander';
import { addClusterOptions, type ClusterOptions, withCluster } from '../cluster.ts';
import { DEFAULT_LEASE_NAME } from '../controller/leadership/flags.ts';
import { EXIT } from '../exit.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, type Report, render } from '../output/print.ts';
import { stopSignal } from '../stop-signal.ts';
import { findMarked, type Marked } from './finalizers.ts';
import { type UninstallOrder, uninstall } from './run.ts';

interface Options extends ClusterOptions, UninstallOrder {
  readonly dryRun?: true;
  readonly output: Format;
}

/** `vendorplane uninstall`: lets go of all resources, so that they can be deleted without any effect at a vendor. */
export function uninstallCommand(): Command {
  const command = new Command('uninstall').description(
    'Take all finalizers of this program off its resources. No vendor is called: what they hold stays held.',
  );
  addClusterOptions(command)
    .option('-n, --namespace <name>', 'only the resources of this namespace (default: all)')
    .option('--lease-name <name>', 'name of the Lease the controllers lead by', DEFAULT_LEASE_NAME)
    .option('--lease-namespace <name>', 'where that Lease stands (default: looked for in all namespaces)')
    .option('--dry-run', 'only print what carries finalizers');
  return addOutputOption(command, ['table', 'json', 'markdown'])
    .action(async (options: Options) => {
      const signal = stopSignal();
      const done = await withCluster(options, ({ client }) =>
        options.dryRun === true
          ? findMarked(client, options.namespace, signal)
          : uninstall(client, options, signal),
      );
      print(render(reportOf(done), options.output));
    })
    .addHelpText('after', HELP);
}

const HELP = `
Scale the controller down first:

  kubectl -n vendorplane-system scale deployment/vendorplane-controller --replicas=0

While it works, this command holds the Lease by which controllers lead, so that none can act; it refuses to begin
while a controller renews that Lease. A Lease left behind by a dead process is waited for (15 s by default). A
controller started afterwards sets the finalizers again.

Devices that were waiting to be released stay with their customers.

Exit codes: ${EXIT.ok} no finalizer of ours is left, ${EXIT.failed} it did not work, ${EXIT.usage} the command line was not understood.`;

function reportOf(marked: readonly Marked[]): Report {
  return {
    json: marked,
    sections: [
      {
        headings: ['kind', 'namespace', 'name', 'being deleted', 'finalizers'],
        rows: marked.map(({ kind, namespace, name, deleting, finalizers }) => [
          kind,
          namespace,
          name,
          deleting ? 'yes' : 'no',
          finalizers.join(' '),
        ]),
        ifEmpty: 'no resource carries a finalizer of this program',
      },
    ],
  };
}
