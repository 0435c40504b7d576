import type { Holder } from '../domain/item.ts';

/** The name under which the engine knows a resource: `Kind/namespace/name`. */
export function holderOf(kind: string, key: string): Holder {
  return `${kind}/${key}`;
}

/** The inverse of `holderOf`. */
export function resourceOf(holder: Holder): { readonly kind: string; readonly key: string } {
  const slash = holder.indexOf('/');
  return { kind: holder.slice(0, slash), key: holder.slice(slash + 1) };
}
