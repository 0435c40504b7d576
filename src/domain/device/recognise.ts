import type { ItemKey } from '../item.ts';
import type { RecognisedItem } from '../kind.ts';

/**
 * A phone with two SIMs may be claimed by either IMEI, and a vendor may list it by the other one alone. Both have the
 * same type allocation code (the first eight digits; ASSUMED, as phones are sold), so the one phone of a type that is
 * missing after its claim succeeded is the one phone of that type that newly appeared. Where there are several of
 * either, nothing tells which is which.
 */
export function recogniseDevices(
  missed: readonly ItemKey[],
  appeared: readonly ItemKey[],
): readonly RecognisedItem[] {
  const appearedByType = byType(appeared);
  return [...byType(missed)].flatMap(([type, [first, ...others]]) => {
    const [shown, ...moreShown] = appearedByType.get(type) ?? [];
    const isClear = others.length === 0 && moreShown.length === 0;
    return isClear && first !== undefined && shown !== undefined ? [{ missed: first, appeared: shown }] : [];
  });
}

const IMEI = /^imei:(\d{8})\d{7}$/;

function byType(keys: readonly ItemKey[]): ReadonlyMap<string, readonly ItemKey[]> {
  const types = new Map<string, ItemKey[]>();
  for (const key of keys) {
    const [, type] = IMEI.exec(key) ?? [];
    if (type !== undefined) types.set(type, [...(types.get(type) ?? []), key]);
  }
  return types;
}
