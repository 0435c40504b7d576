import { Command, InvalidArgumentError } from 'commander';
import { chargeKey } from '../../domain/charge/facts.ts';
import type { ItemKey } from '../../domain/item.ts';
import { addClusterOptions, type Cluster, type ClusterOptions, withCluster } from '../cluster.ts';
import { EXIT, Sentence } from '../exit.ts';
import { operationsOf } from '../inspect/operations.ts';
import { type RecordEntry, recordsOf } from '../inspect/records.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, render } from '../output/print.ts';
import { stopSignal } from '../stop-signal.ts';
import { chargesOf } from './charges.ts';
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
    .argument(
      '<identifier>',
      'a device, ESN, line, subscriber or charge: 490154203237518, imei:490154203237518, serial:ZX1G22, iccid:8500…',
    );
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
  const keys = new Set<ItemKey>();
  const isMeant = (key: ItemKey): boolean => keys.has(key) || sought.matches(key);
  const recorded = (): Promise<readonly RecordEntry[]> =>
    recordsOf(
      client,
      place,
      (kind, key, value) => kind !== LEDGER && (isMeant(key) || otherNames(value).some(isMeant)),
      signal,
    );
  // A record may know an item by a name that its resource does not have, and a resource by one its record does not.
  for (const { key } of await recorded()) keys.add(key);
  const declared = await declarationsOf(client, namespace, { ...sought, matches: isMeant }, signal);
  for (const key of declared.flatMap((declaration) => declaration.keys)) keys.add(key);
  const charges = await chargesOf(client, place, sought, signal);
  for (const charge of charges) keys.add(chargeKey(charge));
  const records = await recorded();
  const operations = await operationsOf(client, place, isMeant, signal);
  const found: Found = { identifier, declared, charges, records, operations: operations.slice(-most) };
  if (declared.length + charges.length + records.length + operations.length === 0) {
    throw new Sentence(
      `nothing in the cluster names ${JSON.stringify(identifier)}: no resource declares it, no record holds it, and no operation that is still kept was about it`,
    );
  }
  print(render(reportOf(found), output));
}

/** A line is filed under one of its names; what else it is called is recorded with it. */
function otherNames(value: unknown): readonly string[] {
  const { names = {} } = (value ?? {}) as { readonly names?: Readonly<Record<string, string>> };
  return Object.entries(names).map(([kind, identifier]) => `${kind}:${identifier}`);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,6}$/.test(text) || count < 1) throw new InvalidArgumentError('it must be a number from 1');
  return count;
}
