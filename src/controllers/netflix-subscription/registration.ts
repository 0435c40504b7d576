import { API_VERSION } from '../../api/group.ts';
import { VALIDATORS } from '../../api/validate.ts';
import type { Registration } from '../../domain/subscription/registration.ts';
import type { Secret } from '../../kube/resource.ts';
import type { Reader } from '../lookup.ts';
import type { ServedNetflixSubscription } from '../resources.ts';
import { missingReference, type Standing } from '../standing.ts';

/** What a subscription is to be created with, or why that is not known. */
export type FoundRegistration =
  | { readonly ok: true; readonly value: Registration }
  | { readonly ok: false; readonly standing: Standing };

/** The key of the Secret that holds a registration. */
const SECRET_KEY = 'registration.json';

/** What stands in the spec, or in the Secret that it names. No message repeats anything of it. */
export function findRegistration(
  object: ServedNetflixSubscription,
  secrets: Reader<Secret>,
  missingForMs: number,
): FoundRegistration {
  const { registration, registrationSecretRef } = object.spec;
  if (registrationSecretRef === undefined) return { ok: true, value: registration ?? {} };
  const { name } = registrationSecretRef;
  const found = secrets(object.metadata.namespace ?? 'default', name);
  if (found.state === 'absent') {
    const message = `Secret ${name} does not exist in this namespace; create it, it is picked up by itself`;
    return { ok: false, standing: missingReference('SecretNotFound', message, missingForMs) };
  }
  if (found.state === 'unknown') {
    const message = `Secret ${name} has not been read yet`;
    return { ok: false, standing: { is: 'moving', reason: 'SecretNotRead', message } };
  }
  const parsed = parse(found.object.data?.[SECRET_KEY]);
  const [fault] = parsed === undefined ? ['it'] : faultsOf(object, parsed);
  if (fault === undefined) return { ok: true, value: parsed as Registration };
  const message = `the key ${SECRET_KEY} of Secret ${name} must hold a JSON object with the fields of spec.registration; ${fault} is wrong`;
  return { ok: false, standing: { is: 'stalled', reason: 'SecretIncomplete', message } };
}

/** Undefined when it is no JSON object. */
function parse(base64: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64 ?? '', 'base64').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Names of fields that break the schema of the field the Secret stands in for; never what is in them. */
function faultsOf({ spec }: ServedNetflixSubscription, registration: object): readonly string[] {
  const { registrationSecretRef: _, ...rest } = spec;
  const filled = {
    apiVersion: API_VERSION,
    kind: 'NetflixSubscription',
    metadata: {},
    spec: { ...rest, registration },
  };
  return VALIDATORS.NetflixSubscription(filled).map(({ path }) => path);
}
