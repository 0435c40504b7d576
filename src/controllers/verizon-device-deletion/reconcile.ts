import { parseDurationMs } from '../../api/duration.ts';
import type { Declaration } from '../../domain/item.ts';
import type { DesiredDeletion, LineTypes } from '../../domain/line/facts.ts';
import type { LineName } from '../../domain/line/identifier.ts';
import type { Account } from '../../engine/account.ts';
import type { HolderReport } from '../../engine/lane.ts';
import { type ReconcileResult, settled, waiting } from '../../kube/controller.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Store } from '../../kube/store.ts';
import { findAccount, LINE_VENDORS } from '../account-lookup.ts';
import { conclude, REFRESH_MS } from '../conclude.ts';
import { declarationOf } from '../declaration.ts';
import type { Fleet } from '../fleet.ts';
import { holderOf } from '../holder.ts';
import { brokenList } from '../lists/broken-list.ts';
import type { Lists } from '../lists/declared.ts';
import type { ListMemory } from '../lists/memory.ts';
import { isLookDue } from '../look-request.ts';
import { standingForMs } from '../missing-since.ts';
import type { References } from '../references.ts';
import type { Reporter } from '../reporter.ts';
import {
  type ServedVendorAccount,
  type ServedVerizonDeviceDeletion,
  VERIZON_DEVICE_DELETIONS,
} from '../resources.ts';
import { type Standing, unlessUnresolved, withTrouble } from '../standing.ts';
import { listFields } from '../status-fields.ts';
import { isWhole } from './lines.ts';
import { besides, standingOf } from './standing.ts';
import { type Tally, tally } from './tally.ts';

export interface VerizonDeviceDeletionDeps {
  readonly deletions: Store<ServedVerizonDeviceDeletion>;
  readonly accounts: Store<ServedVendorAccount>;
  readonly fleet: Fleet;
  readonly configMaps: References<ConfigMap>;
  readonly lists: ListMemory<LineTypes, keyof LineName>;
  readonly reporter: Reporter;
}

/** A time nobody can read is the longest, and a range the widest: so nothing is deleted too early. */
const LONGEST_MS = 87_600 * 3_600_000;

/** One pass over one VerizonDeviceDeletion: declares its lines to the account, and says how they stand. */
export async function reconcileVerizonDeviceDeletion(
  deps: VerizonDeviceDeletionDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const object = deps.deletions.get(key);
  const holder = holderOf('VerizonDeviceDeletion', key);
  // Deleting it never touches the vendor: its lines are not wanted any more, and that is all.
  if (object === undefined || object.metadata.deletionTimestamp !== undefined)
    return forget(deps, key, holder);
  const declared = await deps.lists.read(key, object, deps.configMaps.readerFor(key));
  const target = declared.unread ? NOT_READ : findTarget(deps, object);
  if (!target.ok) {
    const held = await hold(deps, object, holder, declared, target.standing, signal);
    return declared.unread && held.type === 'settled'
      ? waiting(deps.reporter.clock.now() + REFRESH_MS)
      : held;
  }
  const { account, trouble } = target;
  for (const open of deps.fleet.all()) if (open.account !== account) open.account.lines.dismiss(holder);
  account.lines.declare(declarationOfDeletion(object, holder, declared), declared.items);
  if (isLookDue(object)) account.lines.lookAgainAt(holder);
  const facts = account.lines.report(holder);
  const tallied = tally(declared, facts);
  const own = unlessUnresolved(standingOf(tallied, facts), facts, object);
  const standing =
    own.is === 'moving'
      ? (trouble ?? own)
      : (brokenList(object, declared, deps.reporter.clock.now()) ?? withTrouble(own, trouble));
  return say(deps, object, declared, tallied, facts, standing, signal);
}

type Target =
  | { readonly ok: true; readonly account: Account; readonly trouble?: Standing }
  | { readonly ok: false; readonly standing: Standing };

const NOT_READ: Target = {
  ok: false,
  standing: { is: 'moving', reason: 'SourceNotRead', message: 'a list of lines has not been read yet' },
};

function findTarget(deps: VerizonDeviceDeletionDeps, object: ServedVerizonDeviceDeletion): Target {
  const { name } = object.spec.accountRef;
  const missingForMs = standingForMs(object, ['AccountNotFound'], deps.reporter.clock.now());
  const found = findAccount(name, object, deps.accounts, deps.fleet, missingForMs, LINE_VENDORS);
  if (!found.ok) return found;
  const { open, trouble } = found;
  return { ok: true, account: open.account, ...(trouble === undefined ? {} : { trouble }) };
}

function forget(
  { fleet, lists, configMaps }: VerizonDeviceDeletionDeps,
  key: string,
  holder: string,
): ReconcileResult {
  for (const { account } of fleet.all()) account.lines.forget(holder);
  lists.forget(key);
  configMaps.release(key);
  return settled();
}

/** Without its account a deletion starts nothing new, and keeps all that it had declared. */
function hold(
  deps: VerizonDeviceDeletionDeps,
  object: ServedVerizonDeviceDeletion,
  holder: string,
  declared: Lists,
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  for (const { account } of deps.fleet.all()) account.lines.suspend(holder);
  const told = deps.fleet.all().map(({ account }) => account.lines.report(holder));
  const facts = told.find(({ known }) => known) ?? { verdicts: [], operations: [] };
  return say(deps, object, declared, tally(declared, facts), facts, standing, signal);
}

function declarationOfDeletion(
  object: ServedVerizonDeviceDeletion,
  holder: string,
  declared: Lists,
): Declaration<LineTypes> {
  const { deactivate, etfWaiver, history } = object.spec;
  const desired: DesiredDeletion = {
    asks: 'gone',
    deactivate,
    etfWaiver,
    archive: history.archive,
    usageSettlesAfterMs: parseDurationMs(history.usageSettlesAfter) ?? LONGEST_MS,
    lookbackMs: parseDurationMs(history.lookback) ?? LONGEST_MS,
  };
  return declarationOf(holder, object, desired, isWhole(declared));
}

function say(
  { reporter }: VerizonDeviceDeletionDeps,
  object: ServedVerizonDeviceDeletion,
  declared: Lists,
  tallied: Tally,
  { operations }: Pick<HolderReport<LineTypes>, 'operations'>,
  standing: Standing,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { counts, failures, archives } = tallied;
  const fields = {
    ...listFields(counts, declared, failures, operations),
    ...(archives.length === 0 ? {} : { archives }),
  };
  const beside = besides(tallied);
  return conclude(reporter, VERIZON_DEVICE_DELETIONS, object, { standing, beside, fields }, signal);
}
