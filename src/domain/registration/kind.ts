import type { Declared, Holder, Item, Verb } from '../item.ts';
import type { ItemKind, Resolution, Step, Target } from '../kind.ts';
import { sameValue } from '../same-value.ts';
import { esnOfKey, type RegistrationTypes, type RegistrationVerdict } from './facts.ts';
import { nextRegistrationStep } from './next.ts';

type RegistrationItem = Item<RegistrationTypes>;

const NO_SET = '';

/** ESN registration: this device is registered to this operator. Only our record knows. */
export const registrationKind: ItemKind<RegistrationTypes> = {
  name: 'registration',
  meetsContact: false,
  verbs: ['registerEsn', 'unregisterEsn'],
  setOf: () => NO_SET,
  setOfPartition: () => NO_SET,
  setOfRow: () => NO_SET,
  keysOf: ({ esn }) => [`esn:${esn}`],
  fileUnder: 'first',
  observe: (_before, row) => row,
  resolve: resolveRegistration,
  compare: (desired, _observed, recorded) =>
    sameValue(recorded?.group, desired.group) ? [] : [{ reason: 'NotRegistered', field: 'spec.devices' }],
  shows: () => false,
  setOfRecord: () => NO_SET,
  holderOf: (recorded) => recorded.holder,
  target: registrationTarget,
  believed: () => ({ is: 'nothing' }),
  recordAfter: ({ verb, target }) => {
    if (verb === 'unregisterEsn') return { value: undefined };
    if (target === undefined) return undefined;
    const { group, releasePolicy } = target.desired;
    return { value: { group, holder: target.holder, releasePolicy } };
  },
  subjectOf: esnOfKey,
  subjectOfRow: (row) => row,
  next: (item) => nextRegistrationStep(item, resolveRegistration(item).winner),
  verdict: registrationVerdict,
};

/** Which resource a device belongs to: the one the record names; else the older; else by namespace and name. */
function resolveRegistration({ declared, recorded }: RegistrationItem): Resolution<RegistrationTypes> {
  if (declared.length < 2)
    return declared[0] === undefined ? { losers: [] } : { winner: declared[0], losers: [] };
  const isRecorded = ({ by }: Declared<RegistrationTypes>) => Number(by.holder === recorded?.holder);
  const [winner, ...losers] = [...declared].sort(
    (a, b) =>
      isRecorded(b) - isRecorded(a) ||
      a.by.createdAtMs - b.by.createdAtMs ||
      (a.by.holder < b.by.holder ? -1 : 1),
  );
  return winner === undefined ? { losers } : { winner, losers };
}

/** A registration serves the declaration; the end of one serves the record that it removes. */
function registrationTarget(item: RegistrationItem, verb: Verb): Target<RegistrationTypes> | undefined {
  const { winner } = resolveRegistration(item);
  if (verb === 'registerEsn') {
    if (winner === undefined || (item.recorded === undefined && item.recordLost === true)) return undefined;
    const { desired, holder, suspended } = winner.by;
    return { subject: winner.subject, desired, holder, suspended };
  }
  const { recorded, formerHolder } = item;
  const subject = winner?.subject ?? esnOfKey(item.key);
  if (recorded?.releasePolicy !== 'Unregister' || subject === undefined) return undefined;
  const isWantedElsewhere = winner !== undefined && !sameValue(winner.by.desired.group, recorded.group);
  if (winner === undefined ? formerHolder !== 'letGo' : !isWantedElsewhere) return undefined;
  const { group, releasePolicy, holder } = recorded;
  return { subject, desired: { group, releasePolicy }, holder, suspended: winner?.by.suspended ?? false };
}

function registrationVerdict(
  item: RegistrationItem,
  step: Step<RegistrationTypes>,
  holder: Holder,
): RegistrationVerdict {
  const { winner } = resolveRegistration(item);
  if (winner === undefined) return { state: 'pending' };
  if (winner.by.holder !== holder) {
    const message = `${winner.by.holder} declares this device too and holds it; remove it from one of the two`;
    return { state: 'conflicted', code: 'DECLARED_ELSEWHERE', message };
  }
  if (step.do === 'stall') {
    const { code, message, kind } = step.failure;
    if (code === 'UNCONFIRMED') return { state: 'unconfirmed', code, message };
    if (code === 'RECORD_LOST') return { state: 'lost', code, message };
    return { state: kind === 'heldByOther' ? 'conflicted' : 'failed', code, message };
  }
  // Declared again while an earlier wish is carried out: what is recorded is about to end.
  if (item.inFlight?.verb === 'unregisterEsn') return { state: 'pending' };
  if (sameValue(item.recorded?.group, winner.by.desired.group)) return { state: 'registered' };
  if (item.failure === undefined) return { state: 'pending' };
  const { code, message } = item.failure.failure;
  return { state: 'pending', code, message };
}
