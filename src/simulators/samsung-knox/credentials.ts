import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '../random.ts';
import type { Scope } from './scopes.ts';

/** An OAuth client of the Knox API portal. The secret itself stands only in the answer that issued it. */
export interface OAuthClient {
  readonly clientId: string;
  readonly secretSha256: string;
  readonly resellerId: string;
  readonly scopes: readonly Scope[];
  /** True: no token is issued any more, and those issued answer 401. */
  readonly revoked: boolean;
}

/** A key pair and the client identifier issued for it (3.3): the public half. */
export interface SignedIdentifier {
  readonly clientIdentifier: string;
  /** SPKI, DER, base64: as in `keys.json`. That it is this encoding is ASSUMED. */
  readonly publicKey: string;
  readonly resellerId: string;
  readonly revoked: boolean;
}

/** What the portal lets one download for a key pair: `keysJson` is the content of `keys.json`. */
export interface KeyDownload {
  readonly clientIdentifier: string;
  readonly keysJson: { readonly Public: string; readonly Private: string };
}

const makeKeyPair = promisify(generateKeyPair);

/** Makes an OAuth client; the secret is returned, never kept. */
export function issueOAuthClient(
  random: Random,
  wanted: { readonly resellerId: string; readonly scopes: readonly Scope[] },
): { readonly client: OAuthClient; readonly secret: string } {
  const clientId = random.hex(32);
  const secret = random.hex(64);
  return { client: { clientId, secretSha256: sha256(secret), ...wanted, revoked: false }, secret };
}

/** Makes a key pair and its client identifier; the private half is returned, never kept. */
export async function issueSignedIdentifier(
  random: Random,
  resellerId: string,
): Promise<{ readonly identifier: SignedIdentifier; readonly download: KeyDownload }> {
  const { publicKey, privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  const Public = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const Private = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  const clientIdentifier = `simulated.client.${random.hex(40)}`;
  return {
    identifier: { clientIdentifier, publicKey: Public, resellerId, revoked: false },
    download: { clientIdentifier, keysJson: { Public, Private } },
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
