import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithKubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { type Program, startProgram } from '../support/program.ts';

bePatient();

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/walkthrough.md'), 'utf8');
const shell = promisify(execFile);

/** The commands of one chapter of docs/walkthrough.md, as a person types them. */
function commandsOf(chapter: string): readonly string[] {
  const text = PAGE.split(/^## /m).find((part) => part.startsWith(chapter)) ?? '';
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block.trim());
  return blocks.flatMap((block) => block.split('\n'));
}

interface Effect {
  readonly endpoint: string;
  readonly items?: readonly unknown[];
}

describeWithKubectl('the walk-through', () => {
  const folder = mkdtempSync(join(tmpdir(), 'walkthrough-'));
  let program: Program;
  let ledgerUrl: string;

  beforeAll(async () => {
    program = startProgram(['local'], folder);
    await program.said('Try next');
    ledgerUrl = /curl (\S+\/ledger\?mutating=true) .*Google/.exec(program.stdout())?.[1] ?? '';
  });

  afterAll(async () => {
    program.kill('SIGTERM');
    await program.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Types the commands of a chapter one after the other; answers what each printed. */
  async function play(chapter: string): Promise<readonly string[]> {
    const commands = commandsOf(chapter);
    expect(commands.length).toBeGreaterThan(1);
    const printed: string[] = [];
    for (const command of commands) {
      // The page speaks of the folder in which `npm start` runs; this one runs beside others.
      const env = { ...process.env, KUBECONFIG: join(folder, '.vendorplane/kubeconfig') };
      const { stdout } = await shell('sh', ['-c', command], { cwd: ROOT, env });
      printed.push(stdout);
    }
    return printed;
  }

  /** How many devices the vendor was asked to let go of, and to claim. */
  async function asked(): Promise<{ readonly unclaimed: number; readonly claimed: number }> {
    const ledger = (await (await fetch(ledgerUrl)).json()) as readonly Effect[];
    const itemsOf = (endpoint: string): number =>
      ledger
        .filter((entry) => entry.endpoint === endpoint)
        .reduce((sum, { items = [] }) => sum + items.length, 0);
    return { unclaimed: itemsOf('devices.unclaimAsync'), claimed: itemsOf('devices.claimAsync') };
  }

  test('does what the page says, command by command, and the vendor is asked for nothing else', async () => {
    const before = await asked();
    expect(before.unclaimed).toBe(0);

    await play('A move');
    expect(await asked()).toEqual({ unclaimed: 2, claimed: before.claimed + 2 });

    await play('A release');
    expect(await asked()).toEqual({ unclaimed: 5, claimed: before.claimed + 2 });

    const [, , guard = ''] = await play('A guard that trips');
    expect(JSON.parse(guard)).toMatchObject({ requested: 500, allowed: 100 });
    expect(await asked()).toEqual({ unclaimed: 5, claimed: before.claimed + 2 });
  });
});
