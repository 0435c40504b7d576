import { createPrivateKey, type KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '../../ports/failure.ts';

/** An OAuth client of the Knox API portal. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A key pair of the Knox API portal and the identifier issued for it. The key object never shows its content. */
export interface KeyPair {
  readonly clientIdentifier: string;
  /** Base64, as `keys.json` holds it. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

type Secret = Readonly<Record<string, string>>;

/**
 * The keys `clientId` and `clientSecret` of the credentials Secret. Fails with `rejected` and a message that names
 * what is missing, never what is there; so does `parseKeyPair`.
 */
export function parseClientCredentials(secret: Secret): Result<ClientCredentials> {
  const clientId = textIn(secret, 'clientId');
  if (!clientId.ok) return clientId;
  const clientSecret = textIn(secret, 'clientSecret');
  return clientSecret.ok
    ? ok({ clientId: clientId.value, clientSecret: clientSecret.value })
    : failed(clientSecret.failure);
}

/** The keys `keys.json`, as the portal hands it out, and `clientIdentifier` of the credentials Secret. */
export function parseKeyPair(secret: Secret): Result<KeyPair> {
  const file = textIn(secret, 'keys.json');
  if (!file.ok) return file;
  const clientIdentifier = textIn(secret, 'clientIdentifier');
  if (!clientIdentifier.ok) return clientIdentifier;
  const { Public, Private } = parseObject(file.value);
  if (typeof Public !== 'string' || typeof Private !== 'string' || Public === '') {
    return refuse('keys.json lacks the fields Public and Private');
  }
  const privateKey = parseKey(Private);
  if (privateKey === undefined) {
    return refuse('the field Private of keys.json is not an RSA private key in base64');
  }
  return ok({ clientIdentifier: clientIdentifier.value, publicKey: Public, privateKey });
}

/** White space around a value is a slip of whoever made the Secret. */
function textIn(secret: Secret, name: string): Result<string> {
  const text = secret[name]?.trim() ?? '';
  return text === '' ? refuse(`the credentials Secret has no key ${name}`) : ok(text);
}

/** PKCS#8 in DER, in base64. That the portal writes it so is ASSUMED. */
function parseKey(base64: string): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function refuse<T>(message: string): Result<T> {
  return failed({ kind: 'rejected', code: 'INVALID_CREDENTIALS', message });
}
