import { describe, expect, test } from 'vitest';
import { serverSideApply } from '../../../src/local-cluster/apply/server-side-apply.ts';
import { trackUpdate } from '../../../src/local-cluster/apply/track-update.ts';
import type { KubeObject } from '../../../src/local-cluster/object.ts';
import { applyJsonPatch } from '../../../src/local-cluster/patch/json-patch.ts';
import { applyMergePatch } from '../../../src/local-cluster/patch/merge-patch.ts';
import { compileSchema } from '../../../src/local-cluster/schema/schema.ts';
import { type Step, transcript, widgetSchema } from '../schema/recorded.ts';

const SCHEMA = widgetSchema();
const WIDGET = compileSchema(SCHEMA);
const NOW = '<time>';

/** The object a server keeps, in the words of the recording: without the status default that only reads show. */
let live: KubeObject | undefined;

function queryOf(step: Step): URLSearchParams {
  return new URL(step.request.path, 'http://recorded').searchParams;
}

function isStatus(step: Step): boolean {
  return step.request.path.split('?')[0]?.endsWith('/status') === true;
}

function defaulted(object: unknown): KubeObject {
  return WIDGET.applyDefaults(object) as KubeObject;
}

function applyStep(step: Step, before: KubeObject | undefined): ReturnType<typeof serverSideApply> {
  const query = queryOf(step);
  return serverSideApply({
    live: before,
    applied: step.request.body as KubeObject,
    manager: query.get('fieldManager') as string,
    force: query.get('force') === 'true',
    schema: SCHEMA,
    subresource: isStatus(step) ? 'status' : '',
    now: NOW,
  });
}

function updateStep(step: Step, before: KubeObject): KubeObject {
  const { body, method } = step.request;
  const userAgent = step.request.headers?.['User-Agent'];
  const manager =
    queryOf(step).get('fieldManager') ??
    (userAgent === '' ? 'unknown' : (userAgent?.split('/')[0] as string));
  const patched =
    method === 'PUT' ? body : Array.isArray(body) ? jsonPatched(before, body) : applyMergePatch(before, body);
  return trackUpdate(before, defaulted(patched), manager, '', SCHEMA, NOW);
}

function jsonPatched(before: KubeObject, operations: unknown): unknown {
  const result = applyJsonPatch(before, operations);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** What is under test of an object: spec, status and the record of ownership. */
function told(object: KubeObject): unknown {
  const { labels, annotations, finalizers, ownerReferences, managedFields } = object.metadata;
  const entries = managedFields?.map((entry) => ({ ...entry, time: entry.time ?? 'none' }));
  return {
    labels,
    annotations,
    finalizers,
    ownerReferences,
    entries,
    spec: object['spec'],
    status: object['status'],
  };
}

const ALL = transcript('06-server-side-apply');
const ABOUT_A = ALL.slice(0, 45).filter(
  (step) => step.request.path.includes('/widgets/a') && !step.request.path.includes('/absent'),
);
const ABOUT_M = ALL.filter(
  (step) => /\/widgets(\/m)?\?/.test(step.request.path) || step.request.path.endsWith('/widgets/m'),
);

describe('one object under several managers', () => {
  for (const step of ABOUT_A) {
    test(step.name, () => {
      const isApply = step.request.headers?.['Content-Type']?.includes('apply-patch') === true;
      if (!isApply) {
        live = updateStep(step, live as KubeObject);
        expect(told(live)).toEqual(told(step.response.body));
        return;
      }
      const result = applyStep(step, live);
      if (step.response.status === 422) {
        // The merge is sound; what the merged object violates is for validation to say.
        const errors = result.ok ? WIDGET.validate(result.object, live) : [];
        expect(errors).toEqual(step.response.body.details?.causes);
      } else if (result.ok) {
        const after = result.object;
        expect(step.response.status).toBeLessThan(300);
        expect(told(after)).toEqual(told(step.response.body));
        live = after;
      } else {
        expect(result.message).toBe(step.response.body.message);
        expect(result.kind).toBe(step.response.status === 409 ? 'conflict' : 'schema');
        if (result.kind === 'conflict') expect(result.causes).toEqual(step.response.body.details?.causes);
      }
    });
  }

  test('an apply that changes nothing returns the live object itself', () => {
    const again = ABOUT_A[1] as Step;
    const first = applyStep(ABOUT_A[0] as Step, undefined);
    if (!first.ok) throw new Error(first.message);
    const stored = first.object;
    const second = applyStep(again, stored);
    expect(second.ok && second.object).toBe(stored);
  });
});

describe('the way from client-side apply to server-side apply', () => {
  let stored: KubeObject | undefined;
  for (const step of ABOUT_M.filter((each) => each.request.method !== 'GET')) {
    test(step.name, () => {
      if (stored === undefined) {
        stored = trackUpdate(
          undefined,
          defaulted(step.request.body),
          'kubectl-client-side-apply',
          '',
          SCHEMA,
          NOW,
        );
      } else if (Array.isArray(step.request.body)) {
        stored = trackUpdate(
          stored,
          defaulted(jsonPatched(stored, step.request.body)),
          'demo-client',
          '',
          SCHEMA,
          NOW,
        );
      } else {
        const result = applyStep(step, stored);
        if (!result.ok) throw new Error(result.message);
        stored = result.object;
      }
      expect(told(stored)).toEqual(told(step.response.body));
    });
  }
});

describe('configurations of other objects', () => {
  for (const name of ['wrong type in the configuration', 'unknown field: 500', 'YAML 1.1 trap']) {
    const step = ALL.find((each) => each.name.startsWith(name)) as Step;
    test(step.name, () => {
      const applied =
        typeof step.request.body === 'string'
          ? { ...((ABOUT_A[0] as Step).request.body as KubeObject), metadata: { name: true } }
          : step.request.body;
      const result = applyStep({ ...step, request: { ...step.request, body: applied } }, undefined);
      expect(result).toEqual({ ok: false, kind: 'schema', message: step.response.body.message });
    });
  }

  test('content nobody described is owned field by field, its lists as a whole', () => {
    const step = ALL.find((each) => each.name.startsWith('preserve-unknown object')) as Step;
    const result = applyStep(step, undefined);
    expect(result.ok && told(result.object)).toEqual(told(step.response.body));
  });
});
