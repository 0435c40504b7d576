import { type Command, Option } from 'commander';

/** How a command prints its data. */
export type Format = 'table' | 'json' | 'markdown' | 'csv';

/** Adds `--output` to a command; the first format is the default. */
export function addOutputOption(command: Command, formats: readonly Format[]): Command {
  const option = new Option('-o, --output <format>', 'how to print').choices(formats);
  return command.addOption(option.default(formats[0]));
}
