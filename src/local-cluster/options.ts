import { type FieldError, forbidden, notSupported, required, tooLong } from './schema/field-error.ts';
import { badRequest, invalid } from './status.ts';

/** How unknown and repeated fields of a body are treated. */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** The query of a write. */
export interface WriteOptions {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
  readonly force: boolean;
}

/** Longest name of a field manager, in bytes (06-server-side-apply, "fieldManager too long"). */
const MAX_MANAGER_BYTES = 128;

const VALIDATIONS: Readonly<Record<string, FieldValidation>> = {
  '': 'Warn',
  Ignore: 'Ignore',
  Warn: 'Warn',
  Strict: 'Strict',
};

/** Reads the query of a POST, PUT or PATCH. Throws 422 of the options kind. */
export function writeOptions(
  query: URLSearchParams,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  userAgent: string | undefined,
  apply = false,
): WriteOptions {
  const manager = query.get('fieldManager') ?? '';
  const force = query.get('force');
  const validation = query.get('fieldValidation') ?? '';
  const errors: FieldError[] = [...dryRunErrors(query.getAll('dryRun'))];
  if (apply && manager === '') errors.push(required('fieldManager', 'is required for apply patch'));
  if (Buffer.byteLength(manager) > MAX_MANAGER_BYTES) errors.push(tooLong('fieldManager', MAX_MANAGER_BYTES));
  if (kind === 'PatchOptions' && force !== null && !apply) {
    errors.push(forbidden('force', 'may not be specified for non-apply patch'));
  }
  if (!(validation in VALIDATIONS)) {
    errors.push(notSupported('fieldValidation', validation, ['', 'Ignore', 'Strict', 'Warn']));
  }
  refuse(kind, errors);
  return {
    dryRun: query.getAll('dryRun').includes('All'),
    fieldManager: manager === '' ? managerOf(userAgent) : manager,
    fieldValidation: VALIDATIONS[validation] ?? 'Warn',
    force: force === 'true',
  };
}

/** What is wrong with `dryRun` of a query or of delete options. */
export function dryRunErrors(given: readonly string[]): readonly FieldError[] {
  const values = given.filter((value) => value !== '');
  return values.every((value) => value === 'All') ? [] : [notSupported('dryRun', values, ['All'])];
}

/** Throws 422 for options with errors. */
export function refuse(kind: string, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', word: kind }, '', errors);
}

/** The manager of those who do not name one: the program in front of the slash. */
function managerOf(userAgent: string | undefined): string {
  const program = (userAgent ?? '').split('/')[0] ?? '';
  return program === '' ? 'unknown' : program;
}

/** The query of a list or a watch. */
export interface ListOptions {
  readonly watch: boolean;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** Zero: no limit. */
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowBookmarks: boolean;
  /** Zero: the server chooses. */
  readonly timeoutSeconds: number;
}

/** Reads the query of a list or a watch. Throws 400 for malformed numbers, 422 for combinations without meaning. */
export function listOptions(query: URLSearchParams, watchPath: boolean): ListOptions {
  const text = (name: string) => query.get(name) ?? '';
  const sendInitialEvents = query.get('sendInitialEvents');
  const options: ListOptions = {
    watch: watchPath || isTrue(query.get('watch')),
    labelSelector: text('labelSelector'),
    fieldSelector: text('fieldSelector'),
    limit: integer(query, 'limit'),
    continueToken: text('continue'),
    resourceVersion: text('resourceVersion'),
    resourceVersionMatch: text('resourceVersionMatch'),
    sendInitialEvents: sendInitialEvents === null ? undefined : isTrue(sendInitialEvents),
    allowBookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: integer(query, 'timeoutSeconds'),
  };
  refuse('ListOptions', options.watch ? watchErrors(options) : listErrors(options));
  return options;
}

function isTrue(value: string | null): boolean {
  return value !== null && !['', '0', 'false', 'False', 'FALSE'].includes(value);
}

function integer(query: URLSearchParams, name: string): number {
  const value = query.get(name) ?? '';
  if (value === '') return 0;
  if (!/^[+-]?\d+$/.test(value)) throw badRequest(`strconv.ParseInt: parsing "${value}": invalid syntax`);
  return Number(value);
}

const MATCH = 'resourceVersionMatch';

function watchErrors(options: ListOptions): readonly FieldError[] {
  const { resourceVersionMatch: match, sendInitialEvents: initial } = options;
  const errors: FieldError[] = [];
  if (match !== '') {
    if (initial === undefined) {
      errors.push(
        forbidden(MATCH, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
      );
    }
    if (match !== 'NotOlderThan') errors.push(notSupported(MATCH, match, ['NotOlderThan']));
  } else if (initial !== undefined) {
    errors.push(forbidden(MATCH, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
  }
  return errors;
}

function listErrors(options: ListOptions): readonly FieldError[] {
  const { resourceVersionMatch: match, resourceVersion, continueToken } = options;
  const errors: FieldError[] = [];
  if (match !== '') {
    if (continueToken !== '')
      errors.push(forbidden(MATCH, 'resourceVersionMatch is forbidden when continue is provided'));
    if (resourceVersion === '') {
      errors.push(forbidden(MATCH, 'resourceVersionMatch is forbidden unless resourceVersion is provided'));
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      errors.push(notSupported(MATCH, match, ['Exact', 'NotOlderThan', '']));
    }
    if (match === 'Exact' && resourceVersion === '0') {
      errors.push(forbidden(MATCH, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
    }
  }
  if (options.sendInitialEvents !== undefined) {
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  return errors;
}
