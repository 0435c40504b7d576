import { startProgram } from './program.ts';

/** How a run of the program ended. */
export interface ProgramRun {
  /** Its exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `vendorplane ARGS` to its end. */
export async function runProgram(args: readonly string[], cwd: string): Promise<ProgramRun> {
  const program = startProgram(args, cwd);
  const code = await program.ended;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}
