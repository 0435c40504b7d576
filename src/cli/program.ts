import { Command, CommanderError } from 'commander';
import { archiveCommand } from './archive/command.ts';
import { controllerCommand } from './controller/command.ts';
import { devicesCommand } from './devices/command.ts';
import { EXIT, type ExitCode, Sentence } from './exit.ts';
import { findCommand } from './find/command.ts';
import { localCommand } from './local/command.ts';
import { resolveCommand } from './resolve/command.ts';
import { simulateCommand } from './simulate/command.ts';
import { uninstallCommand } from './uninstall/command.ts';
import { validateCommand } from './validate/command.ts';
import { packageVersion } from './version.ts';

/** Runs one command. Errors come out as one sentence on stderr. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const done = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = new Command('vendorplane')
    .description('Keeps device vendors in step with what Kubernetes resources declare.')
    .version(packageVersion())
    .addCommand(localCommand(done))
    .addCommand(controllerCommand())
    .addCommand(simulateCommand())
    .addCommand(devicesCommand())
    .addCommand(findCommand())
    .addCommand(resolveCommand())
    .addCommand(archiveCommand(done))
    .addCommand(validateCommand(done))
    .addCommand(uninstallCommand());
  sayInOneSentence(program, 'vendorplane');
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof Sentence)) throw error;
    process.stderr.write(`vendorplane: ${error.message}\n`);
    return EXIT.failed;
  }
}

/** What is wrong with the command line, at this command and those below it: one line, as of any other error. */
function sayInOneSentence(command: Command, path: string): void {
  command.exitOverride().configureOutput({
    outputError: (text, write) => {
      const what = text
        .trim()
        .replace(/^error: /, '')
        .replace(' is invalid. ', ' is invalid: ')
        .replace(/\.?\s*\n\s*/g, ' ');
      write(`vendorplane: ${what.replace(/\.$/, '')}; ${path} --help says what is possible\n`);
    },
  });
  for (const part of command.commands) sayInOneSentence(part, `${path} ${part.name()}`);
}
