import { readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import type { Bench, Figure } from './bench.ts';

/**
 * `npm run bench [name…]`: runs the benchmarks of this folder (`<name>.bench.ts`, each exporting `bench`) one after
 * the other and prints what they measured. Figures depend on the machine, so a goal that is missed is told and is no
 * failure; a benchmark that cannot run is one.
 */
const ENDING = '.bench.ts';
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}\n`);
  process.exitCode = 2;
} else {
  // What others run at the same time is in every figure of time, and in every stall.
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${load} before`;
  process.stdout.write(`Node ${process.versions.node}, ${machine}\n`);
  for (const name of asked.length === 0 ? known : asked) {
    const { bench } = (await import(`./${name}${ENDING}`)) as { readonly bench: Bench };
    process.stdout.write(`\n${table(name, await bench())}`);
  }
}

function table(name: string, figures: readonly Figure[]): string {
  const rows = [
    [name, 'measured', 'goal', ''],
    ...figures.map(({ what, measured, goal }) => [
      what,
      measured,
      goal?.text ?? '',
      goal === undefined ? '' : goal.reached ? 'reached' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
