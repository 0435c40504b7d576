import { failed, ok, type Result } from '../ports/failure.ts';

/** Where requests to one origin go instead, for example to a simulator. Keys and values are origins. */
export type Redirects = Readonly<Record<string, string>>;

/**
 * The address a request is really sent to: the given one, with its origin replaced when a redirect names it.
 * Fails with `rejected` for anything but https, except plain http to this machine itself.
 */
export function resolveUrl(address: string, redirects: Redirects = {}): Result<URL> {
  const url = parse(address);
  if (url === undefined) return refuse('the address is not a URL');
  const target = Object.hasOwn(redirects, url.origin) ? redirects[url.origin] : undefined;
  const resolved =
    target === undefined ? url : parse(`${new URL(target).origin}${url.pathname}${url.search}`);
  if (resolved === undefined) return refuse('the redirected address is not a URL');
  if (resolved.username !== '' || resolved.password !== '') {
    return refuse(
      `the address of ${resolved.host} carries a user name or password: put credentials in the Secret`,
    );
  }
  if (resolved.protocol === 'https:') return ok(resolved);
  if (resolved.protocol === 'http:' && isLoopback(resolved.hostname)) return ok(resolved);
  return refuse(`${resolved.origin} is not https: only addresses of this machine may be reached without TLS`);
}

/** Whether a host name, as `URL.hostname` gives it, can only mean this machine (RFC 6761, RFC 1122, RFC 4291). */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

function refuse(message: string): Result<URL> {
  return failed({ kind: 'rejected', code: 'INVALID_ENDPOINT', message });
}
