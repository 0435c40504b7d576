/**
 * Starts the program once more with these flags for Node, in place of the process that runs: same id, same files, same
 * arguments. Returns when there is nothing to add, or where a process cannot be replaced (Windows).
 */
export function restartWith(flags: readonly string[]): void {
  const { execArgv, env, platform } = process;
  const missing = missingFlags(flags, [...execArgv, ...(env.NODE_OPTIONS ?? '').split(/\s+/)]);
  // Whoever talks with us over a channel of Node's has it in this process alone.
  if (missing.length === 0 || platform === 'win32' || process.connected) return;
  process.execve?.(
    process.execPath,
    [process.execPath, ...execArgv, ...missing, ...process.argv.slice(1)],
    env,
  );
}

/** Those of the wanted flags (`--name=value`) that nobody has given a value yet: what a user set stays. */
export function missingFlags(wanted: readonly string[], given: readonly string[]): readonly string[] {
  const nameOf = (flag: string): string => flag.replace(/=.*/, '').replaceAll('_', '-');
  const names = new Set(given.map(nameOf));
  return wanted.filter((flag) => !names.has(nameOf(flag)));
}
