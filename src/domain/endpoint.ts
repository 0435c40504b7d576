/**
 * One spelling for every way to write the address of a vendor's API: without the port that its scheme has anyway, a dot at
 * the end of the host or slashes at the end, and in small letters. What is part of an identity is compared by it, and what
 * is recorded stands under it: an address that is written so already stays as it is.
 */
export function canonicalEndpoint(endpoint: string): string {
  const url = URL.parse(endpoint);
  const address = url === null ? endpoint : `${url.protocol}//${hostOf(url)}${url.pathname}`;
  return address.replace(/\/+$/, '').toLowerCase();
}

function hostOf({ hostname, port }: URL): string {
  const name = hostname.replace(/\.$/, '');
  return port === '' ? name : `${name}:${port}`;
}
