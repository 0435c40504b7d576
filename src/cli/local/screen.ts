import { stripVTControlCharacters, styleText } from 'node:util';
import { HEADINGS, type Row } from './row.ts';
import type { End } from './settled.ts';

/** Where a person watches. */
export interface Screen {
  /** A line that stays. */
  say(line?: string): void;
  /** Shows how the resources stand now, and below them lines that stay as they are. */
  show(rows: readonly Row[], footer: readonly string[]): void;
}

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** A live table on a terminal; plain lines, each when something changed, anywhere else. */
export function createScreen(output: Output): Screen {
  // A terminal that says it has no columns (a recorder, a job's log) is none that could be drawn over.
  const isDrawable = output.isTTY === true && output.columns !== 0 && output.rows !== 0;
  return isDrawable ? liveScreen(output) : plainScreen(output);
}

function liveScreen(output: Output): Screen {
  let drawn = 0;
  let last = '';
  return {
    say: (line = '') => {
      output.write(`${line}\n`);
      drawn = 0;
      last = '';
    },
    show: (rows, footer) => {
      // What scrolled away could not be drawn over.
      const width = output.columns ?? 120;
      const room = (output.rows ?? 40) - heightOf(footer, width) - 2;
      const lines = [...table(fitting(rows, room), width), ...footer];
      const text = lines.map((line) => `${line}\n`).join('');
      // Drawing the same again would take away what the reader has just selected to copy.
      if (text === last) return;
      last = text;
      const up = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`;
      output.write(`${up}${text}`);
      drawn = heightOf(lines, width);
    },
  };
}

/** Lines that a terminal of this width takes for them: what is too wide goes on in the next one. */
function heightOf(lines: readonly string[], width: number): number {
  const rowsOf = (line: string): number => Math.ceil(stripVTControlCharacters(line).length / width);
  return lines.reduce((sum, line) => sum + Math.max(1, rowsOf(line)), 0);
}

/** What a person looks for first: what waits for somebody, then what moves, then what is not Ready and expected so. */
const RANK: Readonly<Record<End, number>> = { needsPerson: 0, moving: 1, asExpected: 2 };

/** As many rows as there is room for, those first that somebody looks for, and a last one that counts the rest. */
function fitting(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  const rank = ({ end, ready }: Row): number => RANK[end] + Number(ready === 'True');
  const shown = [...rows].sort((a, b) => rank(a) - rank(b)).slice(0, Math.max(1, room - 1));
  const left = { resource: `… and ${rows.length - shown.length} more`, ready: '', devices: '', pending: '' };
  return [...shown, { ...left, failed: '', waitsFor: '', end: 'asExpected' }];
}

function plainScreen(output: Output): Screen {
  const last = new Map<string, string>();
  let footerSaid = '';
  return {
    say: (line = '') => output.write(`${line}\n`),
    show: (rows, footer) => {
      for (const row of rows) {
        const line = sentence(row);
        if (last.get(row.resource) === line) continue;
        last.set(row.resource, line);
        output.write(`${line}\n`);
      }
      const text = footer.map((line) => `${line}\n`).join('');
      if (text !== footerSaid) output.write(text);
      footerSaid = text;
    },
  };
}

function sentence({ resource, ready, devices, pending, failed, waitsFor }: Row): string {
  const numbers = [
    devices === '' ? '' : `claimed=${devices}`,
    pending === '' ? '' : `pending=${pending}`,
    failed === '' ? '' : `failed=${failed}`,
  ];
  return [resource, `ready=${ready}`, ...numbers, waitsFor].filter((part) => part !== '').join(' ');
}

const COLUMNS = ['resource', 'ready', 'devices', 'pending', 'failed', 'waitsFor'] as const;

function table(rows: readonly Row[], width: number): readonly string[] {
  const widths = COLUMNS.map((column) => Math.max(...[HEADINGS, ...rows].map((row) => row[column].length)));
  const line = (row: Row): string => {
    const cells = COLUMNS.map((column, index) => cellOf(row, column).padEnd(widths[index] ?? 0));
    return clipped(cells.join('  ').trimEnd(), width - 1);
  };
  return [styleText('bold', line(HEADINGS)), ...rows.map((row) => paint(row, line(row)))];
}

/** A resource that is not Ready though all is well says so before it says why. */
function cellOf(row: Row, column: (typeof COLUMNS)[number]): string {
  const isExpected = column === 'waitsFor' && row.end === 'asExpected' && row.ready === 'False';
  return isExpected ? `as expected: ${row.waitsFor}` : row[column];
}

/** Cut between two words where there is room for some, with a mark that more was said. */
function clipped(line: string, width: number): string {
  if (line.length <= width) return line;
  const cut = line.slice(0, Math.max(0, width - 2));
  const lastBlank = cut.lastIndexOf(' ');
  return `${lastBlank > width / 2 ? cut.slice(0, lastBlank).trimEnd() : cut} …`;
}

/** Green: as it should be. Yellow: waits for a person. */
function paint({ end, ready }: Row, line: string): string {
  if (end === 'needsPerson') return styleText('yellow', line);
  return end === 'asExpected' && ready !== '' ? styleText('green', line) : line;
}
