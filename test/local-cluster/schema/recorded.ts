import { readFileSync } from 'node:fs';
import type { KubeObject } from '../../../src/local-cluster/object.ts';
import type { FieldError } from '../../../src/local-cluster/schema/field-error.ts';
import type { JsonSchema } from '../../../src/local-cluster/schema/schema.ts';

/** An answer: an object, or a Status with its causes. */
type Recorded = KubeObject & {
  readonly message?: string;
  readonly details?: { readonly causes?: readonly FieldError[] };
};

interface Definition {
  readonly spec: {
    readonly versions: readonly [{ readonly schema: { readonly openAPIV3Schema: JsonSchema } }];
  };
}

/** One recorded exchange with a real API server. */
export interface Step {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly body: Recorded;
  };
}

/** The exchanges of a transcript, for example `04-validation`. */
export function transcript(name: string): readonly Step[] {
  const file = new URL(`../transcripts/${name}.json`, import.meta.url);
  const steps = JSON.parse(readFileSync(file, 'utf8')) as readonly Partial<Step>[];
  return steps.filter((step): step is Step => step.request !== undefined);
}

/** The first step whose name begins so. */
export function stepNamed(steps: readonly Step[], start: string): Step {
  const found = steps.find((step) => step.name.startsWith(start));
  if (found === undefined) throw new Error(`no step is named ${start}`);
  return found;
}

/** The schema of the definition all transcripts use. */
export function widgetSchema(): JsonSchema {
  return schemaOf(stepNamed(transcript('02-crd-lifecycle'), 'create definition').request.body);
}

/** The schema of the first version of a definition. */
export function schemaOf(definition: unknown): JsonSchema {
  return (definition as Definition).spec.versions[0].schema.openAPIV3Schema;
}

/** The same violations in one order: a real server's own changes from call to call. */
export function inAnyOrder(errors: readonly FieldError[] | undefined): readonly FieldError[] {
  const key = (error: FieldError): string => `${error.field} ${error.message}`;
  return (errors ?? []).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
