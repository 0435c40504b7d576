import { BUDGETS, type BudgetName, type GuardState } from '../domain/guard.ts';
import type { Holder } from '../domain/item.ts';
import { LANE_NAMES, LANES, type LaneName, type LaneTypes } from '../domain/lanes.ts';
import type { Mode } from '../domain/mode.ts';
import type { Resolution } from '../domain/resolution.ts';
import { sameValue } from '../domain/same-value.ts';
import { backoffMs, CALL_BACKOFF, type Random, stretchedMs } from '../domain/schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { Failure } from '../ports/failure.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Journal } from '../ports/journal.ts';
import type { Leadership } from '../ports/leadership.ts';
import type { AccountFacts } from '../ports/probe.ts';
import { OWN_LIMITS, type QuotaSnapshot } from '../ports/quota.ts';
import type { Records } from '../ports/records.ts';
import type { LanePorts, VendorAdapter } from '../ports/vendor.ts';
import { type ContactPolicy, type ContactState, createFirstContact } from './first-contact.ts';
import { togetherOf } from './first-look.ts';
import { createGuard, type GuardSettings } from './guard.ts';
import { createLane, type Lane, type LaneWork, URGENCIES } from './lane.ts';
import type { WrittenItems } from './lane-state.ts';
import { createLoop } from './loop.ts';
import { createProbing, type Health } from './probing.ts';
import { createRetryBudget } from './retry-budget.ts';
import type { Task } from './task.ts';
import { createTrouble } from './trouble.ts';

/** What an account loop is made from. Everything that touches the world comes in here. */
export interface AccountPorts {
  readonly journal: Journal;
  readonly records: Records;
  readonly leadership: Leadership;
  readonly clock: Clock;
  /** Wall time of whoever keeps the journal and the records, in ms; without it that of this process. */
  journalMs?(): number;
  readonly random: Random;
  /** Unique for all time; at most 40 characters of `[a-z0-9-]`. */
  newRequestKey(): string;
  /** Opens the stores that belong to a way to the vendor; without it nothing needs to be stored. */
  stores?(adapter: VendorAdapter): Stores;
  /** Told that the account stands otherwise, or which resources' verdicts may have changed; there may be none. */
  onChanged(holders: readonly Holder[]): void;
  /** Told of a fault in our own code. The loop goes on. */
  onBug(error: unknown): void;
}

export interface AccountSettings {
  readonly mode: Mode;
  readonly suspended: boolean;
  readonly resyncIntervalMs: number;
  /** A destructive write waits this long after the last edit that touches its item. */
  readonly settleMs: number;
  /** A read that lost more than this share of a set, in percent, is not believed before a second one agrees. */
  readonly shrinkPercent: number;
  readonly guard: GuardSettings;
  readonly firstContact: ContactPolicy;
  /** Requests to the vendor at the same time. */
  readonly concurrentRequests: number;
  readonly requestsPerSecond: number;
  readonly requestsPerDay: number;
}

type Lanes = { readonly [Name in LaneName]: Lane<LaneTypes[Name]> };

/** Where items are made durable on our side before a write, by lane. */
export type Stores = { readonly [Name in LaneName]?: ItemStore<LaneTypes[Name]> };

/** The loop of one vendor scope: it compares what is declared with what the vendor says, and acts. */
export interface Account extends Lanes {
  /** Lets the loop act: from now on everything that is declared at all has been declared. */
  listsAreComplete(): void;
  /** Planning anew costs a pass over everything that waits: the same settings again change nothing. */
  configure(settings: AccountSettings): void;
  /** Opens or replaces the way to the vendor. The old adapter is closed. */
  connect(adapter: VendorAdapter): void;
  /** Ends the way to the vendor, because of this. What is in flight stays in flight. */
  disconnect(): void;
  /** Asks for a look at the account as a whole now. */
  lookAgain(): void;
  summary(): AccountSummary;
  /** People found this out about an operation; all they ever said of it. Nothing: it is over, and can be forgotten. */
  resolve(requestKey: string, resolutions: readonly Resolution[]): void;
  /** Runs until `signal` aborts; then starts nothing new and ends when what was started has ended. */
  run(signal: AbortSignal): Promise<void>;
}

export interface AccountSummary {
  readonly connected: boolean;
  /** Its mode lets due writes start, and it is not suspended. */
  readonly writes: boolean;
  /** Journal and records were read. */
  readonly started: boolean;
  readonly contact: ContactState;
  /** Whether the vendor answers: by its list of companies, or by a look made for that. */
  readonly health: Health;
  readonly facts: AccountFacts;
  /** Why all work of this account is held, when it is. */
  readonly trouble?: Failure;
  readonly quota?: QuotaSnapshot;
  /** The time between two complete looks that is in force. */
  readonly resyncIntervalMs: number;
  /** Vendor calls that are still to be made for what is under way and may start. */
  readonly pendingCalls: number;
  /** How long they will take; absent when there are none, or the day's quota does not suffice. */
  readonly finishInMs?: number;
  /** Items planned since the process began; one that is planned again counts again. */
  readonly plannedItems: number;
  /** What became of items in operations that ended, since the process began, by verb. */
  readonly writtenItems: Readonly<Record<string, Readonly<WrittenItems>>>;
  readonly openOperations: number;
  readonly waitingActions: number;
  readonly guard: Readonly<Record<BudgetName, GuardState>>;
}

/** Verdicts are told at most this often, so that a burst of outcomes is one status write. */
const TELL_EVERY_MS = 500;
/** What was sent gets this long to be answered and journaled after a stop. Longer than a vendor request may take. */
const DRAIN_MS = 75_000;
/** Preparing requests of thousands of items takes so long at most before other work gets its turn. ASSUMED. */
const SLICE_MS = 20;

export function createAccount(ports: AccountPorts, initial: AccountSettings): Account {
  const { clock } = ports;
  let settings = initial;
  /** The settings, with the resync interval that the quota allows for. */
  let paced = initial;
  let adapter: VendorAdapter | undefined;
  let stores: Stores = {};
  /** What people found out, by request key. */
  const said = new Map<string, readonly Resolution[]>();
  const trouble = createTrouble(() => clock.monotonic(), ports.random);
  let started = false;
  let complete = false;
  let startAttempts = 0;
  let startNotBeforeMs = 0;
  let running = 0;
  let vendorCalls = 0;
  let toldAtMs = 0;
  /** The account itself stands otherwise than it last told. */
  let news = false;
  let stopping = false;
  const loop = createLoop(clock, (error) => ports.onBug(error));
  const leadership: Leadership = {
    get fence() {
      return ports.leadership.fence;
    },
    mayWrite: () => !stopping && ports.leadership.mayWrite(),
    confirm: (signal) => ports.leadership.confirm(signal),
  };

  const guard = createGuard({
    records: ports.records,
    settings: () => settings.guard,
    nowMs: () => ports.journalMs?.() ?? clock.now(),
    heldItems: () => sum(({ heldItems }) => heldItems),
    requested: (budget) => sum((work) => work.guarded(budget)),
  });
  const retries = createRetryBudget({
    requestsPerDay: () => settings.requestsPerDay,
    nowMs: () => clock.monotonic(),
  });
  const contact = createFirstContact({
    records: ports.records,
    policy: () => settings.firstContact,
    look: () => togetherOf(works.map((work) => work.firstLook())),
    nowMs: () => clock.monotonic(),
    random: ports.random,
    onChanged: replan,
  });
  const probing = createProbing({
    probe: () => adapter?.probe,
    resyncIntervalMs: () => paced.resyncIntervalMs,
    nowMs: () => clock.monotonic(),
    wallMs: () => clock.now(),
    random: ports.random,
    onFailure: onVendorFailure,
    onReply: onVendorReply,
    onNews: tellNews,
    onBug: (error) => ports.onBug(error),
  });
  const shared = {
    contact: () => contact.state(),
    journal: ports.journal,
    records: ports.records,
    leadership,
    settings: () => paced,
    bookRetryMs: (inMs: number, calls: number) => retries.bookMs(inMs, calls),
    nowMs: () => clock.monotonic(),
    wallMs: () => clock.now(),
    random: ports.random,
    newRequestKey: () => ports.newRequestKey(),
    sendableAtMs: () => Math.max(trouble.untilMs(), adapter?.quota.availableAt() ?? 0),
    onVendorFailure,
    onVendorReply,
    onNews: tellNews,
    resolutionsOf: (requestKey: string) => said.get(requestKey) ?? [],
    guard,
    onBug: (error: unknown) => ports.onBug(error),
    wake: () => loop.poke(),
  };
  const works: LaneWork[] = [];
  const lanes = Object.fromEntries(LANE_NAMES.map((name) => [name, addLane(name)])) as unknown as Lanes;

  function addLane<Name extends LaneName>(name: Name): Lane<LaneTypes[Name]> {
    const lanePorts = (): LanePorts => adapter ?? {};
    const env = { ...shared, ports: () => lanePorts()[name], store: () => stores[name] };
    const { lane, work } = createLane<LaneTypes[Name]>(LANES[name], env);
    works.push(work);
    return lane;
  }

  function tellNews(): void {
    news = true;
  }

  function onVendorFailure(failure: Failure): void {
    // The quota itself knows when there is some again, also when that was while the failure came: waiting, not trouble.
    const spent = (adapter?.quota.availableAt() ?? 0) > clock.monotonic();
    if (failure.kind === 'throttled' && (spent || OWN_LIMITS.has(failure.code))) return;
    if (trouble.failed(failure)) replan();
  }

  function onVendorReply(): void {
    if (trouble.passed()) replan();
  }

  function sum(count: (work: LaneWork) => number): number {
    return works.reduce((total, work) => total + count(work), 0);
  }

  function replan(): void {
    news = true;
    for (const work of works) work.replan();
    loop.poke();
  }

  async function start(signal: AbortSignal): Promise<void> {
    const entries = await ports.journal.open(signal);
    const records = entries.ok ? await ports.records.load(signal) : entries;
    const begun = records.ok ? await contact.begin(records.value, signal) : records;
    if (!entries.ok || !records.ok || !begun.ok) {
      startAttempts += 1;
      startNotBeforeMs = clock.monotonic() + backoffMs(CALL_BACKOFF, startAttempts, ports.random);
      return;
    }
    guard.restore(records.value);
    for (const work of works) {
      const own = entries.value.filter(({ intent }) => work.verbs.includes(intent.verb));
      work.restore(own, records.value);
    }
    started = true;
  }

  /** One turn: plan what is dirty, then start what may start. Answers when to turn again at the latest. */
  function turn(signal: AbortSignal): number {
    const nowMs = clock.monotonic();
    if (!started) {
      if (adapter === undefined || !complete) return Number.POSITIVE_INFINITY;
      if (running > 0) return Number.POSITIVE_INFINITY;
      if (startNotBeforeMs > nowMs) return startNotBeforeMs;
      launch({ with: 'own', run: start }, signal);
      return Number.POSITIVE_INFINITY;
    }
    keepPace();
    for (const work of works) work.plan();
    startOwnWork(signal);
    const vendorFromMs = startVendorWork(signal);
    const tellAtMs = tell(nowMs);
    if (works.some(({ dirty }) => dirty)) return nowMs;
    const ownAtMs = Math.min(...works.map((work) => work.nextOwnAtMs()));
    const vendorAtMs = Math.min(probing.nextAtMs(), ...works.map((work) => work.nextVendorAtMs()));
    return Math.min(contact.nextAtMs(), ownAtMs, Math.max(vendorAtMs, vendorFromMs), tellAtMs);
  }

  /** Looks that grow longer come less often. */
  function keepPace(): void {
    const calls = sum(({ callsPerLook }) => callsPerLook);
    const resyncIntervalMs = stretchedMs(settings.resyncIntervalMs, calls, settings);
    if (resyncIntervalMs !== paced.resyncIntervalMs) paced = { ...settings, resyncIntervalMs };
  }

  /** Absent when nothing is to be done, or it takes more than is left of the day. */
  function finishInMs(calls: number): number | undefined {
    const quota = adapter?.quota.snapshot();
    if (quota === undefined || calls === 0 || calls > quota.dayRemaining) return undefined;
    const spreadMs = (Math.max(0, calls - quota.windowRemaining) / settings.requestsPerSecond) * 1_000;
    return spreadMs + (quota.retryAfterMs ?? 0);
  }

  function startOwnWork(signal: AbortSignal): void {
    const contacted = contact.next();
    if (contacted !== undefined) launch(contacted, signal);
    for (const work of works) {
      for (let task = work.nextOwn(); task !== undefined; task = work.nextOwn()) launch(task, signal);
    }
  }

  /** Starts vendor requests as long as the account, its concurrency and its quota allow. Answers from when they do. */
  function startVendorWork(signal: AbortSignal): number {
    if (adapter === undefined) return Number.POSITIVE_INFINITY;
    if (trouble.untilMs() > clock.monotonic()) return trouble.untilMs();
    // In trouble, one call at a time finds out whether it is over.
    const most = trouble.current() === undefined ? settings.concurrentRequests : 1;
    const fromMs = clock.monotonic();
    while (vendorCalls < most) {
      // A write is prepared first: what it waits for must not be taken by a look that can wait.
      const availableAtMs = adapter.quota.availableAt(sum(({ aboutToSend }) => aboutToSend));
      if (availableAtMs > clock.monotonic()) return availableAtMs;
      const task = nextVendorTask();
      if (task === undefined) return 0;
      launch(task, signal);
      if (clock.monotonic() - fromMs > SLICE_MS) return fromMs;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** What people wait for comes first, then what the vendor is at work on, then looks that are only due. */
  function nextVendorTask(): Task | undefined {
    const look = probing.next();
    if (look !== undefined) return look;
    for (const urgency of URGENCIES) {
      for (const work of works) {
        const task = work.nextVendor(urgency);
        if (task !== undefined) return task;
      }
    }
    return undefined;
  }

  function launch(task: Task, signal: AbortSignal): void {
    running += 1;
    if (task.with === 'vendor') vendorCalls += 1;
    task
      .run(signal)
      .catch((error: unknown) => loop.onFault(error))
      .finally(() => {
        running -= 1;
        if (task.with === 'vendor') vendorCalls -= 1;
        loop.poke();
      });
  }

  function tell(nowMs: number): number {
    if (nowMs < toldAtMs + TELL_EVERY_MS) return toldAtMs + TELL_EVERY_MS;
    const changed = works.flatMap((work) => work.takeChanged());
    if (changed.length === 0 && !news) return Number.POSITIVE_INFINITY;
    toldAtMs = nowMs;
    news = false;
    ports.onChanged(changed);
    return Number.POSITIVE_INFINITY;
  }

  async function run(signal: AbortSignal): Promise<void> {
    const hard = new AbortController();
    const stop = (): void => {
      stopping = true;
      loop.poke();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    await loop.run(
      () => !signal.aborted,
      () => turn(hard.signal),
    );
    await drain(hard.signal);
    hard.abort();
    await close(adapter);
  }

  /** Nothing new is sent any more; what was sent is answered and written down. */
  async function drain(signal: AbortSignal): Promise<void> {
    const deadlineMs = clock.monotonic() + DRAIN_MS;
    const isBusy = (): boolean => {
      startOwnWork(signal);
      return running > 0 && clock.monotonic() < deadlineMs;
    };
    await loop.run(isBusy, () => deadlineMs);
  }

  function pendingWork(): Pick<AccountSummary, 'pendingCalls' | 'finishInMs'> {
    const calls = sum((work) => work.pendingCalls());
    return { pendingCalls: calls, ...optional('finishInMs', finishInMs(calls)) };
  }

  function guardStates(): AccountSummary['guard'] {
    const states = BUDGETS.map((budget) => [budget, guard.state(budget)] as const);
    return Object.fromEntries(states) as AccountSummary['guard'];
  }

  function close(closing: VendorAdapter | undefined): Promise<void> {
    return closing?.close().catch((error: unknown) => ports.onBug(error)) ?? Promise.resolve();
  }

  return {
    ...lanes,
    listsAreComplete: () => {
      complete = true;
      loop.poke();
    },
    configure: (next) => {
      // Every pass over the account says it anew; only a change lets everything be looked at again.
      if (sameValue(settings, next)) return;
      settings = next;
      paced = next;
      keepPace();
      replan();
    },
    connect: (next) => {
      void close(adapter);
      adapter = next;
      stores = ports.stores?.(next) ?? {};
      probing.lookAgain();
      trouble.forget();
      for (const work of works) work.reconnected();
      replan();
    },
    disconnect: () => {
      void close(adapter);
      adapter = undefined;
      stores = {};
      replan();
    },
    lookAgain: () => {
      lanes.companies.lookAgain('');
      probing.lookAgain();
      loop.poke();
    },
    summary: () => ({
      resyncIntervalMs: paced.resyncIntervalMs,
      ...pendingWork(),
      connected: adapter !== undefined,
      writes: settings.mode === 'Enforce' && !settings.suspended,
      started,
      contact: contact.state(),
      health: adapter?.probe === undefined ? (lanes.companies.sets()[0] ?? {}) : probing.health(),
      facts: probing.facts(),
      ...optional('trouble', trouble.current()),
      ...optional('quota', adapter?.quota.snapshot()),
      plannedItems: sum(({ plannedItems }) => plannedItems),
      writtenItems: Object.fromEntries(works.flatMap((work) => work.writtenItems())),
      openOperations: sum(({ openOperations }) => openOperations),
      waitingActions: sum(({ waitingActions }) => waitingActions),
      guard: guardStates(),
    }),
    resolve: (requestKey, resolutions) => {
      if (resolutions.length > 0) said.set(requestKey, resolutions);
      else if (!said.delete(requestKey)) return;
      loop.poke();
    },
    run,
  };
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value };
}
