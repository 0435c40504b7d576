import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '../random.ts';

/** A service account as the vendor knows it: the public half. */
export interface ServiceAccount {
  readonly email: string;
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** The reseller in whose portal the account is linked. */
  readonly partnerId: string;
  /** False: not linked in the portal; tokens are issued, and the API answers 403. */
  readonly linked: boolean;
  /** True: the key is withdrawn; no token is issued any more, and those issued answer 401. */
  readonly revoked: boolean;
}

/** The JSON key file Google hands out for a service account. */
export interface KeyFile {
  readonly type: 'service_account';
  readonly project_id: string;
  readonly private_key_id: string;
  readonly private_key: string;
  readonly client_email: string;
  readonly client_id: string;
  readonly auth_uri: string;
  readonly token_uri: string;
  readonly auth_provider_x509_cert_url: string;
  readonly client_x509_cert_url: string;
  readonly universe_domain: string;
}

const PROJECT = 'zero-touch-simulator';

const makeKeyPair = promisify(generateKeyPair);

/** Makes an account with a fresh RSA key. The private half stands only in the key file that is returned. */
export async function issueAccount(
  random: Random,
  baseUrl: string,
  wanted: { readonly partnerId: string; readonly linked: boolean },
): Promise<{ readonly account: ServiceAccount; readonly keyFile: KeyFile }> {
  const { publicKey, privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  const keyId = random.hex(40);
  const email = `reseller-${random.hex(6)}@${PROJECT}.iam.gserviceaccount.com`;
  return {
    account: {
      email,
      keyId,
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ...wanted,
      revoked: false,
    },
    keyFile: {
      type: 'service_account',
      project_id: PROJECT,
      private_key_id: keyId,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      client_email: email,
      client_id: random.digits(21),
      auth_uri: `${baseUrl}/auth`,
      token_uri: `${baseUrl}/token`,
      auth_provider_x509_cert_url: `${baseUrl}/certs`,
      client_x509_cert_url: `${baseUrl}/certs/${encodeURIComponent(email)}`,
      universe_domain: 'googleapis.com',
    },
  };
}
