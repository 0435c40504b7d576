import { Command } from 'commander';
import { createDisk } from '../../archive/disk.ts';
import { parseLineName } from '../../domain/line/identifier.ts';
import { EXIT, type ExitCode, Sentence } from '../exit.ts';
import { STATE_DIR } from '../local/cluster.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, render } from '../output/print.ts';
import { historyReport } from './history.ts';
import { verifyReport } from './verify.ts';

interface VerifyOptions {
  readonly output: Format;
}

interface ShowOptions extends VerifyOptions {
  readonly archiveDir: string;
  readonly account?: string;
}

/** `vendorplane archive`: what is safe of lines that were deleted at Verizon. */
export function archiveCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('archive').description(
    'Check and read the archived histories of deleted lines.',
  );
  return command.addCommand(verifyCommand(done)).addCommand(showCommand());
}

/** Where `vendorplane local` keeps the histories when it has no data directory, seen from where it was started. */
const LOCAL_ARCHIVE = `${STATE_DIR}/archive`;

function verifyCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('verify')
    .description('Read every archived history back and compare it with its manifest.')
    .argument('<dir>', 'folder of the archive, as given to the controller with --archive-dir');
  return addOutputOption(command, ['table', 'json', 'markdown'])
    .action(async (dir: string, options: VerifyOptions) => {
      const { report, isWhole } = await verifyReport(createDisk(), dir);
      print(render(report, options.output));
      done(isWhole ? EXIT.ok : EXIT.failed);
    })
    .addHelpText(
      'after',
      `\nExit codes: ${EXIT.ok} everything is whole, ${EXIT.failed} something is damaged or the folder cannot be read.`,
    );
}

function showCommand(): Command {
  const command = new Command('show')
    .description('Print what was archived of one line, under any of its names.')
    .argument('<device>', 'the line by kind and identifier, for example iccid:85000022411113460014')
    .option(
      '--archive-dir <dir>',
      'folder of the archive; what `vendorplane local` makes by default',
      LOCAL_ARCHIVE,
    )
    .option('--account <name>', 'only the lines of this billing account (default: all)');
  return addOutputOption(command, ['table', 'json', 'markdown', 'csv'])
    .action(async (device: string, { archiveDir, account, output }: ShowOptions) => {
      const colon = device.indexOf(':');
      const parsed = parseLineName(device.slice(0, Math.max(colon, 0)), device.slice(colon + 1));
      if (!parsed.ok) throw new Sentence(parsed.failure.message);
      print(render(await historyReport(createDisk(), archiveDir, parsed.name, account), output));
    })
    .addHelpText(
      'after',
      `\nExit codes: ${EXIT.ok} printed, ${EXIT.failed} nothing of that line is there or it cannot be read, ${EXIT.usage} the command line was not understood.`,
    );
}
