import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../../src/local-cluster/schema/schema.ts';
import { inAnyOrder, schemaOf, transcript, widgetSchema } from './recorded.ts';

// What the others refuse stands in the definition beside its schema.
const ABOUT_SCHEMA = transcript('02-crd-lifecycle').filter(
  (step) =>
    step.name.startsWith('invalid: ') &&
    step.response.body.details?.causes?.every((cause) =>
      cause.field.startsWith('spec.validation.openAPIV3Schema'),
    ),
);

describe('the schema of a definition', () => {
  test('is refused in thirteen recorded cases', () => {
    expect(ABOUT_SCHEMA.length).toBe(13);
  });

  for (const step of ABOUT_SCHEMA) {
    test(step.name, () => {
      const errors = checkSchema(schemaOf(step.request.body));
      expect(inAnyOrder(errors)).toEqual(inAnyOrder(step.response.body.details?.causes));
    });
  }

  test('passes where a real server accepted it', () => {
    expect(checkSchema(widgetSchema())).toEqual([]);
  });
});
