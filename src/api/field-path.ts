/**
 * A JSON pointer, and perhaps one field below it, as Kubernetes writes field paths: `/spec/devices/3` and `imei`
 * read `spec.devices[3].imei`. A map key of digits alone reads like a position.
 */
export function fieldPath(pointer: string, field?: string): string {
  const names = pointer.split('/').slice(1).map(unescape);
  return [...names, ...(field === undefined ? [] : [field])]
    .map((name, index) => (/^\d+$/.test(name) ? `[${name}]` : index === 0 ? name : `.${name}`))
    .join('');
}

/** JSON pointers write `/` as `~1` and `~` as `~0` (RFC 6901, section 4). */
function unescape(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
