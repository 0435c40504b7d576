/** What a route is found by: a method and a path pattern with `{name}` or, over slashes, `{name=prefix/**}`. */
export interface RoutePattern {
  readonly method: string;
  readonly path: string;
}

export interface Match<R> {
  readonly route: R;
  /** The decoded values of the pattern's names. */
  readonly params: Readonly<Record<string, string>>;
}

/** The first route whose method and path fit, or undefined. */
export type Router<R> = (method: string, path: string) => Match<R> | undefined;

/** Compiles the patterns once. The order of the table decides between two that fit. */
export function router<R extends RoutePattern>(routes: readonly R[]): Router<R> {
  const compiled = routes.map((route) => ({ route, expression: expressionOf(route.path) }));
  return (method, path) => {
    // Clients may encode the colon of `devices:claim`; the vendor reads both forms alike.
    const plain = path.replaceAll(/%3a/gi, ':');
    for (const { route, expression } of compiled) {
      const found = route.method === method ? expression.exec(plain) : null;
      const params = found === null ? undefined : decoded(found.groups ?? {});
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)=([\w/]*)\*\*\}/g, '(?<$1>$2.+)')
    .replaceAll(/\{(\w+)\}/g, '(?<$1>[^/:]+)');
  return new RegExp(`^${source}$`);
}

/** Undefined when a value is not valid percent-encoding: such a path names nothing. */
function decoded(groups: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return undefined;
  }
}
