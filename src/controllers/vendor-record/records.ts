import type { KubeClient } from '../../kube/client.ts';
import { kubeTime } from '../../kube/conditions.ts';
import { asTransient } from '../../kube/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import { RECEIPT } from '../../ports/receipt.ts';
import type { RecordChange, RecordGroup, Records } from '../../ports/records.ts';
import { SCOPE_LABEL, type ServedVendorRecord, VENDOR_RECORDS } from '../resources.ts';
import {
  changeSlice,
  FORMAT_VERSION,
  narrowSlice,
  type PackedSlice,
  packSlice,
  type Slice,
  SPLIT_BYTES,
  sliceFinder,
  unpackSlice,
} from './slice.ts';

/** Whose records these are, and where they stand. */
export interface RecordPlace {
  readonly namespace: string;
  readonly accountName: string;
  readonly scope: string;
  readonly scopeHash: string;
}

/** The kind under which attempts to log in are recorded, in a scope that is a login. */
export const LOGIN = 'login';

/** The kind under which requests to a vendor are counted by hours, in a scope beside that of the vendor. */
export const REQUESTS = 'requests';

/** Changes that are written together. ASSUMED: two requests’ worth; finding their slices takes some 10 ms. */
const MOST_TOGETHER = 10_000;

/** A prefix is part of the first 32 bits of a digest. */
const LONGEST_PREFIX = 32;

/** Changes of one kind that will be written in one go. */
interface Gathering {
  readonly changes: RecordChange[];
  readonly kept: Promise<Result<typeof RECEIPT>>;
}

/** Slices are up to 256 KiB each, base64 on top; a page stays under 4 MB. */
const PAGE_SIZE = 10;

/**
 * Records as VendorRecords. Each slice holds the keys whose digest begins with its prefix; one that grows too
 * large is split into its two halves, both written before it is deleted:
 *
 *     device          one slice, prefix ""
 *     ├─ device-0     keys whose digest begins with 0
 *     └─ device-1     …
 *
 * Nothing is remembered here but which slices there are: every change reads its slice and writes it back with
 * the version it was read at.
 */
export function createRecords(
  client: KubeClient,
  place: RecordPlace,
  fence: () => number,
  clock: Clock,
): Records {
  /** Prefixes of the slices that stand, by kind. */
  const prefixes = new Map<string, Set<string>>();
  const known = (kind: string): Set<string> => prefixes.get(kind) ?? new Set();

  async function load(signal: AbortSignal): Promise<Result<readonly RecordGroup[]>> {
    const listed = await listRecords(client, place, signal);
    if (!listed.ok) return listed;
    const slices = withoutLeftovers(listed.value);
    for (const leftover of listed.value) {
      if (slices.includes(leftover)) continue;
      const dropped = await drop(leftover.metadata.name, signal);
      if (!dropped.ok) return dropped;
    }
    prefixes.clear();
    const groups: RecordGroup[] = [];
    for (const record of slices) {
      const slice = readSlice(record);
      if (slice === undefined) return failed(unreadable(record.metadata.name));
      const { kind, prefix } = parseSliceName(record.spec.slice);
      prefixes.set(kind, known(kind).add(prefix));
      groups.push(...slice.map(({ value, keys }) => ({ kind, value, keys })));
    }
    return ok(groups);
  }

  /** One write at a time: two that read the same slice would undo each other, or fail at the version. */
  let last: Promise<unknown> = Promise.resolve();
  /**
   * By kind: waits for the writes before it, and takes in whatever of its kind comes meanwhile, also after what waits of
   * others: one write carries it all. Written sooner than in turn is as good.
   */
  const gatherings = new Map<string, Gathering>();
  function keep(
    kind: string,
    changes: readonly RecordChange[],
    signal: AbortSignal,
  ): Promise<Result<typeof RECEIPT>> {
    const gathering = gatherings.get(kind);
    if (gathering !== undefined && gathering.changes.length + changes.length <= MOST_TOGETHER) {
      gathering.changes.push(...changes);
      return gathering.kept;
    }
    const own: RecordChange[] = [...changes];
    const kept = last.then(() => {
      if (gatherings.get(kind)?.changes === own) gatherings.delete(kind);
      return keepNow(kind, own, signal);
    });
    gatherings.set(kind, { changes: own, kept });
    last = kept.catch(() => undefined);
    return kept;
  }

  async function keepNow(
    kind: string,
    changes: readonly RecordChange[],
    signal: AbortSignal,
  ): Promise<Result<typeof RECEIPT>> {
    const sliceOf = sliceFinder(known(kind));
    const bySlice = Map.groupBy(changes, ({ key }) => sliceOf(key));
    for (const [prefix, own] of bySlice) {
      const kept = await keepSlice(kind, prefix, own, signal);
      if (!kept.ok) return failed(asTransient(kept.failure));
    }
    return ok(RECEIPT);
  }

  async function keepSlice(
    kind: string,
    prefix: string,
    changes: readonly RecordChange[],
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const ref = { namespace: place.namespace, name: nameOf(kind, prefix) };
    const standing = await client.get(VENDOR_RECORDS, ref, signal);
    if (!standing.ok && standing.failure.kind !== 'notFound') return standing;
    const before = standing.ok ? readSlice(standing.value) : [];
    if (before === undefined) return failed(unreadable(ref.name));
    const slice = changeSlice(before, changes);
    await clock.turn();
    const packed = packSlice(slice);
    if (packed.dataGzip.length > SPLIT_BYTES) return replaceByParts(kind, prefix, slice, signal);
    const version = standing.ok ? standing.value.metadata.resourceVersion : undefined;
    const written = await put(kind, prefix, packed, version, signal);
    if (written.ok) prefixes.set(kind, known(kind).add(prefix));
    return written;
  }

  /** All parts stand before the whole goes; a stop in between leaves a whole, and `load` takes the parts away. */
  async function replaceByParts(
    kind: string,
    prefix: string,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const parts = await writeParts(kind, prefix, slice, signal);
    if (!parts.ok) return parts;
    const dropped = await drop(nameOf(kind, prefix), signal);
    if (!dropped.ok) return dropped;
    const standing = known(kind);
    standing.delete(prefix);
    for (const part of parts.value) standing.add(part);
    prefixes.set(kind, standing);
    return ok(undefined);
  }

  /** Writes a slice as two halves, or one that is too large still as its own halves; answers what stands then. */
  async function writeParts(
    kind: string,
    prefix: string,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Result<readonly string[]>> {
    const standing: string[] = [];
    for (const half of [`${prefix}0`, `${prefix}1`]) {
      const written = await writePart(kind, half, narrowSlice(slice, half), signal);
      if (!written.ok) return written;
      standing.push(...written.value);
    }
    return ok(standing);
  }

  async function writePart(
    kind: string,
    prefix: string,
    slice: Slice,
    signal: AbortSignal,
  ): Promise<Result<readonly string[]>> {
    await clock.turn();
    const packed = packSlice(slice);
    if (packed.dataGzip.length <= SPLIT_BYTES || prefix.length >= LONGEST_PREFIX) {
      const written = await overwrite(kind, prefix, packed, signal);
      return written.ok ? ok([prefix]) : written;
    }
    const parts = await writeParts(kind, prefix, slice, signal);
    if (!parts.ok) return parts;
    // An attempt that did not end may have left this part whole, and older: it must not outlive its own parts.
    const dropped = await drop(nameOf(kind, prefix), signal);
    return dropped.ok ? parts : dropped;
  }

  async function overwrite(
    kind: string,
    prefix: string,
    packed: PackedSlice,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const ref = { namespace: place.namespace, name: nameOf(kind, prefix) };
    const standing = await client.get(VENDOR_RECORDS, ref, signal);
    if (!standing.ok && standing.failure.kind !== 'notFound') return standing;
    const version = standing.ok ? standing.value.metadata.resourceVersion : undefined;
    return put(kind, prefix, packed, version, signal);
  }

  function put(
    kind: string,
    prefix: string,
    packed: PackedSlice,
    resourceVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<Result<ServedVendorRecord>> {
    const metadata = {
      name: nameOf(kind, prefix),
      namespace: place.namespace,
      labels: { [SCOPE_LABEL]: place.scopeHash },
    };
    const spec = {
      accountRef: { name: place.accountName },
      vendorScope: place.scope,
      content: contentOf(kind),
      slice: sliceName(kind, prefix),
      formatVersion: FORMAT_VERSION,
      fence: fence(),
      updatedAt: kubeTime(clock.now()),
      ...packed,
    };
    return resourceVersion === undefined
      ? client.create(VENDOR_RECORDS, { metadata, spec }, signal)
      : client.replace(VENDOR_RECORDS, { metadata: { ...metadata, resourceVersion }, spec }, signal);
  }

  async function drop(name: string, signal: AbortSignal): Promise<Result<unknown>> {
    const dropped = await client.delete(VENDOR_RECORDS, { namespace: place.namespace, name }, {}, signal);
    return !dropped.ok && dropped.failure.kind === 'notFound' ? ok(undefined) : dropped;
  }

  function nameOf(kind: string, prefix: string): string {
    return `vrec-${place.scopeHash}-${sliceName(kind, prefix)}`;
  }

  return { load, keep };
}

/** What a slice holds, for reading; the kinds are the engine's, but for those above. */
function contentOf(kind: string): 'GuardLedger' | 'LogIns' | 'Refusals' | 'Holdings' {
  if (kind === 'ledger' || kind === REQUESTS) return 'GuardLedger';
  if (kind === LOGIN) return 'LogIns';
  return kind.startsWith('refusal.') ? 'Refusals' : 'Holdings';
}

/** Every VendorRecord of the scope, in all pages. */
async function listRecords(
  client: KubeClient,
  { namespace, scopeHash }: RecordPlace,
  signal: AbortSignal,
): Promise<Result<readonly ServedVendorRecord[]>> {
  const records: ServedVendorRecord[] = [];
  let continueToken: string | undefined;
  do {
    const page = await client.list(
      VENDOR_RECORDS,
      {
        namespace,
        labelSelector: `${SCOPE_LABEL}=${scopeHash}`,
        limit: PAGE_SIZE,
        ...(continueToken === undefined ? {} : { continueToken }),
      },
      signal,
    );
    if (!page.ok) return page;
    records.push(...page.value.items);
    continueToken = page.value.continueToken;
  } while (continueToken !== undefined);
  return ok(records);
}

/** Without halves of a split that did not end: while the whole stands, it is the truth. */
export function withoutLeftovers(records: readonly ServedVendorRecord[]): readonly ServedVendorRecord[] {
  const standing = new Set(records.map(({ spec }) => spec.slice));
  return records.filter(({ spec }) => {
    const { kind, prefix } = parseSliceName(spec.slice);
    for (let length = 0; length < prefix.length; length += 1) {
      if (standing.has(sliceName(kind, prefix.slice(0, length)))) return false;
    }
    return true;
  });
}

/** Its entries; undefined when this version cannot read them. */
export function readSlice({ spec }: ServedVendorRecord): Slice | undefined {
  return spec.formatVersion === FORMAT_VERSION ? unpackSlice(spec) : undefined;
}

function sliceName(kind: string, prefix: string): string {
  return prefix === '' ? kind : `${kind}-${prefix}`;
}

/** Which kind of items a slice holds, and the prefix of their digests. */
export function parseSliceName(slice: string): { readonly kind: string; readonly prefix: string } {
  const [kind = slice, prefix = ''] = slice.split('-');
  return { kind, prefix };
}

function unreadable(name: string): Failure {
  return {
    kind: 'rejected',
    code: 'RecordUnreadable',
    message: `VendorRecord ${name} cannot be read by this version; restore it from a backup`,
  };
}
