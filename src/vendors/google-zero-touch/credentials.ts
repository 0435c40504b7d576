import { createPrivateKey, type KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '../../ports/failure.ts';

/** A service account that may log in. The key object never shows its content when printed. */
export interface ServiceAccount {
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  readonly privateKeyId: string;
  /** Where it logs in, and the audience of its assertion. */
  readonly tokenUri: string;
}

const SECRET_KEY = 'key.json';
const FIELDS = ['client_email', 'private_key', 'private_key_id', 'token_uri'] as const;

/**
 * The service account in the credentials Secret: the key file as Google hands it out, under `key.json`. Fails
 * with `rejected` and a message that names what is missing, never what is there.
 */
export function parseServiceAccount(secret: Readonly<Record<string, string>>): Result<ServiceAccount> {
  const text = secret[SECRET_KEY];
  if (text === undefined) return refuse(`the credentials Secret has no key ${SECRET_KEY}`);
  const file = parseObject(text);
  if (file === undefined) return refuse(`${SECRET_KEY} is not a JSON object`);
  if (file['type'] !== 'service_account') {
    return refuse(
      `${SECRET_KEY} is not the key file of a service account: its field type must be service_account`,
    );
  }
  for (const field of FIELDS) {
    if (typeof file[field] !== 'string' || file[field] === '')
      return refuse(`${SECRET_KEY} lacks the field ${field}`);
  }
  const fields = file as Readonly<Record<(typeof FIELDS)[number], string>>;
  if (!URL.canParse(fields.token_uri)) return refuse(`the field token_uri of ${SECRET_KEY} is not a URL`);
  const privateKey = parseKey(fields.private_key);
  if (privateKey === undefined) {
    return refuse(`the field private_key of ${SECRET_KEY} is not an RSA private key in PEM form`);
  }
  return ok({
    clientEmail: fields.client_email,
    privateKey,
    privateKeyId: fields.private_key_id,
    tokenUri: fields.token_uri,
  });
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function refuse(message: string): Result<ServiceAccount> {
  return failed({ kind: 'rejected', code: 'INVALID_CREDENTIALS', message });
}
