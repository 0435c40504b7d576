import { styleText } from 'node:util';
import { HEADINGS, type Row } from './row.ts';

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
  return output.isTTY === true ? liveScreen(output) : plainScreen(output);
}

function liveScreen(output: Output): Screen {
  let drawn = 0;
  return {
    say: (line = '') => {
      output.write(`${line}\n`);
      drawn = 0;
    },
    show: (rows, footer) => {
      // What scrolled away could not be drawn over.
      const room = (output.rows ?? 40) - footer.length - 2;
      const lines = [...table(fitting(rows, room), output.columns ?? 120), ...footer];
      const up = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`;
      output.write(`${up}${lines.map((line) => `${line}\n`).join('')}`);
      drawn = lines.length;
    },
  };
}

/** As many rows as there is room for; those that are not Ready first, and a last one that counts the rest. */
function fitting(rows: readonly Row[], room: number): readonly Row[] {
  if (rows.length <= room) return rows;
  const shown = [...rows]
    .sort((a, b) => Number(a.ready === 'True') - Number(b.ready === 'True'))
    .slice(0, Math.max(1, room - 1));
  const left = { resource: `… and ${rows.length - shown.length} more`, ready: '', devices: '', pending: '' };
  return [...shown, { ...left, failed: '', waitsFor: '' }];
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
  const line = (row: Row): string =>
    COLUMNS.map((column, index) => row[column].padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
      .slice(0, width - 1);
  return [styleText('bold', line(HEADINGS)), ...rows.map((row) => paint(row, line(row)))];
}

function paint(row: Row, line: string): string {
  if (row.ready === 'True') return styleText('green', line);
  return row.ready === 'False' && row.pending === '0' ? styleText('yellow', line) : line;
}
