import type { Declared, Holder, Item, Verb } from '../item.ts';
import type { ItemKind, Resolution, Step, Target } from '../kind.ts';
import { type ChargeTypes, type ChargeVerdict, chargeKey, chargeOfKey } from './facts.ts';
import { isAsRecorded, isToRecord, nextChargeStep } from './next.ts';

type ChargeItem = Item<ChargeTypes>;

/** A charge is kept: recorded at the API server, then acknowledged to the vendor, then forgotten here. */
export const chargeKind: ItemKind<ChargeTypes> = {
  name: 'charge',
  meetsContact: false,
  agesLooks: true,
  verbs: ['acknowledgeCharge'],
  setOf: () => 'PROCESSED',
  setOfPartition: () => 'PROCESSED',
  setOfRow: (row) => row.charge.set,
  keysOf: (row) => [chargeKey(row)],
  fileUnder: 'first',
  observe: (_before, row) => row.charge,
  resolve: resolveCharge,
  compare: (desired, observed, recorded) =>
    desired.acknowledge === 'Never' || observed.is !== 'present' || recorded?.is === 'review'
      ? []
      : [{ reason: 'NotAcknowledged', field: 'spec.acknowledge' }],
  // A list may be empty by mistake: only the vendor's answer says that it took an acknowledgement.
  shows: () => false,
  setOfRecord: (recorded) => recorded.set,
  holderOf: (recorded) => recorded.holder,
  target: chargeTarget,
  // A look may have missed it since it was planned.
  mayGo: ({ recorded, observed }) => observed.is !== 'absent' || recorded?.replyLost === true,
  believed: () => ({ is: 'absent' }),
  recordAfter: ({ target }) => {
    const after = target?.desired.after;
    return after === undefined ? undefined : { value: after };
  },
  recordAfterLoss: (_verb, recorded) =>
    recorded.is === 'recorded' ? { ...recorded, replyLost: true } : undefined,
  subjectOf: chargeOfKey,
  subjectOfRow: ({ number }) => ({ number }),
  next: (item) => nextChargeStep(item, resolveCharge(item).winner),
  verdict: chargeVerdict,
};

/** Which feed a charge belongs to: the one the record names; else the older; else by namespace and name. */
function resolveCharge({ declared, recorded }: ChargeItem): Resolution<ChargeTypes> {
  if (declared.length < 2)
    return declared[0] === undefined ? { losers: [] } : { winner: declared[0], losers: [] };
  const isRecorded = ({ by }: Declared<ChargeTypes>) => Number(by.holder === recorded?.holder);
  const [winner, ...losers] = [...declared].sort(
    (a, b) =>
      isRecorded(b) - isRecorded(a) ||
      a.by.createdAtMs - b.by.createdAtMs ||
      (a.by.holder < b.by.holder ? -1 : 1),
  );
  return winner === undefined ? { losers } : { winner, losers };
}

/** Only what is recorded without any doubt can be acknowledged: the receipt is part of the request. */
function chargeTarget(item: ChargeItem, verb: Verb): Target<ChargeTypes> | undefined {
  const { winner } = resolveCharge(item);
  const { recorded, observed } = item;
  if (verb !== 'acknowledgeCharge' || winner?.by.desired.acknowledge !== 'AfterRecording') return undefined;
  if (recorded === undefined || recorded.review !== undefined) return undefined;
  const shown = observed.is === 'present' ? observed.fact : undefined;
  if (shown !== undefined && !(isToRecord(shown) && isAsRecorded(recorded, shown))) return undefined;
  const { holder, suspended, desired } = winner.by;
  const { replyLost, ...known } = recorded;
  const after = { ...known, is: 'acknowledged' } as const;
  const sentBefore = replyLost === undefined ? {} : { replyLost };
  return {
    subject: winner.subject,
    desired: { ...desired, receipt: recorded.receipt, ...sentBefore, after },
    holder,
    suspended,
  };
}

function chargeVerdict(item: ChargeItem, step: Step<ChargeTypes>, holder: Holder): ChargeVerdict {
  const { winner } = resolveCharge(item);
  const { recorded, observed } = item;
  if (winner === undefined) return { state: 'pending' };
  if (winner.by.holder !== holder) {
    const message = `${winner.by.holder} reads this operator's charges already; remove one of the two`;
    return { state: 'conflicted', code: 'DECLARED_ELSEWHERE', message };
  }
  if (step.do === 'stall') {
    const { code, message } = step.failure;
    return { state: 'failed', code, message };
  }
  if (recorded?.is === 'review' || recorded?.is === 'refused') return { state: 'review' };
  if (recorded?.is === 'acknowledged' || recorded?.is === 'done') return { state: 'acknowledged' };
  if (observed.is === 'present' && !isToRecord(observed.fact)) return { state: 'listed' };
  if (recorded?.is === 'recorded') {
    return { state: winner.by.desired.acknowledge === 'Never' ? 'recorded' : 'pending' };
  }
  // Only what a list showed, or a record holds, is declared: this one was told to the vendor and forgotten.
  return { state: observed.is === 'present' ? 'pending' : 'acknowledged' };
}
