import { styleText } from 'node:util';
import { HEADINGS, type Row } from './row.ts';

/** Where a person watches. */
export interface Screen {
  /** A line that stays. */
  say(line?: string): void;
  /** Shows how the resources stand now. */
  show(rows: readonly Row[]): void;
  /** Nothing more will be shown over what stands there. */
  rest(): void;
}

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
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
    show: (rows) => {
      const lines = table(rows, output.columns ?? 120);
      const up = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`;
      output.write(`${up}${lines.map((line) => `${line}\n`).join('')}`);
      drawn = lines.length;
    },
    rest: () => {
      drawn = 0;
    },
  };
}

function plainScreen(output: Output): Screen {
  const last = new Map<string, string>();
  return {
    say: (line = '') => output.write(`${line}\n`),
    show: (rows) => {
      for (const row of rows) {
        const line = sentence(row);
        if (last.get(row.resource) === line) continue;
        last.set(row.resource, line);
        output.write(`${line}\n`);
      }
    },
    rest: () => {},
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
