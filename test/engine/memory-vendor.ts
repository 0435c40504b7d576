import type { CompanyRow, DesiredCompany } from '../../src/domain/company/facts.ts';
import type { DesiredDevice, DeviceRow } from '../../src/domain/device/facts.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import type { ItemFailure, ItemKey, Partition, Verb } from '../../src/domain/item.ts';
import { type Failure, failed, ok, type Result } from '../../src/ports/failure.ts';
import type { OperationProgress } from '../../src/ports/operation-poller.ts';
import type { SetPage } from '../../src/ports/set-reader.ts';
import type { VendorAdapter } from '../../src/ports/vendor.ts';
import type { ItemOutcome, RepeatClass, Submission, VerbTraits, WriteItem } from '../../src/ports/writer.ts';

/** One request that reached the vendor, in the order in which they came. */
export type VendorCall =
  | {
      readonly is: 'write';
      readonly atMs: number;
      readonly verb: Verb;
      readonly requestKey: string;
      readonly partition: Partition;
      readonly keys: readonly ItemKey[];
      readonly alone?: true;
    }
  | { readonly is: 'page'; readonly atMs: number; readonly set: string; readonly cursor: string | undefined }
  | { readonly is: 'item'; readonly atMs: number; readonly key: ItemKey }
  | { readonly is: 'poll'; readonly atMs: number; readonly operationId: string };

/** What happens to one request instead of the usual. */
export type Fault =
  /** Nothing reaches the vendor. */
  | { readonly is: 'fails'; readonly failure: Failure }
  /** The vendor does it, and the reply is lost. */
  | { readonly is: 'replyLost' }
  /** The reply is lost, and the vendor never does it. */
  | { readonly is: 'lostOnTheWay' };

export interface VendorOptions {
  /** Operations go by our request keys, and a poll may miss one for so long, in ms. */
  readonly ownNamesVisibleAfterMs?: number;
  /** How long a poll truly misses one, in ms. */
  readonly shownAfterMs?: number;
  /** What is claimed waits for the customer until the test calls `approve`. */
  readonly awaitsCustomer?: true;
  readonly maxItems: number;
  readonly pageSize: number;
  readonly visibilityMs: number;
  readonly repeat: RepeatClass;
  /** What a claim spends. */
  readonly effect: VerbTraits['effect'];
  /** Polls until an operation is finished; undefined: the vendor answers at once. */
  readonly pollsUntilDone: number | undefined;
  readonly canReadItems: boolean;
  /** Whether it lists what a company holds. */
  readonly canList: boolean;
  /** How long its list of companies misses a new one. */
  readonly companyLagMs: number;
  /** What its list says of order numbers; `dropped`: it takes them, and says there is none. */
  readonly orderNumbers: 'shown' | 'dropped' | 'untold';
}

/** A vendor of devices in memory: what it holds, what it was asked, and what goes wrong. */
export interface MemoryVendor {
  readonly holdings: Map<ItemKey, DeviceRow>;
  readonly companies: CompanyRow[];
  readonly calls: VendorCall[];
  /** What the engine was answered. */
  readonly replies: Map<VendorCall, Result<unknown>>;
  writes(): readonly (VendorCall & { is: 'write' })[];
  reads(): readonly VendorCall[];
  /** Asked before every request: the fault to play, if any. */
  fault: (call: VendorCall) => Fault | undefined;
  /** Changes a page on its way out. */
  bend: (page: SetPage<DeviceRow>, call: VendorCall & { is: 'page' }) => SetPage<DeviceRow>;
  /** Whether the vendor refuses one device. */
  refuse: (key: ItemKey, partition: Partition) => ItemFailure | undefined;
  /** Whether it refuses a whole request for one of its devices. */
  refuseWhole: (keys: readonly ItemKey[], partition: Partition) => Failure | undefined;
  /** Devices that the result of an operation does not speak of. */
  silentAbout: Set<ItemKey>;
  /** While pending, no reply goes out. */
  gate: Promise<void>;
  quotaAvailableAtMs: number;
  /** How long the quota takes to have another request, where that counts. */
  requestEveryMs: number;
  put(identity: DeviceIdentity, companyId?: string, orderNumber?: string): void;
  /** The customers approve everything that waits for them. */
  approve(): void;
  forgetOperations(): void;
  nowMs(): number;
  adapter(nowMs: () => number): VendorAdapter;
}

const DEFAULTS: VendorOptions = {
  maxItems: 5_000,
  pageSize: 100,
  visibilityMs: 120_000,
  repeat: 'afterProof',
  effect: 'additive',
  pollsUntilDone: 1,
  canReadItems: true,
  canList: true,
  companyLagMs: 0,
  orderNumbers: 'shown',
};

const NO_REPLY: Failure = { kind: 'unknownOutcome', code: 'NO_REPLY', message: 'no reply came' };
/** Neither vendor moves a device from one customer to another. */
const HELD_ELSEWHERE: ItemFailure = {
  code: 'HELD_BY_OTHER',
  message: 'another customer holds it',
  kind: 'heldByOther',
};
const NOT_THERE: ItemFailure = { code: 'NOT_HELD', message: 'nobody holds it', kind: 'heldByOther' };
const GONE: Failure = { kind: 'notFound', code: 'NOT_FOUND', message: 'no such operation' };

export function memoryVendor(options: Partial<VendorOptions> = {}): MemoryVendor {
  const {
    maxItems,
    pageSize,
    visibilityMs,
    repeat,
    effect,
    pollsUntilDone,
    canReadItems,
    canList,
    companyLagMs,
    orderNumbers,
    ownNamesVisibleAfterMs,
    shownAfterMs = 0,
    awaitsCustomer,
  } = {
    ...DEFAULTS,
    ...options,
  };
  const hiddenUntilMs = new Map<string, number>();
  const operations = new Map<
    string,
    { polls: number; readonly outcomes: readonly ItemOutcome[]; readonly shownFromMs: number }
  >();

  const vendor: MemoryVendor = {
    holdings: new Map(),
    companies: [],
    calls: [],
    replies: new Map(),
    writes: () => vendor.calls.filter((call) => call.is === 'write'),
    reads: () => vendor.calls.filter((call) => call.is === 'page' || call.is === 'item'),
    fault: () => undefined,
    bend: (page) => page,
    refuse: () => undefined,
    refuseWhole: () => undefined,
    silentAbout: new Set(),
    gate: Promise.resolve(),
    quotaAvailableAtMs: 0,
    requestEveryMs: 0,
    put(identity, companyId, orderNumber = '') {
      const [key] = identityKeys(identity);
      if (key === undefined) throw new Error('a device needs an identifier');
      const observed = { ...(companyId === undefined ? {} : { companyId }), orderNumber };
      vendor.holdings.set(key, { identity, observed });
    },
    approve: () => {
      for (const [key, { identity, observed }] of vendor.holdings) {
        const { standing: _, ...approved } = observed;
        vendor.holdings.set(key, { identity, observed: approved });
      }
    },
    forgetOperations: () => operations.clear(),
    nowMs: () => 0,
    adapter,
  };

  function claim(
    items: readonly WriteItem<DeviceIdentity, DesiredDevice>[],
    partition: Partition,
  ): ItemOutcome[] {
    const outcomes: ItemOutcome[] = [];
    for (const { key, subject, desired } of items) {
      const holder = vendor.holdings.get(key)?.observed.companyId;
      const elsewhere = holder !== undefined && holder !== partition.customer;
      const failure = elsewhere ? HELD_ELSEWHERE : vendor.refuse(key, partition);
      if (failure === undefined) vendor.put(subject, partition.customer, desired.orderNumber);
      if (failure === undefined && awaitsCustomer) makeWait(key);
      if (!vendor.silentAbout.has(key)) outcomes.push(failure === undefined ? { key } : { key, failure });
    }
    return outcomes;
  }

  function makeWait(key: ItemKey): void {
    const row = vendor.holdings.get(key);
    if (row === undefined) return;
    vendor.holdings.set(key, { ...row, observed: { ...row.observed, standing: 'awaitingCustomer' } });
  }

  /** The device stays known to the vendor, held by nobody. Letting go of what is not there is no failure. */
  function unclaim(items: readonly { readonly key: ItemKey }[], partition: Partition): ItemOutcome[] {
    return items.flatMap(({ key }) => {
      const row = vendor.holdings.get(key);
      const failure = vendor.refuse(key, partition);
      const isThere = row?.observed.companyId === partition.customer;
      if (failure === undefined && isThere && row !== undefined) vendor.put(row.identity);
      if (vendor.silentAbout.has(key)) return [];
      return [failure === undefined ? { key } : { key, failure }];
    });
  }

  /** Order numbers of devices that are there; of another, nothing is known to it. */
  function update(
    items: readonly WriteItem<DeviceIdentity, DesiredDevice>[],
    partition: Partition,
  ): ItemOutcome[] {
    return items.flatMap(({ key, desired }) => {
      const row = vendor.holdings.get(key);
      const isThere = row?.observed.companyId !== undefined;
      const failure = isThere ? vendor.refuse(key, partition) : NOT_THERE;
      if (failure === undefined && row !== undefined) {
        vendor.put(row.identity, row.observed.companyId, desired.orderNumber);
      }
      if (vendor.silentAbout.has(key)) return [];
      return [failure === undefined ? { key } : { key, failure }];
    });
  }

  function shown(row: DeviceRow): DeviceRow {
    if (orderNumbers === 'shown') return row;
    const { orderNumber: _, ...observed } = row.observed;
    return { ...row, observed: orderNumbers === 'untold' ? observed : { ...observed, orderNumber: '' } };
  }

  function submit(requestKey: string, atMs: number, outcomes: readonly ItemOutcome[]): Submission {
    if (pollsUntilDone === undefined) return { is: 'answered', outcomes };
    const shownFromMs = atMs + shownAfterMs;
    operations.set(`op-${requestKey}`, { polls: pollsUntilDone, outcomes, shownFromMs });
    return { is: 'accepted', operationIds: [`op-${requestKey}`] };
  }

  function create({ companyName }: DesiredCompany, key = ''): ItemOutcome {
    const companyId = `${1_000 + vendor.companies.length}`;
    vendor.companies.push({ companyId, companyName, termsStatus: 'NotAccepted' });
    hiddenUntilMs.set(companyId, vendor.nowMs() + companyLagMs);
    return { key, vendorId: companyId };
  }

  function listedCompanies(nowMs: number): readonly CompanyRow[] {
    return vendor.companies.filter(({ companyId }) => (hiddenUntilMs.get(companyId) ?? 0) <= nowMs);
  }

  function page(call: VendorCall & { is: 'page' }): SetPage<DeviceRow> {
    const rows = [...vendor.holdings.values()]
      .filter(({ observed }) => observed.companyId === call.set)
      .map(shown);
    const from = Number(call.cursor ?? 0);
    const next = from + pageSize < rows.length ? { next: String(from + pageSize) } : {};
    return vendor.bend({ rows: rows.slice(from, from + pageSize), total: rows.length, ...next }, call);
  }

  function adapter(nowMs: () => number): VendorAdapter {
    let open = true;
    vendor.nowMs = nowMs;
    /** One request: counted, perhaps spoiled, done, and answered when the gate lets it. */
    async function request<Value>(call: VendorCall, act: () => Result<Value>): Promise<Result<Value>> {
      vendor.calls.push(call);
      const fault = open ? vendor.fault(call) : ({ is: 'lostOnTheWay' } as const);
      const answer: Result<Value> =
        fault?.is === 'fails'
          ? failed(fault.failure)
          : fault?.is === 'lostOnTheWay'
            ? failed(NO_REPLY)
            : act();
      await vendor.gate;
      const reply = fault?.is === 'replyLost' ? failed<Value>(NO_REPLY) : answer;
      vendor.replies.set(call, reply);
      return reply;
    }

    return {
      quota: {
        availableAt: (ahead = 0) =>
          Math.max(nowMs(), vendor.quotaAvailableAtMs) + ahead * vendor.requestEveryMs,
        within: (request) => request(),
        snapshot: () => ({ windowRemaining: 1, dayRemaining: 1 }),
      },
      devices: {
        check: ({ model }) =>
          model === 'impossible'
            ? { code: 'INVALID_MODEL', message: 'no such model', kind: 'invalid' }
            : undefined,
        ...(canList
          ? {
              sets: {
                pageSize,
                readPage(set: string, cursor: string | undefined) {
                  const call = { is: 'page', atMs: nowMs(), set, cursor } as const;
                  return request(call, () => ok(page(call)));
                },
              },
            }
          : {}),
        ...(canReadItems
          ? {
              items: {
                read(subject: DeviceIdentity) {
                  const [key = ''] = identityKeys(subject);
                  return request({ is: 'item', atMs: nowMs(), key }, () => {
                    const row = vendor.holdings.get(key);
                    return ok(row === undefined ? [] : [shown(row)]);
                  });
                },
              },
            }
          : {}),
        writer: {
          verbs: {
            claim: {
              repeat,
              effect,
              maxItemsPerCall: maxItems,
              visibilityMs,
              ...(awaitsCustomer === undefined ? {} : { awaitsCustomer }),
            },
            unclaim: { repeat, effect: 'destructive', maxItemsPerCall: maxItems, visibilityMs },
            ...(orderNumbers === 'untold'
              ? {}
              : { updateMetadata: { repeat, effect: 'additive', maxItemsPerCall: maxItems, visibilityMs } }),
          },
          partition: (verb, { desired }) => ({
            customer: desired.companyId,
            ...(verb === 'updateMetadata' ? { orderNumber: desired.orderNumber ?? '' } : {}),
          }),
          send({ verb, partition, requestKey, items, alone }) {
            const keys = items.map(({ key }) => key);
            const call = {
              is: 'write',
              atMs: nowMs(),
              verb,
              requestKey,
              partition,
              keys,
              ...(alone === undefined ? {} : { alone }),
            } as const;
            return request<Submission>(call, () => {
              const refusal = vendor.refuseWhole(keys, partition);
              if (refusal !== undefined) return failed(refusal);
              const act = verb === 'unclaim' ? unclaim : verb === 'claim' ? claim : update;
              return ok(submit(requestKey, call.atMs, act(items, partition)));
            });
          },
        },
        poller: {
          poll(operationId) {
            return request<OperationProgress>({ is: 'poll', atMs: nowMs(), operationId }, () => {
              const operation = operations.get(operationId);
              if (operation === undefined || operation.shownFromMs > nowMs()) return failed(GONE);
              operation.polls -= 1;
              return ok(
                operation.polls > 0 ? { is: 'running' } : { is: 'finished', outcomes: operation.outcomes },
              );
            });
          },
          ...(ownNamesVisibleAfterMs === undefined
            ? {}
            : {
                ownNames: {
                  operationIdOf: (requestKey: string) => `op-${requestKey}`,
                  visibleAfterMs: ownNamesVisibleAfterMs,
                },
              }),
        },
      },
      companies: {
        check: () => undefined,
        sets: {
          pageSize,
          readPage(set, cursor) {
            const from = Number(cursor ?? 0);
            return request({ is: 'page', atMs: nowMs(), set: `companies${set}`, cursor }, () => {
              const rows = listedCompanies(nowMs());
              const next = from + pageSize < rows.length ? { next: String(from + pageSize) } : {};
              return ok({ rows: rows.slice(from, from + pageSize), ...next });
            });
          },
        },
        writer: {
          verbs: {
            createCompany: { repeat: 'never', effect: 'creation', maxItemsPerCall: 1, visibilityMs },
          },
          partition: (_verb, { desired }) => ({ companyName: desired.companyName }),
          send({ verb, partition, requestKey, items }) {
            const keys = items.map(({ key }) => key);
            const call = { is: 'write', atMs: nowMs(), verb, requestKey, partition, keys } as const;
            return request<Submission>(call, () => {
              const refusal = vendor.refuseWhole(keys, partition);
              if (refusal !== undefined) return failed(refusal);
              return ok({
                is: 'answered',
                outcomes: items.map(({ desired }, at) => create(desired, keys[at])),
              });
            });
          },
        },
      },
      async close() {
        open = false;
      },
    };
  }

  return vendor;
}
