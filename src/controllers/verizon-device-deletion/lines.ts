import type { LineTypes } from '../../domain/line/facts.ts';
import { type LineName, parseLineName } from '../../domain/line/identifier.ts';
import type { Lists } from '../lists/declared.ts';
import type { ListFormat } from '../lists/format.ts';

/** How the lines of a VerizonDeviceDeletion are listed (api.md, section 2). */
export const LINE_LIST: ListFormat<LineTypes, keyof LineName> = {
  columns: { names: ['kind', 'identifier'], shared: ['kind'] },
  parse: ({ kind = '', identifier = '' }) => {
    const parsed = parseLineName(kind, identifier);
    if (!parsed.ok) return parsed;
    return { ok: true, item: { key: parsed.key, subject: parsed.name }, keys: [parsed.key] };
  },
  describe: ({ kind = '', identifier = '' }) => `${kind}:${identifier}`,
  duplicate: 'this resource names the line more than once; remove the other entry',
};

/**
 * Whether a line that is missing from these lists is not wanted any more. An empty list in the resource itself is meant as
 * it is written: nothing is deleted because of it.
 */
export function isWhole({ incomplete, sources }: Pick<Lists, 'incomplete' | 'sources'>): boolean {
  return incomplete === undefined || (incomplete === 'EmptyList' && sources.length === 0);
}
