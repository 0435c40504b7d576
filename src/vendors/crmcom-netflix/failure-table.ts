import { failed, ok, type Result } from '../../ports/failure.ts';

/** What an error of the vendor can mean (fact sheet 5). The last one is about a charge and not about a request (8.3). */
export const FAILURE_CLASSES = [
  'Auth',
  'AuthFatal',
  'Validation',
  'NotFound',
  'Conflict',
  'State',
  'Throttled',
  'AlreadyAcknowledged',
] as const;

export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** The meaning of one code, or of every text that a pattern finds something in. */
export type FailureRow = { readonly means: FailureClass } & (
  | { readonly code: string }
  | { readonly messagePattern: RegExp }
);

/** Exact codes first, then patterns, each in order; what no row knows is never taken for a refusal. */
export type FailureTable = readonly FailureRow[];

/**
 * What holds where the account says nothing else. ASSUMED, all of it: the vendor publishes no codes; these are
 * the fact sheet's names for its situations (5).
 */
export const DEFAULT_FAILURES: FailureTable = [
  { code: 'INVALID_TOKEN', means: 'Auth' },
  { code: 'INVALID_CREDENTIALS', means: 'AuthFatal' },
  { code: 'INVALID_PARAMETER', means: 'Validation' },
  { code: 'LIMIT_EXCEEDED', means: 'Validation' },
  { code: 'NOT_FOUND', means: 'Validation' },
  { code: 'SUBSCRIPTION_NOT_FOUND', means: 'NotFound' },
  { code: 'SUBSCRIPTION_EXISTS', means: 'Conflict' },
  { code: 'INVALID_STATE', means: 'State' },
];

/** Longest text a pattern is tried on. A pattern is the user's own; the text is the vendor's. */
const MAX_MATCHED_CHARACTERS = 512;

export function classOf(table: FailureTable, code: string, message: string): FailureClass | undefined {
  const byCode = table.find((row) => 'code' in row && row.code === code);
  const text = message.slice(0, MAX_MATCHED_CHARACTERS);
  return (byCode ?? table.find((row) => 'messagePattern' in row && row.messagePattern.test(text)))?.means;
}

/**
 * The account's own rows before ours. `rows` is `spec.crmComNetflix.failures` as the API server let it through;
 * fails with `rejected` when a pattern is none.
 */
export function parseFailures(rows: unknown): Result<FailureTable> {
  const table: FailureRow[] = [];
  for (const row of Array.isArray(rows) ? (rows as readonly Readonly<Record<string, unknown>>[]) : []) {
    const parsed = parseRow(row);
    if (parsed === undefined) {
      return failed({
        kind: 'rejected',
        code: 'INVALID_FAILURES',
        message: `spec.crmComNetflix.failures: ${String(row['messagePattern'] ?? row['code'])} is not a code or regular expression with a meaning`,
      });
    }
    table.push(parsed);
  }
  return ok([...table, ...DEFAULT_FAILURES]);
}

function parseRow(row: Readonly<Record<string, unknown>>): FailureRow | undefined {
  const means = FAILURE_CLASSES.find((known) => known === row['means']);
  const { code, messagePattern } = row;
  if (means === undefined) return undefined;
  if (typeof code === 'string') return { code, means };
  if (typeof messagePattern !== 'string') return undefined;
  try {
    return { messagePattern: new RegExp(messagePattern, 'i'), means };
  } catch {
    return undefined;
  }
}
