import { type FieldSet, intersection, isEmpty, paths, printPath } from './field-set.ts';
import type { Manager } from './managers.ts';

/** The fields of one other manager that an apply would change. */
export interface Conflict {
  readonly manager: Manager;
  readonly fields: FieldSet;
}

/** One field in conflict, as a cause of the Status carries it. */
export interface ConflictCause {
  readonly reason: 'FieldManagerConflict';
  readonly field: string;
  readonly message: string;
}

/** Whose fields among `others` these changes touch. */
export function conflictsWith(others: readonly Manager[], changed: FieldSet): readonly Conflict[] {
  return others
    .map((manager) => ({ manager, fields: intersection(manager.fields, changed) }))
    .filter((conflict) => !isEmpty(conflict.fields))
    .toSorted((a, b) => (printManager(a.manager) < printManager(b.manager) ? -1 : 1));
}

/** The causes, one for each field. */
export function conflictCauses(conflicts: readonly Conflict[]): readonly ConflictCause[] {
  return conflicts.flatMap(({ manager, fields }) =>
    paths(fields).map((path) => ({
      reason: 'FieldManagerConflict',
      field: printPath(path),
      message: `conflict with ${printManager(manager)}`,
    })),
  );
}

/** The message of the Status: one conflict on a line, several as a list by manager. */
export function conflictMessage(conflicts: readonly Conflict[]): string {
  const causes = conflictCauses(conflicts);
  const [only, ...more] = causes;
  if (only !== undefined && more.length === 0)
    return `Apply failed with 1 conflict: ${only.message}: ${only.field}`;
  const lists = conflicts.map(({ manager, fields }) =>
    [`conflicts with ${printManager(manager)}:`, ...paths(fields).map((path) => `- ${printPath(path)}`)].join(
      '\n',
    ),
  );
  return `Apply failed with ${causes.length} conflicts: ${lists.join('\n')}`;
}

function printManager(manager: Manager): string {
  const subresource =
    manager.subresource === '' ? '' : ` with subresource ${JSON.stringify(manager.subresource)}`;
  const version = manager.operation === 'Update' ? ` using ${manager.apiVersion}` : '';
  return `${JSON.stringify(manager.name)}${subresource}${version}`;
}
