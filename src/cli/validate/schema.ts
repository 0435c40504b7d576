import { DEFINITIONS, type Kind } from '../../api/definitions.generated.ts';
import { API_VERSION, GROUP, KINDS } from '../../api/group.ts';
import { VALIDATORS } from '../../api/validate.ts';
import type { KubeObject } from '../../kube/object.ts';
import { NO_FIELD } from '../../local-cluster/schema/field-error.ts';
import { type CompiledSchema, compileSchema } from '../../local-cluster/schema/schema.ts';
import type { ManifestObject } from './documents.ts';
import { about, type Finding } from './finding.ts';

/** RFC 1123 subdomain, as the API server asks of names. */
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 253;

/** What its definition says of an object. `sound`: the same object with its defaults; only without findings. */
export type Checked =
  | { readonly findings: readonly Finding[] }
  | { readonly findings: readonly []; readonly sound: ManifestObject };

/**
 * Holds an object of ours against its definition, as the API server will: types, unknown fields, bounds and enums
 * first; where nothing is wrong with those, the rules between fields, on the object with its defaults. Objects of
 * others pass.
 */
export function checkSchema(manifest: ManifestObject): Checked {
  const { kind: kindName = '', apiVersion = '', metadata } = manifest.object;
  const wrong = (path: string, message: string): Checked => ({ findings: [about(manifest, path, message)] });
  if (apiVersion.split('/')[0] !== GROUP) return { findings: [], sound: manifest };
  if (apiVersion !== API_VERSION) {
    return wrong('apiVersion', `${apiVersion} is not served; write ${API_VERSION}`);
  }
  const kind = KINDS.find((known) => known === kindName);
  if (kind === undefined) return wrong('kind', `${API_VERSION} has no kind ${kindName}`);
  if (!NAME.test(metadata.name) || metadata.name.length > MAX_NAME) {
    return wrong('metadata.name', `${JSON.stringify(metadata.name)} is no name of an object`);
  }
  const violations = VALIDATORS[kind](manifest.object);
  if (violations.length === 0) return checkRules(manifest, kind);
  return {
    findings: violations.map(({ path, message }) => about(manifest, path, sentence(manifest, path, message))),
  };
}

function sentence(manifest: ManifestObject, path: string, message: string): string {
  const source = message === 'must be string' ? manifest.sourceOf(path) : undefined;
  const why =
    source === undefined ? message : `is a number and must be text; write it in quotes: "${source}"`;
  return `${path} ${why}`.trimStart();
}

/** Compiled when a kind is first met. */
const compiled = new Map<Kind, CompiledSchema>();

function checkRules(manifest: ManifestObject, kind: Kind): Checked {
  const schema =
    compiled.get(kind) ?? compileSchema(DEFINITIONS[kind].spec.versions[0].schema.openAPIV3Schema);
  compiled.set(kind, schema);
  const object = schema.applyDefaults(manifest.object) as KubeObject;
  const errors = schema.validate(object);
  if (errors.length === 0) return { findings: [], sound: { ...manifest, object } };
  return {
    findings: errors.map(({ field, message }) => {
      const path = field === NO_FIELD ? '' : field;
      return about(manifest, path, `${path} ${message}`.trimStart());
    }),
  };
}
