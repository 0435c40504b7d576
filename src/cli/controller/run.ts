import { archiveChecked } from '../../archive/before-deletion.ts';
import { createCensusTaker } from '../../controllers/census.ts';
import { reconcileCustomer } from '../../controllers/customer/reconcile.ts';
import { createDeclarationMemory } from '../../controllers/device-claim/declaration-memory.ts';
import { reconcileDeviceClaim } from '../../controllers/device-claim/reconcile.ts';
import { createFleet } from '../../controllers/fleet.ts';
import { createListMemory } from '../../controllers/lists/memory.ts';
import { createNamespaceLookup } from '../../controllers/namespace-lookup.ts';
import { chargesChecked } from '../../controllers/netflix-charge-feed/before-acknowledging.ts';
import { createChargeBooks } from '../../controllers/netflix-charge-feed/charge-books.ts';
import { reconcileNetflixChargeFeed } from '../../controllers/netflix-charge-feed/reconcile.ts';
import { createChargeRetention } from '../../controllers/netflix-charge-feed/retention.ts';
import { ESN_LIST } from '../../controllers/netflix-device-registration/esns.ts';
import { reconcileNetflixDeviceRegistration } from '../../controllers/netflix-device-registration/reconcile.ts';
import { reconcileNetflixSubscription } from '../../controllers/netflix-subscription/reconcile.ts';
import { createTokenSecrets } from '../../controllers/netflix-subscription/token-secret.ts';
import { createReferences } from '../../controllers/references.ts';
import { createReleaseGate } from '../../controllers/release-gate.ts';
import type { Reporter } from '../../controllers/reporter.ts';
import { RELEASE_FINALIZER } from '../../controllers/resources.ts';
import { reconcileVendorAccount } from '../../controllers/vendor-account/reconcile.ts';
import { scopeHash } from '../../controllers/vendor-account/scope.ts';
import { createQuotaTeller } from '../../controllers/vendor-account/status.ts';
import { recordedOwner } from '../../controllers/vendor-record/owner.ts';
import { LINE_LIST } from '../../controllers/verizon-device-deletion/lines.ts';
import { reconcileVerizonDeviceDeletion } from '../../controllers/verizon-device-deletion/reconcile.ts';
import { createKubeClient } from '../../kube/client.ts';
import { createConnection } from '../../kube/connection.ts';
import { type ReconcileResult, runController } from '../../kube/controller.ts';
import { type EventRecorder, startEventRecorder } from '../../kube/events.ts';
import { createFinalizers } from '../../kube/finalizers.ts';
import { createServerClock } from '../../kube/server-clock.ts';
import { createStatusWriter } from '../../kube/status.ts';
import { createWorkqueue } from '../../kube/workqueue.ts';
import { type Around, decorate } from '../../observability/decorate.ts';
import { ok } from '../../ports/failure.ts';
import type { AdapterSettings, VendorFactory } from '../../ports/vendor.ts';
import { decorateAdapter } from './adapter.ts';
import { announceBy } from './announce.ts';
import { type BookOwner, booksOf } from './books.ts';
import { decorateFinalizers, decorateReleaseGate } from './deletion-ports.ts';
import { createFirstPasses } from './first-pass.ts';
import { keepHouse } from './housekeeping.ts';
import { KINDS, type ReconciledKind, WORKERS } from './kinds.ts';
import { createAccountLoops, type LoopNews } from './loops.ts';
import { measuredConnection } from './measured/connection.ts';
import { fleetFigures } from './measured/figures.ts';
import { measuredQueue } from './measured/queue.ts';
import { measuredReconcile } from './measured/reconcile.ts';
import type { ControllerParts } from './parts.ts';
import { routeResolutions, tellResolutions } from './resolutions.ts';
import { lookAt, type Queues, routeChanges, routeVerdicts } from './routes.ts';
import { followWorld } from './world.ts';

/**
 * The whole controller: follows the cluster, reconciles what changes, runs the account loops. Ends when
 * `signal` aborts: first the reconcilers, then the loops (what they sent is journaled), then the watches.
 */
export async function runControlLoop(parts: ControllerParts, signal: AbortSignal): Promise<void> {
  const { clock, random, log, metrics } = parts;
  const watching = new AbortController();
  const userAgent = `vendorplane/${parts.version}`;
  const serverClock = createServerClock(clock);
  const connection = measuredConnection(
    createConnection({
      access: parts.access,
      clock,
      userAgent,
      onServerDate: (dateMs) => serverClock.heard(dateMs),
    }),
    metrics.apiRequests,
    clock,
  );
  const client = createKubeClient(connection, clock);
  const world = followWorld(parts, client, watching.signal);
  const events = startEventRecorder({ client, clock, component: 'vendorplane' }, watching.signal);
  const queues = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      measuredQueue(kind, createWorkqueue({ clock, random }), metrics.queues, clock),
    ]),
  ) as Queues;
  const secrets = createReferences(world.secrets);
  const registrations = createReferences(world.secrets);
  const tokenSecrets = createTokenSecrets(client);
  parts.tokens.writeWith((secret, token, until) => tokenSecrets.fill(secret, token, until));
  const configMaps = {
    claims: createReferences(world.configMaps),
    deletions: createReferences(world.configMaps),
    deviceRegistrations: createReferences(world.configMaps),
  };
  const fleet = createFleet();
  const books = createChargeBooks(client);
  metrics.readFleet(fleetFigures(world, fleet));
  const firstPasses = createFirstPasses();
  const news: LoopNews = {
    onChanged: (key, holders) => routeVerdicts(world, queues, key, holders),
    onOpened: (open) => {
      const { account } = open;
      tellResolutions(world, open);
      const resources = {
        Customer: world.customers.list(),
        DeviceClaim: world.claims.list(),
        NetflixSubscription: world.subscriptions.list(),
        VerizonDeviceDeletion: world.deletions.list(),
        NetflixChargeFeed: world.feeds.list(),
        NetflixDeviceRegistration: world.deviceRegistrations.list(),
      };
      firstPasses.begin(resources, () => account.listsAreComplete());
      lookAt(queues.Customer, resources.Customer);
      lookAt(queues.DeviceClaim, resources.DeviceClaim);
      lookAt(queues.NetflixSubscription, resources.NetflixSubscription);
      lookAt(queues.VerizonDeviceDeletion, resources.VerizonDeviceDeletion);
      lookAt(queues.NetflixDeviceRegistration, resources.NetflixDeviceRegistration);
      lookAt(queues.NetflixChargeFeed, resources.NetflixChargeFeed);
    },
  };
  const loops = createAccountLoops(parts, { client, books }, fleet, news, () => serverClock.now());
  const reporter: Reporter = {
    status: decorate('status', createStatusWriter(client), parts.around),
    announce: announceBy(decorateEvents(events, parts.around)),
    clock,
  };
  const deps = { ...world, fleet, reporter, census: createCensusTaker(clock) };
  const releaseDeps = {
    ...deps,
    finalizers: decorateFinalizers(createFinalizers(client, RELEASE_FINALIZER), parts.around),
    releaseGate: decorateReleaseGate(createReleaseGate(client), parts.around),
    namespaceLookup: createNamespaceLookup(client),
  };
  const claimDeps = {
    ...releaseDeps,
    configMaps: configMaps.claims,
    memory: createDeclarationMemory(),
  };
  const subscriptionDeps = { ...releaseDeps, registrations };
  const deletionDeps = { ...deps, configMaps: configMaps.deletions, lists: createListMemory(LINE_LIST) };
  const feedDeps = {
    ...deps,
    books,
    retention: decorate('retention', createChargeRetention(client, clock), parts.around),
  };
  const registrationDeps = {
    ...releaseDeps,
    configMaps: configMaps.deviceRegistrations,
    lists: createListMemory(ESN_LIST),
  };
  const archive = parts.archive && decorate('archive', parts.archive, parts.around);
  const booksFor = booksOf(parts, client, () => serverClock.now());
  const accountDeps = {
    ...deps,
    secrets,
    vendors: parts.vendors,
    quota: createQuotaTeller(clock),
    startAccount: loops.start,
    stopAccount: loops.stop,
    openAdapter: (factory: VendorFactory, settings: AdapterSettings, owner: BookOwner) => {
      // What else a factory has is pure, and is not decorated.
      const face: Pick<VendorFactory, 'open'> = { open: (...how) => factory.open(...how) };
      const opened = decorate('vendor', face, parts.around).open(settings, booksFor(owner));
      if (!opened.ok) return opened;
      const [namespace = ''] = owner.key.split('/');
      const checked = chargesChecked(archiveChecked(opened.value, archive), client, {
        namespace,
        scope: owner.scope,
      });
      return ok(decorateAdapter(checked, parts.around));
    },
    recordedOwner: (scope: string, until: AbortSignal) =>
      recordedOwner(client, scopeHash(scope), until, parts.namespace),
    connectedWith: new Map<string, string>(),
  };

  routeResolutions(world, fleet);
  routeChanges(world, { secrets, registrations, configMaps }, queues);
  await world.whenComplete(signal);
  if (!signal.aborted) {
    log.info('lists are complete');
    parts.onWorking();
  }

  await Promise.all([
    keepHouse(parts, client, world, signal),
    reconcileAll('VendorAccount', (key, until) => reconcileVendorAccount(accountDeps, key, until)),
    reconcileAll('Customer', (key, until) => reconcileCustomer(deps, key, until)),
    reconcileAll('DeviceClaim', (key, until) => reconcileDeviceClaim(claimDeps, key, until)),
    reconcileAll('NetflixSubscription', (key, until) =>
      reconcileNetflixSubscription(subscriptionDeps, key, until),
    ),
    reconcileAll('VerizonDeviceDeletion', (key, until) =>
      reconcileVerizonDeviceDeletion(deletionDeps, key, until),
    ),
    reconcileAll('NetflixDeviceRegistration', (key, until) =>
      reconcileNetflixDeviceRegistration(registrationDeps, key, until),
    ),
    reconcileAll('NetflixChargeFeed', (key, until) => reconcileNetflixChargeFeed(feedDeps, key, until)),
  ]);
  log.info('stopping: what was sent is followed to its answer');
  await loops.end();
  watching.abort();
  await Promise.all([world.done, events.done]);
  await connection.close();

  function reconcileAll(
    kind: ReconciledKind,
    reconcile: (key: string, until: AbortSignal) => Promise<ReconcileResult>,
  ): Promise<void> {
    const passOver: typeof reconcile = async (key, until) => {
      // A look that began before an account was open did not see it.
      const passes = firstPasses.open();
      const result = await reconcile(key, until);
      // One that waits for its lists has not spoken yet.
      if (result.type !== 'waiting') for (const pass of passes) pass.passed(kind, key);
      return result;
    };
    return runController({
      name: kind,
      queue: queues[kind],
      workers: WORKERS,
      clock,
      signal,
      reconcile: measuredReconcile(kind, passOver, metrics.reconciles, clock),
      onError: (error, context) => log.error({ err: error, ...context }, 'reconcile threw'),
    });
  }
}

function decorateEvents(events: EventRecorder, around: Around): Pick<EventRecorder, 'record'> {
  return decorate<Pick<EventRecorder, 'record'>>(
    'events',
    { record: (happening) => events.record(happening) },
    around,
  );
}
