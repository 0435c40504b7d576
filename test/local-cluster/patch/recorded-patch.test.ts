import { describe, expect, test } from 'vitest';
import { OBJECT_META } from '../../../src/local-cluster/kinds/object-meta.ts';
import type { KubeObject } from '../../../src/local-cluster/object.ts';
import { applyJsonPatch } from '../../../src/local-cluster/patch/json-patch.ts';
import { applyMergePatch } from '../../../src/local-cluster/patch/merge-patch.ts';
import { applyStrategicMerge } from '../../../src/local-cluster/patch/strategic-merge.ts';
import { compileSchema } from '../../../src/local-cluster/schema/schema.ts';
import { type Step, transcript, widgetSchema } from '../schema/recorded.ts';

const STEPS = transcript('05-patch');
const WIDGET = compileSchema(widgetSchema());
const CONFIG_MAP = {
  type: 'object',
  properties: { metadata: OBJECT_META, data: { type: 'object', additionalProperties: { type: 'string' } } },
};

type Patched = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function patched(step: Step, before: unknown): Patched {
  const contentType = step.request.headers?.['Content-Type'] ?? '';
  const { body } = step.request;
  if (contentType.startsWith('application/json-patch')) return applyJsonPatch(before, body);
  if (contentType.startsWith('application/merge-patch'))
    return { ok: true, value: applyMergePatch(before, body) };
  return applyStrategicMerge(before, body, CONFIG_MAP);
}

function patchesOf(resource: string): readonly Step[] {
  const about = STEPS.filter(
    (step) => step.request.method === 'PATCH' && step.request.path.includes(resource),
  );
  // Preconditions, media types and whole bodies the server refuses are not a matter of patching.
  return about
    .filter((step) => step.response.status === 200 || step.name.startsWith('JSON patch'))
    .filter((step) => typeof step.request.body !== 'string' && step.response.status !== 400);
}

describe('patches of a custom resource', () => {
  let live = STEPS[0]?.response.body as KubeObject;

  for (const step of patchesOf('/widgets/p')) {
    test(step.name, () => {
      const result = patched(step, live);
      expect(result.ok).toBe(step.response.status === 200);
      if (!result.ok) return;
      const next = WIDGET.applyDefaults(WIDGET.prune(result.value).object) as KubeObject;
      // What the server leaves alone: spec and metadata through the status path, status through the other.
      const isStatus = step.request.path.endsWith('/status');
      live = isStatus ? { ...live, status: next['status'] } : { ...next, status: live['status'] };
      const { spec, status } = step.response.body;
      expect({ spec: live['spec'], status: live['status'] }).toEqual({ spec, status });
      expect(live.metadata.labels).toEqual(step.response.body.metadata.labels);
    });
  }
});

describe('patches of a ConfigMap', () => {
  let live: unknown = STEPS.find((step) => step.name === 'core: create ConfigMap')?.response.body;

  for (const step of patchesOf('/configmaps/cm')) {
    test(step.name, () => {
      const result = patched(step, live);
      if (!result.ok) throw new Error('the patch does not apply');
      live = result.value;
      const { data, metadata } = live as KubeObject;
      const told = step.response.body;
      expect(data).toEqual(told['data']);
      expect(metadata.labels).toEqual(told.metadata.labels);
      expect(metadata.finalizers).toEqual(told.metadata.finalizers);
      expect(metadata.ownerReferences).toEqual(told.metadata.ownerReferences);
    });
  }
});
