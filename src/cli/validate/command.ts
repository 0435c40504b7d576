import { Command } from 'commander';
import { EXIT, type ExitCode } from '../exit.ts';
import { addOutputOption, type Format } from '../output/format.ts';
import { print, type Report, render } from '../output/print.ts';
import type { Finding } from './finding.ts';
import { validate } from './validate.ts';

interface Options {
  readonly filename: readonly string[];
  readonly recursive?: true;
  readonly strict?: true;
  readonly output: Format;
}

/** `vendorplane validate -f DIR`: what can be known to be wrong with manifests without a cluster. */
export function validateCommand(done: (code: ExitCode) => void): Command {
  const command = new Command('validate')
    .description('Check manifests without a cluster: schema, rules, references, lists of devices.')
    .requiredOption(
      '-f, --filename <path>',
      'a file, or a folder with .yaml, .yml and .json files; repeatable, all are checked together',
      (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
    )
    .option('-R, --recursive', 'folders with their sub-folders')
    .option('--strict', 'warnings count as errors');
  return addOutputOption(command, ['table', 'json', 'markdown'])
    .action(async ({ filename, recursive, strict, output }: Options) => {
      const { objects, findings } = await validate(filename, recursive ?? false);
      print(render(reportOf(objects, findings), output));
      const isBad = findings.some(({ severity }) => severity === 'error' || strict === true);
      done(isBad ? EXIT.failed : EXIT.ok);
    })
    .addHelpText('after', HELP);
}

const HELP = `
Each finding begins with file:line:column. Errors: what the API server would refuse, references to what is not among
the manifests, lists that cannot be read, identifiers that cannot be right, devices that two claims of one account
want. Warnings: ConfigMaps that are not among the manifests, Samsung handsets on a Google account, devices that claims
of two accounts want. Secrets are not looked for. No cluster and no vendor is asked.

Exit codes: ${EXIT.ok} no errors, ${EXIT.failed} errors (with --strict also warnings), or it did not work, ${EXIT.usage} the command line was not understood.`;

function reportOf(objects: number, findings: readonly Finding[]): Report {
  return {
    json: { objects, findings },
    sections: [
      {
        headings: ['place', 'severity', 'resource', 'message'],
        rows: findings.map(({ place, severity, resource, message }) => [
          `${place.file}:${place.line}:${place.column}`,
          severity,
          resource,
          message,
        ]),
        ifEmpty: `nothing is wrong with ${objects} objects`,
      },
    ],
  };
}
