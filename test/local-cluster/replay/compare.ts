import type { Bindings } from './bindings.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Texts in pointed brackets that are meant as they stand. */
const LITERAL = ['<nil>', '<unknown>', '<none>', '<invalid>'];

/**
 * Where an answer differs from the recorded one, or undefined. The recording leaves things out: `"<as created>"` stands
 * for anything, and objects shown without managedFields may lack other parts too. Texts that only document (column
 * descriptions of built-in kinds) are ours.
 */
export function difference(
  recorded: unknown,
  actual: unknown,
  bindings: Bindings,
  path = '',
): string | undefined {
  if (typeof recorded === 'string') return textDifference(recorded, actual, bindings, path);
  if (Array.isArray(recorded)) return listDifference(recorded, actual, bindings, path);
  if (isFields(recorded)) {
    if (!isFields(actual)) return `${path}: recorded an object, got ${JSON.stringify(actual)}`;
    return recorded['kind'] === 'Status'
      ? fieldDifference(canonicalStatus(recorded), canonicalStatus(actual), bindings, path, false)
      : fieldDifference(recorded, actual, bindings, path, isShortened(recorded, path));
  }
  return recorded === actual
    ? undefined
    : `${path}: recorded ${JSON.stringify(recorded)}, got ${JSON.stringify(actual)}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textDifference(
  recorded: string,
  actual: unknown,
  bindings: Bindings,
  path: string,
): string | undefined {
  const isElision =
    /^<[a-z].*>$/s.test(recorded) &&
    !LITERAL.includes(recorded) &&
    !/^<(rv|uid|time|continue|5)/.test(recorded);
  if (isElision) return undefined;
  if (typeof actual === 'string') {
    if (isAge(recorded) && isAge(actual)) return undefined;
    if (bindings.matches(recorded, actual)) return undefined;
  }
  return `${path}: recorded ${JSON.stringify(recorded)}, got ${JSON.stringify(actual)}`;
}

function isAge(text: string): boolean {
  return /^(\d+[smhdy])+$/.test(text);
}

function listDifference(
  recorded: readonly unknown[],
  actual: unknown,
  bindings: Bindings,
  path: string,
): string | undefined {
  if (!Array.isArray(actual)) return `${path}: recorded a list, got ${JSON.stringify(actual)}`;
  const names =
    recorded.length > 0 && recorded.every((item) => typeof item === 'string') && actual.every(isFields);
  const found: readonly unknown[] = names
    ? actual.map((item) => (item['metadata'] as Fields)['name'])
    : actual;
  if (path.endsWith('managedFields'))
    return listDifference(byManager(recorded), byManager(found), bindings, `${path}(sorted)`);
  if (found.length !== recorded.length) {
    return `${path}: recorded ${recorded.length} items, got ${found.length}: ${JSON.stringify(found).slice(0, 600)}`;
  }
  for (const [index, item] of recorded.entries()) {
    const different = difference(item, found[index], bindings, `${path}[${index}]`);
    if (different !== undefined) return different;
  }
  return undefined;
}

/** Entries are ordered by their times, which differ from run to run. */
function byManager(entries: readonly unknown[]): readonly unknown[] {
  const key = (entry: unknown) => {
    const { manager, operation, subresource } = entry as Fields;
    return JSON.stringify([manager, operation, subresource ?? '']);
  };
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Without managedFields the recording has been shortened; then fields it does not show are not looked at. */
function isShortened(recorded: Fields, path: string): boolean {
  const { metadata, kind } = recorded;
  if ('items' in recorded || 'rows' in recorded) return false;
  if (path === '' && kind === undefined) return true;
  if (!isFields(metadata)) return path === '' || kind !== undefined;
  return !('managedFields' in metadata && 'name' in metadata);
}

function fieldDifference(
  recorded: Fields,
  actual: Fields,
  bindings: Bindings,
  path: string,
  shortened: boolean,
): string | undefined {
  const own = Object.keys(recorded).map((key) => bindings.fill(key));
  for (const [name, value] of Object.entries(recorded)) {
    // Keys of list items carry identifiers: `k:{"uid":"<uid-2>"}`.
    const key = bindings.fill(name);
    const here = path === '' ? key : `${path}.${key}`;
    if (key === 'description' && !String(value).startsWith('Custom resource definition column')) continue;
    // The recorder wrote null for parts that were not there.
    if (value === null && actual[key] === undefined && shortened) continue;
    const different =
      key === 'metadata' && shortened && isFields(value) && isFields(actual[key])
        ? fieldDifference(value, actual[key], bindings, here, true)
        : difference(value, actual[key], bindings, here);
    if (different !== undefined) return different;
  }
  const extra = shortened
    ? []
    : Object.keys(actual).filter((key) => !own.includes(key) && key !== 'description');
  return extra.length === 0
    ? undefined
    : `${path}: got more: ${extra
        .map((key) => `${key}=${JSON.stringify(actual[key])}`)
        .join(', ')
        .slice(0, 400)}`;
}

interface Cause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** The order of causes changes from call to call: they are sorted, and their sentences in the message are too. */
function canonicalStatus(status: Fields): Fields {
  const details = status['details'];
  if (!isFields(details) || !Array.isArray(details['causes'])) return status;
  const causes = [...(details['causes'] as Cause[])].sort((a, b) =>
    JSON.stringify(ordered(a)) < JSON.stringify(ordered(b)) ? -1 : 1,
  );
  let message = String(status['message']);
  for (const cause of causes) {
    message = message.replace(`${cause.field}: ${cause.message}`, '§').replace(`\n- ${cause.field}`, '\n- §');
  }
  return { ...status, message, details: { ...details, causes } };
}

function ordered({ reason, message, field }: Cause): readonly unknown[] {
  return [field, reason, message];
}
