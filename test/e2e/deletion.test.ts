import { afterAll, beforeAll, expect, test } from 'vitest';
import { RELEASE_FINALIZER } from '../../src/controllers/resources.ts';
import { claim, customer, googleAccount, type Manifest, phones } from '../support/fleet.ts';
import { describeWithKubectl, kubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

const UNCLAIM = { releasePolicy: 'Unclaim' } as const;
const GUARD = { guard: { settle: '1s', destructive: { maxItems: 100, maxPercent: 100, floor: 100 } } };
/** kubectl itself gives up after this, and then exits with 1. What went with its namespace is no failure. */
const WAIT = ['--timeout=60s', '--ignore-not-found'];

/** What `kubectl delete -f` is given: all of a folder in one order. */
function listOf(namespace: string, manifests: readonly Manifest[]): string {
  const items = manifests.map((manifest) => ({
    ...manifest,
    metadata: { ...manifest.metadata, ...(manifest.kind === 'Namespace' ? {} : { namespace }) },
  }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

describeWithKubectl('deletion in any order', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await startStage();
    stage.startController();
  });

  afterAll(async () => {
    const faults = stage.faults();
    await stage.close();
    expect(faults).toEqual([]);
  });

  /** An account, its customer and two claims that give back what they hold, all of it claimed. */
  async function fleetOf(namespace: string): Promise<{ scene: Scene; parts: Record<string, Manifest> }> {
    const scene = await stage.scene(namespace);
    await scene.secret(await scene.vendor.issueKey());
    const parts = {
      account: googleAccount(scene.vendor.url, GUARD),
      customer: customer('acme', { companyId: '987654' }),
      phones: claim('phones', phones(0, 3), UNCLAIM),
      more: claim('more', phones(3, 2), UNCLAIM),
      namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace }, spec: {} },
    };
    await scene.apply(parts.account, parts.customer, parts.phones, parts.more);
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const settled = await scene.settled('DeviceClaim', 'more', 'AllClaimed');
    expect(settled.metadata.finalizers).toContain(RELEASE_FINALIZER);
    return { scene, parts };
  }

  test.concurrent.each([
    { first: 'the account', order: ['account', 'customer', 'phones', 'more'] },
    { first: 'the customer', order: ['customer', 'phones', 'account', 'more'] },
    { first: 'a claim', order: ['phones', 'account', 'more', 'customer'] },
    { first: 'the namespace', order: ['namespace', 'more', 'customer', 'phones', 'account'] },
    { first: 'everything but the namespace', order: ['more', 'phones', 'customer', 'account', 'namespace'] },
  ])('ends when $first goes first', async ({ order }) => {
    const { scene, parts } = await fleetOf(`end-${order[0]}`);
    const manifests = order.map((name) => parts[name] as Manifest);
    const list = listOf(scene.namespace, manifests);
    const ended = await kubectl(stage.kubeconfigPath, ['delete', '-f', '-', ...WAIT], list);
    expect(ended).toMatchObject({ code: 0 });
    const left = await scene.kubectl('get', 'vendorplane', '-o', 'name');
    expect(left.stdout).toBe('');
  });

  test.concurrent('gives devices back while there is an account to do it with', async () => {
    const { scene, parts } = await fleetOf('end-claims');
    const list = listOf(scene.namespace, [parts['phones'], parts['more']] as Manifest[]);
    expect(await kubectl(stage.kubeconfigPath, ['delete', '-f', '-', ...WAIT], list)).toMatchObject({
      code: 0,
    });
    expect(await scene.vendor.holdings()).toEqual({});
  });
});

describeWithKubectl('deletion of the definitions', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await startStage();
    stage.startController();
  });

  afterAll(() => stage.close());

  test('ends with the resources they define, and the vendor’s side is kept', async () => {
    const scene = await stage.scene('definitions');
    await scene.secret(await scene.vendor.issueKey());
    await scene.apply(googleAccount(scene.vendor.url, GUARD), customer('acme', { companyId: '987654' }));
    await scene.apply(claim('phones', phones(0, 3), UNCLAIM));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    // As `kubectl delete -k crds` does: the accounts' definition long before that of the claims.
    const names = ['vendoraccounts', 'customers', 'deviceclaims', 'vendoroperations', 'vendorrecords'];
    const definitions = names.map((name) => `crd/${name}.vendorplane.dev`);
    expect(await kubectl(stage.kubeconfigPath, ['delete', ...definitions, ...WAIT])).toMatchObject({
      code: 0,
    });
    expect(Object.keys(await scene.vendor.holdings())).toHaveLength(3);
    const writes = await scene.vendor.ledger({ mutating: true });
    expect(writes.filter(({ endpoint }) => endpoint.startsWith('devices.unclaim'))).toEqual([]);
  });
});
