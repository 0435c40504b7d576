import type { Secret } from '../../kube/resource.ts';
import type { Reader } from '../lookup.ts';
import type { ServedVendorAccount } from '../resources.ts';

export type Credentials =
  | {
      readonly ok: true;
      readonly value: {
        readonly credentials: Readonly<Record<string, string>>;
        readonly caBundle?: string;
      };
    }
  | { readonly ok: false; readonly reason: string; readonly message: string };

/** What the Secrets of an account hold, decoded; or which of them is missing. */
export function credentialsOf(
  { metadata, spec }: ServedVendorAccount,
  secretName: string,
  secrets: Reader<Secret>,
): Credentials {
  const namespace = metadata.namespace ?? 'default';
  const secret = secrets(namespace, secretName);
  if (secret.state !== 'present') return missing(secretName, secret.state);
  const credentials = decoded(secret.object);
  const caName = spec.caBundleSecretRef?.name;
  if (caName === undefined) return { ok: true, value: { credentials } };
  const ca = secrets(namespace, caName);
  if (ca.state !== 'present') return missing(caName, ca.state);
  const caBundle = decoded(ca.object)['ca.crt'];
  if (caBundle === undefined) {
    return { ok: false, reason: 'SecretIncomplete', message: `Secret ${caName} has no key ca.crt` };
  }
  return { ok: true, value: { credentials, caBundle } };
}

function missing(name: string, state: 'unknown' | 'absent'): Credentials {
  return state === 'absent'
    ? {
        ok: false,
        reason: 'SecretNotFound',
        message: `Secret ${name} does not exist in this namespace; create it, it is picked up by itself`,
      }
    : { ok: false, reason: 'SecretNotRead', message: `Secret ${name} has not been read yet` };
}

function decoded(secret: Secret): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(secret.data ?? {}).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString('utf8'),
    ]),
  );
}
