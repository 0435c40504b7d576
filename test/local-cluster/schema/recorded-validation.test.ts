import { describe, expect, test } from 'vitest';
import { applyMergePatch } from '../../../src/local-cluster/patch/merge-patch.ts';
import type { FieldError } from '../../../src/local-cluster/schema/field-error.ts';
import { compileSchema } from '../../../src/local-cluster/schema/schema.ts';
import { inAnyOrder, type Step, stepNamed, transcript, widgetSchema } from './recorded.ts';

const STEPS = transcript('04-validation');
const WIDGET = compileSchema(widgetSchema());

function bodyOf(step: Step): unknown {
  const { body } = step.request;
  return typeof body === 'string' ? JSON.parse(body) : body;
}

/** What a server does with a body that creates an object. */
function admit(body: unknown): {
  object: Record<string, unknown>;
  errors: readonly FieldError[];
  unknownFields: readonly string[];
} {
  const { object, unknownFields } = WIDGET.prune(body);
  const { status: _status, ...defaulted } = WIDGET.applyDefaults(object) as Record<string, unknown>;
  return { object: defaulted, errors: WIDGET.validate(defaulted), unknownFields };
}

// From the first violation up to the sixty-fifth step every POST is about the schema.
const POSTS = STEPS.filter((step) => step.request.method === 'POST').slice(
  0,
  STEPS.findIndex((step) => step.name.startsWith('numbers:')),
);
const IN_BODY = POSTS.filter(
  (step) =>
    !/^(name|generateName|label|annotation|metadata|object of|request body|core|numbers)/.test(step.name),
);

describe('a new object', () => {
  test('is met by at least fifty recorded cases', () => {
    expect(IN_BODY.length).toBeGreaterThan(50);
  });

  for (const step of IN_BODY) {
    test(step.name, () => {
      const admitted = admit(bodyOf(step));
      if (step.response.status === 201) {
        expect(admitted.errors).toEqual([]);
        expect(admitted.object['spec']).toEqual(step.response.body['spec']);
      } else {
        expect(inAnyOrder(admitted.errors)).toEqual(inAnyOrder(step.response.body.details?.causes));
      }
    });
  }

  test('without its unknown fields names each of them by its path', () => {
    const step = stepNamed(STEPS, 'unknown fields are pruned');
    expect(admit(bodyOf(step)).unknownFields).toEqual(['spec.nope', 'spec.limits.x', 'spec.items[0].y']);
    expect(admit(bodyOf(stepNamed(STEPS, 'type: object for string'))).unknownFields).toEqual([
      'spec.title.a',
    ]);
  });
});

describe('an update', () => {
  const stored = {
    apiVersion: 'demo.vendorplane.dev/v1alpha1',
    kind: 'Widget',
    metadata: { name: 'imm' },
    spec: stepNamed(STEPS, 'CEL oldSelf rule on the object').request.body as Record<string, unknown>,
  };
  const live = {
    ...stored,
    spec: {
      account: 'a1',
      limits: { perDay: 1000, perSecond: 8 },
      mode: 'Observe',
      notedefault: 'hello',
      replicas: 1,
      suspend: false,
      vendor: 'Google',
    },
  };

  function update(step: Step): readonly FieldError[] {
    const { body } = step.request;
    const patched = step.request.method === 'PUT' ? body : applyMergePatch(live, body);
    return WIDGET.validate(WIDGET.applyDefaults(patched), live);
  }

  for (const start of [
    'CEL oldSelf rule on the object',
    'CEL oldSelf rule on a field (merge',
    'both at once',
    'CEL oldSelf rule on a field does not',
    'enum on patch',
  ]) {
    const step = stepNamed(STEPS, start);
    test(step.name, () => {
      expect(inAnyOrder(update(step))).toEqual(inAnyOrder(step.response.body.details?.causes));
    });
  }

  for (const start of ['status: enum in a condition', 'status: required missing']) {
    const step = stepNamed(STEPS, start);
    test(step.name, () => {
      const patched = applyMergePatch(live, step.request.body);
      const errors = WIDGET.validateStatus(patched, live);
      expect(inAnyOrder(errors)).toEqual(inAnyOrder(step.response.body.details?.causes));
    });
  }

  test('may keep what a stricter schema forbids, but not change it', () => {
    const schema = widgetSchema();
    const spec = schema.properties?.['spec'];
    if (spec === undefined) throw new Error('the definition has no spec');
    const title = { ...spec.properties?.['title'], maxLength: 3 };
    const stricter = compileSchema({
      ...schema,
      properties: { ...schema.properties, spec: { ...spec, properties: { ...spec.properties, title } } },
    });
    const old = applyMergePatch(live, { spec: { title: 'LongTitle' } });
    expect(stricter.validate(applyMergePatch(old, { spec: { replicas: 2 } }), old)).toEqual([]);
    const changed = stepNamed(STEPS, 'ratcheting: changing that value');
    expect(stricter.validate(applyMergePatch(old, changed.request.body), old)).toEqual(
      changed.response.body.details?.causes,
    );
  });
});
