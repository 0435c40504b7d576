import { Command, InvalidArgumentError } from 'commander';
import { addClusterOptions, type Cluster, type ClusterOptions, withCluster } from '../cluster.ts';
import { EXIT, Sentence } from '../exit.ts';
import { operationsOf } from '../inspect/operations.ts';
import { recordsOf } from '../inspect/records.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, render } from '../output/print.ts';
import { stopSignal } from '../stop-signal.ts';
import { declarationsOf } from './declared.ts';
import { parseSought } from './identifier.ts';
import { type Found, reportOf } from './report.ts';

interface Options extends ClusterOptions {
  readonly namespace?: string;
  readonly operations: number;
  readonly output: Format;
}

/** `vendorplane find IDENTIFIER`: everything the cluster knows about one item. */
export function findCommand(): Command {
  const command = new Command('find')
    .description('Print who declares an item, who holds it by our records, and its last operations.')
    .argument('<identifier>', 'for example 490154203237518, imei:490154203237518 or serial:ZX1G22');
  addClusterOptions(command)
    .option('-n, --namespace <name>', 'look only there (default: in all namespaces)')
    .option('--operations <number>', 'how many operations to print, the last ones', parseCount, 10);
  return addOutputOption(command, ['table', 'json', 'markdown'])
    .action((identifier: string, options: Options) =>
      withCluster(options, (cluster) => run(cluster, identifier, options, stopSignal())),
    )
    .addHelpText('after', HELP);
}

const HELP = `
It reads the cluster and asks no vendor. A record says what was last seen or done by this program: the vendor may say
otherwise by now, and what the vendor holds without a record of ours is not found here. Operations are kept for their
audit time; older ones are not found.

Exit codes: ${EXIT.ok} something names it, ${EXIT.failed} nothing does or it did not work, ${EXIT.usage} the command line was not understood.`;

/** The guard's ledger is about operations, not about items. */
const LEDGER = 'ledger';

async function run(
  { client }: Cluster,
  identifier: string,
  { namespace, operations: most, output }: Options,
  signal: AbortSignal,
): Promise<void> {
  const sought = parseSought(identifier);
  const place = namespace === undefined ? {} : { namespace };
  const declared = await declarationsOf(client, namespace, sought, signal);
  const keys = new Set(declared.flatMap((declaration) => declaration.keys));
  const isMeant = (key: string): boolean => keys.has(key) || sought.matches(key);
  const records = await recordsOf(client, place, (kind, key) => kind !== LEDGER && isMeant(key), signal);
  const operations = await operationsOf(client, place, isMeant, signal);
  const found: Found = { identifier, declared, records, operations: operations.slice(-most) };
  if (declared.length + records.length + operations.length === 0) {
    throw new Sentence(
      `nothing in the cluster names ${JSON.stringify(identifier)}: no resource declares it, no record holds it, and no operation that is still kept was about it`,
    );
  }
  print(render(reportOf(found), output));
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,6}$/.test(text) || count < 1) throw new InvalidArgumentError('it must be a number from 1');
  return count;
}
