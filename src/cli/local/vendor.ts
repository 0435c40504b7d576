import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubeClient } from '../../kube/client.ts';
import { SECRETS, type Secret } from '../../kube/resource.ts';
import { startGoogleZeroTouch } from '../../simulators/google-zero-touch/start.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { Sentence } from '../exit.ts';
import type { Manifest } from './manifests.ts';

/** The vendor whose place the simulator takes (zero-touch reference, service endpoint). */
const GOOGLE_ORIGIN = 'https://androiddeviceprovisioning.googleapis.com';
const GOOGLE_PARTNER_ID = '1234567890';

/** What the manifests say of one Google account. */
interface GoogleAccount {
  readonly namespace: string;
  readonly secretName: string;
  readonly partnerId: string;
}

/** A simulator in a vendor's place. */
export interface LocalVendor {
  readonly simulator: Simulator;
  /** `ORIGIN=ORIGIN`, for the controller. */
  readonly redirect: string;
}

/**
 * Starts the vendor and gives it the state that stands beside the manifests in
 * `simulators/google-zero-touch.yaml`: companies and devices that were there before us.
 */
export async function startVendor(dir: string, manifests: readonly Manifest[]): Promise<LocalVendor> {
  const [first] = googleAccounts(manifests);
  const partnerId = first?.partnerId ?? GOOGLE_PARTNER_ID;
  const simulator = await startGoogleZeroTouch({ partnerId });
  const file = join(dir, 'simulators', 'google-zero-touch.yaml');
  const state = existsSync(file)
    ? (parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>)
    : {};
  for (const [what, items] of Object.entries(state))
    await ask(simulator, `/${what}`, { [what]: items }, file);
  return { simulator, redirect: `${GOOGLE_ORIGIN}=${simulator.url}` };
}

/** Gives each account of the manifests the Secret that the vendor's portal would have issued, where none stands. */
export async function issueCredentials(
  client: KubeClient,
  { simulator }: LocalVendor,
  manifests: readonly Manifest[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const { namespace, secretName, partnerId } of googleAccounts(manifests)) {
    const standing = await client.get(SECRETS, { namespace, name: secretName }, signal);
    if (standing.ok && isForeign(standing.value, simulator)) continue;
    const key = await ask(simulator, '/service-accounts', { partnerId }, 'the simulator');
    const data = { 'key.json': Buffer.from(key).toString('base64') };
    const secret = { metadata: { namespace, name: secretName }, data };
    // One that an earlier simulator issued, kept in a data directory, opens nothing any more.
    const created = await client.apply(
      SECRETS,
      secret,
      { fieldManager: 'vendorplane-local', force: true },
      signal,
    );
    if (!created.ok) throw new Sentence(`Secret ${namespace}/${secretName}: ${created.failure.message}`);
    made.push(`${namespace}/${secretName}`);
  }
  return made;
}

/** Whether a Secret holds a key that a person brought: neither this simulator nor an earlier one issued it. */
function isForeign({ data }: Secret, { url }: Simulator): boolean {
  try {
    const key = JSON.parse(Buffer.from(data?.['key.json'] ?? '', 'base64').toString('utf8')) as {
      token_uri?: string;
    };
    const issuer = new URL(key.token_uri ?? '');
    return issuer.hostname !== new URL(url).hostname;
  } catch {
    return true;
  }
}

function googleAccounts(manifests: readonly Manifest[]): readonly GoogleAccount[] {
  return manifests.flatMap(({ object }) => {
    const { googleZeroTouch } = (object.spec ?? {}) as {
      readonly googleZeroTouch?: {
        readonly partnerId: string;
        readonly credentialsSecretRef: { readonly name: string };
        readonly endpoint?: string;
      };
    };
    if (object.kind !== 'VendorAccount' || googleZeroTouch === undefined) return [];
    // An endpoint of its own is somebody else's simulator, with credentials of its own.
    if (googleZeroTouch.endpoint !== undefined && googleZeroTouch.endpoint !== GOOGLE_ORIGIN) return [];
    const { partnerId, credentialsSecretRef } = googleZeroTouch;
    return [
      { namespace: object.metadata.namespace ?? 'default', secretName: credentialsSecretRef.name, partnerId },
    ];
  });
}

async function ask(simulator: Simulator, path: string, body: object, file: string): Promise<string> {
  const reply = await fetch(`${simulator.adminUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await reply.text();
  if (!reply.ok) throw new Sentence(`${file}: the simulator refused ${path.slice(1)}: ${text}`);
  return text;
}
