import { Command, Option } from 'commander';
import type { Resolution } from '../../domain/resolution.ts';
import { addClusterOptions, type Cluster, type ClusterOptions, withCluster } from '../cluster.ts';
import { EXIT } from '../exit.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, type Report, render } from '../output/print.ts';
import { stopSignal } from '../stop-signal.ts';
import { whoAmI } from './who.ts';
import { addResolutions, announce, type Resolved } from './write.ts';

interface Options extends ClusterOptions {
  readonly namespace?: string;
  readonly item: readonly string[];
  readonly as: keyof typeof WORDS;
  readonly by?: string;
  readonly output: Format;
}

/** As written on the command line, and in the resource. */
const WORDS: Readonly<Record<'happened' | 'not-happened', Resolution['as']>> = {
  happened: 'Happened',
  'not-happened': 'NotHappened',
};

/** `vendorplane resolve OPERATION`: what a person found out about an outcome that no read can settle. */
export function resolveCommand(): Command {
  const command = new Command('resolve')
    .description('Say what became of a write whose outcome nobody knows.')
    .argument('<operation>', 'name of a VendorOperation in state Unknown');
  addClusterOptions(command)
    .option(
      '-n, --namespace <name>',
      'where the operation stands (default: that of the kubeconfig’s context)',
    )
    .option(
      '--item <identifier>',
      'only this item of it; repeatable (default: all items nothing was said about)',
      (item: string, before: readonly string[]) => [...before, item],
      [] as readonly string[],
    )
    .addOption(
      new Option('--as <outcome>', 'what was found out').choices(Object.keys(WORDS)).makeOptionMandatory(),
    )
    .option('--by <name>', 'who found out (default: who the API server takes you for)');
  return addOutputOption(command, ['table', 'json', 'markdown'])
    .action((operation: string, options: Options) =>
      withCluster(options, (cluster) => run(cluster, operation, options, stopSignal())),
    )
    .addHelpText('after', HELP);
}

const HELP = `
Look at the vendor first. What is said here is believed: an item that happened is recorded as done and not sent again,
one that did not is sent again. It is written into the status of the operation with your name and an Event, and cannot
be taken back or said otherwise. The controller takes it in; the operation is then Resolved.

Exit codes: ${EXIT.ok} written down, or said before in the same words, ${EXIT.failed} refused or it did not work, ${EXIT.usage} the command line was not understood.`;

async function run(
  { client, connection, namespace }: Cluster,
  name: string,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const ref = { namespace: options.namespace ?? namespace, name };
  const by = options.by ?? (await whoAmI(connection, signal));
  const finding = { items: options.item, as: WORDS[options.as] };
  const resolved = await addResolutions(client, ref, finding, by, signal);
  await announce(client, resolved, by, signal);
  print(render(reportOf(resolved), options.output));
}

function reportOf({ operation, added }: Resolved): Report {
  const { metadata, spec, status } = operation;
  const resolutions = status?.resolutions ?? [];
  const { namespace, name } = metadata;
  return {
    json: { namespace, name, verb: spec.verb, state: status?.state, added: added.length, resolutions },
    sections: [
      {
        headings: ['operation', 'verb', 'item', 'as', 'by', 'at'],
        rows: resolutions.map(({ item, as, by, at }) => [
          `${namespace}/${name}`,
          spec.verb,
          item ?? '(all others)',
          as,
          by,
          at,
        ]),
        ifEmpty: 'nothing was found out',
      },
    ],
  };
}
