import type { ItemKey } from '../../domain/item.ts';
import { type Entry, entriesOf } from './entries.ts';
import { type Finding, nameOf } from './finding.ts';
import type { Folder, Of } from './folder.ts';
import { accountOf } from './references.ts';

/** A claim with what it declares, and the account it declares it to. */
interface Claim {
  readonly manifest: Of<'DeviceClaim'>;
  readonly account: Of<'VendorAccount'> | undefined;
  readonly entries: readonly Entry[];
}

/** Looks at the devices of all claims: each by itself, and which of them several claims want. */
export async function checkDevices(folder: Folder): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const claims: Claim[] = [];
  for (const manifest of folder.all('DeviceClaim')) {
    const read = await entriesOf(folder, manifest);
    findings.push(...read.findings);
    claims.push({ manifest, account: accountOf(folder, manifest), entries: read.entries });
  }
  return [...findings, ...claims.flatMap(onTheWrongAccount), ...wantedTwice(claims)];
}

/**
 * Samsung's handsets belong into Knox; Google takes them, too, and nothing detects a conflict between the two
 * (android-reseller.md, "Brand note").
 */
function onTheWrongAccount({ manifest, account, entries }: Claim): readonly Finding[] {
  if (account?.object.spec.vendor !== 'GoogleZeroTouch') return [];
  const handsets = entries.filter(({ identity }) => identity.manufacturer?.toLowerCase() === 'samsung');
  const why = `is Samsung's and ${nameOf(account.object)} is Google zero-touch; claim it through a SamsungKnox account, unless it is meant to be registered with Google`;
  return told(manifest, handsets, why, 'warning');
}

/** One finding for each two claims that share devices. */
function wantedTwice(claims: readonly Claim[]): readonly Finding[] {
  const first = new Map<ItemKey, Claim>();
  const findings: Finding[] = [];
  for (const claim of claims) {
    const shared = new Map<Claim, Entry[]>();
    for (const entry of claim.entries) {
      const other = entry.keys.map((key) => first.get(key)).find((found) => found !== undefined);
      if (other !== undefined) shared.set(other, [...(shared.get(other) ?? []), entry]);
    }
    for (const [other, entries] of shared) findings.push(...conflict(claim, other, entries));
    for (const { keys } of claim.entries) {
      for (const key of keys) if (!first.has(key)) first.set(key, claim);
    }
  }
  return findings;
}

function conflict(claim: Claim, other: Claim, entries: readonly Entry[]): readonly Finding[] {
  const name = nameOf(other.manifest.object);
  const [own, theirs] = [claim.account, other.account];
  if (own === undefined || theirs === undefined || own === theirs) {
    return told(
      claim.manifest,
      entries,
      `is declared by ${name}, too; only one of the two can have it`,
      'error',
    );
  }
  const why = `is declared by ${name} for ${nameOf(theirs.object)}, too; no conflict is detected between accounts`;
  return told(claim.manifest, entries, why, 'warning');
}

/** The first one by name and place, the others as a number. */
function told(
  { object }: Of<'DeviceClaim'>,
  entries: readonly Entry[],
  why: string,
  severity: Finding['severity'],
): readonly Finding[] {
  const [first] = entries;
  if (first === undefined) return [];
  const more = entries.length === 1 ? '' : ` (and ${entries.length - 1} more devices like it)`;
  const message = `${first.keys[0]} ${why}${more}`;
  return [{ place: first.place, severity, resource: nameOf(object), message }];
}
