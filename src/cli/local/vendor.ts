import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubeClient } from '../../kube/client.ts';
import { SECRETS } from '../../kube/resource.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { Sentence } from '../exit.ts';
import type { Manifest } from './manifests.ts';
import { google } from './played/google.ts';
import { netflix } from './played/netflix.ts';
import { samsung } from './played/samsung.ts';
import type { PlayedAccount, PlayedVendor } from './played/vendor.ts';
import { verizon } from './played/verizon.ts';

/** The vendors that `local` plays. */
export const PLAYED: readonly PlayedVendor[] = [google, samsung, netflix, verizon];

/** Marks the Secrets that a simulator issued, so that the next one replaces them and never a person's own. */
const ISSUED_BY = 'vendorplane.dev/issued-by';

/** A simulator in a vendor's place. */
export interface LocalVendor {
  readonly title: string;
  readonly simulator: Simulator;
  /** `ORIGIN=ORIGIN`, for the controller. */
  readonly redirect: string;
  readonly played: PlayedVendor;
  close(): Promise<void>;
}

/**
 * Starts the vendors and gives each the state that stands beside the manifests in `simulators/<vendor>.yaml`:
 * companies and devices that were there before us. With a data directory they go on from what an earlier run left there.
 */
export async function startVendors(
  dir: string,
  manifests: readonly Manifest[],
  dataDir: string | undefined,
): Promise<readonly LocalVendor[]> {
  const vendors: LocalVendor[] = [];
  try {
    for (const played of PLAYED) vendors.push(await startVendor(played, dir, manifests, dataDir));
    return vendors;
  } catch (error) {
    for (const vendor of vendors) await vendor.close();
    throw error;
  }
}

async function startVendor(
  played: PlayedVendor,
  dir: string,
  manifests: readonly Manifest[],
  dataDir: string | undefined,
): Promise<LocalVendor> {
  const { title, name, origin } = played;
  const accounts = accountsOf(played, manifests).map(({ account }) => account);
  const kept = dataDir === undefined ? {} : { stateFile: join(dataDir, 'simulators', `${name}.json`) };
  const simulator = await played.start(accounts, kept).catch((error: unknown) => {
    throw new Sentence(`the simulated ${title} cannot start: ${(error as Error).message}`);
  });
  const playing = new AbortController();
  const close = (): Promise<void> => {
    playing.abort();
    return simulator.close();
  };
  const vendor = { title, simulator, redirect: `${origin}=${simulator.url}`, played, close };
  const file = join(dir, 'simulators', `${name}.yaml`);
  const state = existsSync(file)
    ? (parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>)
    : {};
  for (const [what, items] of Object.entries(state)) {
    const play = played.plays?.[what];
    if (play !== undefined) play(items, simulator.adminUrl, playing.signal);
    else if (!simulator.restored) await ask(simulator, `/${what}`, { [what]: items }, file);
  }
  return vendor;
}

/** Gives each account of the manifests the Secret that the vendor's portal would have issued, where none stands. */
export async function issueCredentials(
  client: KubeClient,
  { simulator, played }: LocalVendor,
  manifests: readonly Manifest[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const { namespace, account } of accountsOf(played, manifests)) {
    const name = account.secretName;
    const standing = await client.get(SECRETS, { namespace, name }, signal);
    // One that an earlier simulator issued, kept in a data directory, opens nothing any more.
    if (standing.ok && standing.value.metadata.annotations?.[ISSUED_BY] === undefined) continue;
    const texts = await played.issue(account, (path, body) =>
      ask(simulator, path, body, `the simulated ${played.title}`),
    );
    const data = Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
    );
    const secret = { metadata: { namespace, name, annotations: { [ISSUED_BY]: 'vendorplane-local' } }, data };
    const options = { fieldManager: 'vendorplane-local', force: true };
    const created = await client.apply(SECRETS, secret, options, signal);
    if (!created.ok) throw new Sentence(`Secret ${namespace}/${name}: ${created.failure.message}`);
    made.push(`${namespace}/${name}`);
  }
  return made;
}

function accountsOf(
  { block, origin }: PlayedVendor,
  manifests: readonly Manifest[],
): readonly { readonly namespace: string; readonly account: PlayedAccount }[] {
  return manifests.flatMap(({ object }) => {
    const said = ((object.spec ?? {}) as Readonly<Record<string, unknown>>)[block] as Block | undefined;
    if (object.kind !== 'VendorAccount' || said === undefined) return [];
    // An endpoint of its own is somebody else's simulator, with credentials of its own.
    if (said.endpoint !== undefined && originOf(said.endpoint) !== origin) return [];
    const account = { secretName: said.credentialsSecretRef.name, block: said };
    return [{ namespace: object.metadata.namespace ?? 'default', account }];
  });
}

type Block = Readonly<Record<string, unknown>> & {
  readonly endpoint?: string;
  readonly credentialsSecretRef: { readonly name: string };
};

function originOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).origin : endpoint;
}

async function ask(simulator: Simulator, path: string, body: object, file: string): Promise<string> {
  const reply = await fetch(`${simulator.adminUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await reply.text();
  if (!reply.ok) throw new Sentence(`${file}: the simulator refused ${path.slice(1)}: ${text}`);
  return text;
}
