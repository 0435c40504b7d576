import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode, Sentence } from './exit.ts';
import { packageVersion } from './version.ts';

type Done = (code: ExitCode) => void;

/**
 * The commands, in the order of the help. Each brings what it needs by itself: who asks for devices does not wait for the
 * simulators, and a controller does not hold them.
 */
const COMMANDS: ReadonlyMap<string, (done: Done) => Promise<Command>> = new Map([
  ['local', async (done: Done) => (await import('./local/command.ts')).localCommand(done)],
  ['controller', async () => (await import('./controller/command.ts')).controllerCommand()],
  ['simulate', async () => (await import('./simulate/command.ts')).simulateCommand()],
  ['devices', async () => (await import('./devices/command.ts')).devicesCommand()],
  ['find', async () => (await import('./find/command.ts')).findCommand()],
  ['resolve', async () => (await import('./resolve/command.ts')).resolveCommand()],
  ['archive', async (done: Done) => (await import('./archive/command.ts')).archiveCommand(done)],
  ['validate', async (done: Done) => (await import('./validate/command.ts')).validateCommand(done)],
  ['uninstall', async () => (await import('./uninstall/command.ts')).uninstallCommand()],
]);

/** Runs one command. Errors come out as one sentence on stderr. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const done: Done = (code) => {
    exitCode = code;
  };
  const program = new Command('vendorplane')
    .description('Keeps device vendors in step with what Kubernetes resources declare.')
    .version(packageVersion());
  for (const command of await commandsFor(argv[2], done)) program.addCommand(command);
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

/** The command of this name; all of them where it is none, for the help and for what may have been meant. */
function commandsFor(name: string | undefined, done: Done): Promise<readonly Command[]> {
  const load = COMMANDS.get(name ?? '');
  return Promise.all((load === undefined ? [...COMMANDS.values()] : [load]).map((one) => one(done)));
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
