import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { bePatient } from '../support/patience.ts';
import { runProgram } from '../support/run.ts';

bePatient();

test.each([
  'local',
  'controller',
  'simulate',
  'devices',
  'find',
  'resolve',
  'archive',
  'archive verify',
  'archive show',
  'validate',
  'uninstall',
])('vendorplane %s says with --help what it does and how it ends', async (command) => {
  const { code, stdout, stderr } = await runProgram([...command.split(' '), '--help'], tmpdir());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: vendorplane ${command} `));
  if (command !== 'archive') expect(stdout).toContain('Exit codes: 0 ');
});

test.each([
  { why: 'a cluster that is not there', args: ['find', 'x', '--kubeconfig', '/nowhere'], code: 1 },
  { why: 'a resource without a kind', args: ['devices', 'orders', '--kubeconfig', '/nowhere'], code: 1 },
  { why: 'an archive that is not there', args: ['archive', 'verify', '/nowhere'], code: 1 },
  { why: 'a command that is none', args: ['plant'], code: 2 },
  { why: 'a part of a command that is none', args: ['archive', 'burn'], code: 2 },
  { why: 'a missing argument', args: ['find'], code: 2 },
  { why: 'an option that is nearly one', args: ['local', '--until-convergd'], code: 2 },
  { why: 'a format that is none', args: ['find', 'x', '-o', 'xml'], code: 2 },
  { why: 'a missing option', args: ['resolve', 'vop-1'], code: 2 },
])('$why is one line on standard error, with code $code', async ({ args, code }) => {
  const ran = await runProgram(args, tmpdir());
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code, stdout: '' });
  expect(ran.stderr).toMatch(/^vendorplane: [^\n]+\n$/);
  if (code === 2) expect(ran.stderr).toMatch(/; vendorplane( \w+)* --help says what is possible\n$/);
});
