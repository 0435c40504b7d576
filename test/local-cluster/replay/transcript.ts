import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One exchange as it was recorded; a step called "note" carries only text. */
export interface Step {
  readonly name: string;
  readonly request?: RecordedRequest;
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[]>>;
    readonly body: unknown;
  };
  readonly note?: string;
}

interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The transcripts, by the names of their files. */
export const FILES = [
  '01-discovery',
  '02-crd-lifecycle',
  '03-crud',
  '04-validation',
  '05-patch',
  '06-server-side-apply',
  '07-watch',
  '08-table-partial',
  '09-openapi-v3',
  '10-core',
  '11-authorisation',
];

/** The steps of a transcript in the order they were sent. */
export function readTranscript(file: string): readonly Step[] {
  const path = fileURLToPath(new URL(`../transcripts/${file}.json`, import.meta.url));
  return JSON.parse(readFileSync(path, 'utf8')) as readonly Step[];
}

/** The definition all transcripts but 02 begin with. */
export function widgetDefinition(): unknown {
  return readTranscript('02-crd-lifecycle').find((step) => step.name === 'create definition')?.request?.body;
}
