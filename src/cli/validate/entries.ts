import { DEVICE_LIST } from '../../controllers/device-claim/devices.ts';
import { readSource } from '../../controllers/lists/source.ts';
import { type DeviceIdentity, identityKeys, parseIdentity } from '../../domain/device/identity.ts';
import type { ItemKey } from '../../domain/item.ts';
import { about, type Finding, nameOf, type Place } from './finding.ts';
import type { Folder, Of } from './folder.ts';

/** A device that a claim declares, and where it is written. */
export interface Entry {
  readonly identity: DeviceIdentity;
  /** Every key it may be known by. */
  readonly keys: readonly ItemKey[];
  readonly place: Place;
}

/** What the lists of a claim come to. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

/** At most so many bad rows of one list are told one by one, as in status (crds/, DeviceClaim). */
const MOST_ROWS = 20;

/** A list with its rows, each with what it says and where it stands. */
interface Written {
  readonly declared: DeviceIdentity;
  readonly place: Place;
}

/** Reads everything a claim declares, inline and from the ConfigMaps among the manifests. */
export async function entriesOf(folder: Folder, claim: Of<'DeviceClaim'>): Promise<Entries> {
  const inline = (claim.object.spec.devices ?? []).map((declared, index) => ({
    declared,
    place: claim.placeOf(`spec.devices[${index}]`),
  }));
  const parts = [parsed(claim, inline)];
  for (const [index] of (claim.object.spec.devicesFrom ?? []).entries()) {
    parts.push(await fromSource(folder, claim, index));
  }
  const entries = parts.flatMap((part) => part.entries);
  return { entries, findings: [...parts.flatMap((part) => part.findings), ...repeated(claim, entries)] };
}

async function fromSource(folder: Folder, claim: Of<'DeviceClaim'>, index: number): Promise<Entries> {
  const path = `spec.devicesFrom[${index}].configMapKeyRef`;
  const source = claim.object.spec.devicesFrom?.[index];
  if (source === undefined) return { entries: [], findings: [] };
  const { name, key } = source.configMapKeyRef;
  const configMap = folder.find('ConfigMap', claim.object, name);
  if (configMap === undefined) {
    const message = `ConfigMap ${name} is not among these manifests, so its list was not looked at`;
    return { entries: [], findings: [about(claim, `${path}.name`, message, 'warning')] };
  }
  const content = await readSource(configMap.object, key, DEVICE_LIST.columns);
  if (content.unreadable !== undefined) {
    const message = `key ${key} of ConfigMap ${name}: ${content.unreadable}`;
    return { entries: [], findings: [about(claim, `${path}.key`, message)] };
  }
  const rows = content.entries.map(({ declared, line }) => ({
    declared,
    place: configMap.placeOfData(key, line),
  }));
  const { entries, findings } = parsed(claim, rows);
  const bad = content.badRows.map(
    ({ line, message }): Finding => ({
      place: configMap.placeOfData(key, line),
      severity: 'error',
      resource: nameOf(claim.object),
      message: `line ${line} of ${name}/${key} ${message}`,
    }),
  );
  return { entries, findings: shortened([...bad, ...findings]) };
}

function parsed(claim: Of<'DeviceClaim'>, written: readonly Written[]): Entries {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const { declared, place } of written) {
    const result = parseIdentity(declared);
    if (result.ok) {
      entries.push({ identity: result.identity, keys: identityKeys(result.identity), place });
      continue;
    }
    const { code, message } = result.failure;
    findings.push({
      place,
      severity: 'error',
      resource: nameOf(claim.object),
      message: `${code}: ${message}`,
    });
  }
  return { entries, findings };
}

/** Entries of one claim that share an identifier: they are the same device. */
function repeated(claim: Of<'DeviceClaim'>, entries: readonly Entry[]): readonly Finding[] {
  const first = new Map<ItemKey, Entry>();
  const findings: Finding[] = [];
  for (const entry of entries) {
    const key = entry.keys.find((known) => first.has(known));
    const before = key === undefined ? undefined : first.get(key);
    if (key !== undefined && before !== undefined) {
      const { file, line } = before.place;
      const message = `${key} stands at ${file}:${line} already; remove one of the two`;
      findings.push({ place: entry.place, severity: 'error', resource: nameOf(claim.object), message });
    }
    for (const known of entry.keys) if (!first.has(known)) first.set(known, entry);
  }
  return shortened(findings);
}

/** A list with a wrong column has as many mistakes as rows; the first ones say what is wrong. */
function shortened(findings: readonly Finding[]): readonly Finding[] {
  const next = findings[MOST_ROWS];
  if (next === undefined) return findings;
  const rest = { ...next, message: `and ${findings.length - MOST_ROWS} more like these` };
  return [...findings.slice(0, MOST_ROWS), rest];
}
