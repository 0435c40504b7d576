import { failed, ok, type Result } from '../ports/failure.ts';

/**
 * Reads `ORIGIN=ORIGIN` pairs: requests for the first are sent to the second. For trying things against a
 * simulator with manifests that name the real vendor.
 */
export function parseRedirects(texts: readonly string[]): Result<Readonly<Record<string, string>>> {
  const redirects: Record<string, string> = {};
  for (const text of texts) {
    const [from, to, ...rest] = text.split('=');
    const [source, target] = [originOf(from), originOf(to)];
    if (source === undefined || target === undefined || rest.length > 0) {
      return failed({
        kind: 'rejected',
        code: 'BadRedirect',
        message: `a redirect reads ORIGIN=ORIGIN, for example https://vendor.example=http://127.0.0.1:8080, not ${JSON.stringify(text)}`,
      });
    }
    redirects[source] = target;
  }
  return ok(redirects);
}

function originOf(text: string | undefined): string | undefined {
  const url = URL.parse(text ?? '');
  return url === null || url.origin === 'null' ? undefined : url.origin;
}
