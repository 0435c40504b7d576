/** What an OAuth token may be good for (3.2). */
export const SCOPES = [
  'kdp',
  'kdp.devices',
  'kdp.devices:view',
  'kdp.devices:manage',
  'kdp.customers',
  'kdp.profilealias',
] as const;

export type Scope = (typeof SCOPES)[number];

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** Whether one of the scopes held is the one needed, or one above it: `kdp` covers everything. */
export function covers(held: readonly Scope[], needed: Scope): boolean {
  return held.some((scope) => scope === needed || /^[.:]/.test(tail(needed, scope)));
}

/** What follows the prefix; empty when the text does not begin with it. */
function tail(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : '';
}
