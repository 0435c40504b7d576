import type { NetflixSubscriptionSpec } from '../../src/api/netflix-subscription.generated.ts';
import { SECRETS, type Secret } from '../../src/kube/resource.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { ledger, startWorld, type World } from '../simulators/crmcom-netflix/world.ts';
import type { Manifest } from './fleet.ts';
import { secretData } from './secret-data.ts';
import { eventually, type Scene, type Stage } from './stage.ts';

const API_VERSION = 'vendorplane.dev/v1alpha1';
const { signal } = new AbortController();

/** A namespace with a working account `operator` at an installation of its own. */
export interface OperatorScene extends Scene {
  readonly world: World;
  /** Requests of this endpoint that changed something, or were meant to. */
  sent(endpoint?: string): Promise<readonly LedgerEntry[]>;
  /** How often the endpoint took effect. */
  effects(endpoint: string): Promise<number>;
  /** The texts in a Secret. */
  secretTexts(name: string): Promise<Readonly<Record<string, string>> | undefined>;
  writeSecret(name: string, texts: Readonly<Record<string, string>>): Promise<void>;
}

/** `spec` is laid over the account. */
export async function startOperator(
  stage: Stage,
  namespace: string,
  worlds: World[],
  spec: object = {},
): Promise<OperatorScene> {
  const world = await startWorld({ clock: { now: () => Date.now() } });
  worlds.push(world);
  const scene = await stage.scene(namespace);
  const writeSecret = async (name: string, texts: Readonly<Record<string, string>>): Promise<void> => {
    const data = secretData(texts);
    const options = { fieldManager: 'kubectl', force: true };
    const written = await stage.client.apply(
      SECRETS,
      { metadata: { namespace, name }, data },
      options,
      signal,
    );
    if (!written.ok) throw new Error(written.failure.message);
  };
  const { username, password } = world.user;
  await writeSecret('crm-login', { username, password });
  await scene.apply(operatorAccount(world, spec));
  return {
    ...scene,
    world,
    writeSecret,
    sent: async (endpoint) => {
      const filter = endpoint === undefined ? '' : `&endpoint=${endpoint}`;
      return (await ledger(world, `?mutating=true${filter}`)) as unknown as readonly LedgerEntry[];
    },
    effects: async (endpoint) => {
      const { body } = await world.admin('GET', '/counters');
      const counters = body as Readonly<Record<string, { readonly effects: number } | undefined>>;
      return counters[endpoint]?.effects ?? 0;
    },
    secretTexts: async (name) => {
      const found = await stage.client.get(SECRETS, { namespace, name }, signal);
      return found.ok ? textsOf(found.value) : undefined;
    },
  };
}

function textsOf({ data = {} }: Secret): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

/** The operator's account at its installation; `spec` is laid over it. */
export function operatorAccount({ url, user }: World, spec: object): Manifest {
  return {
    apiVersion: API_VERSION,
    kind: 'VendorAccount',
    metadata: { name: 'operator' },
    spec: {
      vendor: 'CrmComNetflix',
      mode: 'Enforce',
      firstContact: 'Trust',
      crmComNetflix: {
        endpoint: url,
        organisation: user.organisation,
        timeZone: 'Asia/Nicosia',
        addressFormat: 'CrmCom',
        credentialsSecretRef: { name: 'crm-login' },
      },
      limits: { requestsPerSecond: 100 },
      guard: { settle: '1s' },
      ...spec,
    },
  };
}

/** A subscription of the customer of the same name, its token in the Secret `<name>-token`. */
export function subscription(name: string, spec: Partial<NetflixSubscriptionSpec> = {}): Manifest {
  return {
    apiVersion: API_VERSION,
    kind: 'NetflixSubscription',
    metadata: { name },
    spec: {
      accountRef: { name: 'operator' },
      billingSystemCustomerIdentifier: name,
      state: 'Active',
      tokenSecretRef: { name: `${name}-token` },
      ...spec,
    },
  };
}

/** Plays Netflix: the subscriber registers with the token that was issued. */
export async function subscriberRegisters({ world }: OperatorScene, customer: string): Promise<void> {
  await eventually(
    async () => (await world.admin('POST', '/subscribers/register', { customer })).status === 200,
    `${customer} can register`,
  );
}
