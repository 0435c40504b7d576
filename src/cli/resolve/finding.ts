import type { ServedVendorOperation } from '../../controllers/resources.ts';
import { unpackItems } from '../../controllers/vendor-operation/items.ts';
import type { ItemKey } from '../../domain/item.ts';
import { parseRanges } from '../../domain/ranges.ts';
import { findingsOf, type Resolution } from '../../domain/resolution.ts';
import { Sentence } from '../exit.ts';
import { parseSought } from '../find/identifier.ts';

/** What a person says about an operation. */
export interface Finding {
  /** As written on the command line; none: all items nothing was said about. */
  readonly items: readonly string[];
  readonly as: Resolution['as'];
}

/**
 * What is to be added to the resolutions of an operation; nothing when all of it was said before. Ends the command
 * with one sentence when it must not be said:
 *
 * | the operation, or the item                | then    |
 * | ----------------------------------------- | ------- |
 * | is not in state Unknown                   | refused |
 * | is not among the operation's items        | refused |
 * | was refused by the vendor already         | refused |
 * | was said to have ended otherwise          | refused |
 * | was said to have ended so                 | nothing |
 */
export function additionsOf(operation: ServedVendorOperation, finding: Finding): readonly Resolution[] {
  const { metadata, status } = operation;
  const state = status?.state ?? 'Intended';
  if (state !== 'Unknown' && state !== 'Resolved') {
    throw new Sentence(`VendorOperation ${metadata.name} is ${state}: its outcome is not unknown`);
  }
  const said = status?.resolutions ?? [];
  if (finding.items.length > 0) {
    const keys = finding.items.map((text) => itemNamed(operation, text));
    const findingFor = findingsOf(said);
    const fresh = keys.filter((item) => isNews(operation, findingFor(item), item, finding.as));
    if (fresh.length > 0) expectOpen(operation, state);
    return fresh.map((item) => ({ item, as: finding.as }));
  }
  const all = said.find(({ item }) => item === undefined)?.as;
  if (!isNews(operation, all, 'all other items', finding.as)) return [];
  expectOpen(operation, state);
  return [{ as: finding.as }];
}

/** Whether this has not been said yet. The first word stands. */
function isNews(
  { metadata, status }: ServedVendorOperation,
  before: Resolution['as'] | undefined,
  about: string,
  as: Resolution['as'],
): boolean {
  if (before === undefined) return true;
  if (before === as) return false;
  const { by = 'somebody' } = status?.resolutions?.find(({ item }) => item === about) ?? {};
  throw new Sentence(
    `${by} has said of ${about} in VendorOperation ${metadata.name} that it ${before === 'Happened' ? 'happened' : 'did not happen'}; what was said stands`,
  );
}

function expectOpen({ metadata }: ServedVendorOperation, state: string): void {
  if (state === 'Unknown') return;
  throw new Sentence(`VendorOperation ${metadata.name} is ${state}: its outcome is not unknown`);
}

function itemNamed(operation: ServedVendorOperation, text: string): ItemKey {
  const { metadata, spec, status } = operation;
  const keys = unpackItems(spec);
  if (keys === undefined) throw new Sentence(`the items of VendorOperation ${metadata.name} cannot be read`);
  const sought = parseSought(text);
  const found = keys.includes(text) ? [text] : keys.filter((key) => sought.matches(key));
  const [key, other] = found;
  if (key === undefined) throw new Sentence(`VendorOperation ${metadata.name} has no item ${text}`);
  if (other !== undefined) {
    throw new Sentence(
      `${text} means several items of VendorOperation ${metadata.name}: ${found.join(', ')}`,
    );
  }
  const position = keys.indexOf(key);
  const answer = status?.outcomes?.find(({ items }) => parseRanges(items).includes(position));
  if (answer === undefined || findingsOf(status?.resolutions ?? [])(key) !== undefined) return key;
  throw new Sentence(`what became of ${key} is known: ${answer.code}: ${answer.message ?? ''}`);
}
