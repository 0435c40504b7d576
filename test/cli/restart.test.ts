import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { NODE_FLAGS } from '../../src/cli/controller/node-flags.ts';
import { missingFlags } from '../../src/cli/controller/restart.ts';
import { startProgram } from '../support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'restart-'));

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['none were given', [], ['--a=1', '--b-c=2']],
  ['both were given', ['--a=1', '--b-c=2'], []],
  ['a user chose another value', ['--a=7'], ['--b-c=2']],
  ['a user wrote it with underscores, as V8 does', ['--b_c=7'], ['--a=1']],
  ['there are others', ['--inspect', ''], ['--a=1', '--b-c=2']],
])('when %s, the flags that are added: %#', (_when, given, added) => {
  expect(missingFlags(['--a=1', '--b-c=2'], given)).toEqual(added);
});

// What a process was started with can be read like this on Linux only.
test.skipIf(!existsSync('/proc/self/cmdline'))(
  'a controller runs with its flags under the id it was started with, however it was started',
  async () => {
    const kubeconfig = join(folder, 'config');
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        'current-context': 'main',
        contexts: [{ name: 'main', context: { cluster: 'nobody', user: 'nobody' } }],
        clusters: [{ name: 'nobody', cluster: { server: 'http://127.0.0.1:1' } }],
      }),
    );
    const logFile = join(folder, 'log');
    const faces = ['--health-address', '127.0.0.1:0', '--metrics-address', '127.0.0.1:0'];
    const program = startProgram(
      ['controller', '--kubeconfig', kubeconfig, '--log-file', logFile, ...faces],
      folder,
    );
    try {
      // Its first line: by then it is past its beginnings.
      while (!existsSync(logFile)) await sleep(20);
      const started = readFileSync(`/proc/${program.pid}/cmdline`, 'utf8').split('\0');
      expect(started.slice(1, 1 + NODE_FLAGS.length)).toEqual(NODE_FLAGS);
    } finally {
      program.kill('SIGTERM');
      await program.ended;
    }
  },
);
