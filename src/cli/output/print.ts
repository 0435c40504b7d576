import type { Format } from './format.ts';

/** Rows under headings; every row has as many cells as there are headings. */
export interface Section {
  /** What the rows are, when there are several sections. */
  readonly title?: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is said instead of an empty table. */
  readonly ifEmpty: string;
}

/** What a command prints: `json` for programs, the same as sections for people. */
export interface Report {
  readonly json: unknown;
  readonly sections: readonly Section[];
}

/** Text of a report, ending in a newline. CSV has one section and always its header line. */
export function render({ json, sections }: Report, format: Format): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(json, undefined, 2)}\n`;
    case 'csv':
      return sections.flatMap(({ headings, rows }) => [headings, ...rows].map(csvLine)).join('');
    case 'markdown':
      return sections.map(markdown).join('\n');
    case 'table':
      return sections.map(table).join('\n');
    default:
      return format satisfies never;
  }
}

/** Writes to standard output. A reader that has seen enough (`| head`) is no failure. */
export function print(text: string): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(text);
}

function table({ title, headings, rows, ifEmpty }: Section): string {
  const head = title === undefined ? '' : `${title}\n`;
  if (rows.length === 0) return `${head}${ifEmpty}\n`;
  const lines = [headings.map((heading) => heading.toUpperCase()), ...rows.map((row) => row.map(plain))];
  const widths = headings.map((_, column) =>
    lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${head}${text.join('\n')}\n`;
}

function markdown({ title, headings, rows, ifEmpty }: Section): string {
  const head = title === undefined ? '' : `## ${title}\n\n`;
  if (rows.length === 0) return `${head}${ifEmpty}\n`;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const body = rows.map((row) => line(row.map((cell) => plain(cell).replaceAll('|', '\\|'))));
  return `${head}${line(headings)}${line(headings.map(() => '---'))}${body.join('')}`;
}

/** RFC 4180, with plain newlines. */
function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${quoted.join(',')}\n`;
}

/** A vendor's text on one line, and without what a terminal would obey. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- exactly those are meant
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
