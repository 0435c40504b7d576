/** Which method of which port. */
export interface PortCall {
  readonly port: string;
  readonly method: string;
}

/** Runs a call of a port; may look at it before, after, or instead. */
export interface Around {
  (call: PortCall, run: () => unknown): unknown;
  /** Told of each port when it is decorated, with everything that can be called there, called or not. */
  readonly meet?: (port: string, methods: readonly string[]) => void;
}

/**
 * The same port, with every method called through `around`. Ports are decorated where the program is put
 * together, so that nothing inside knows of logs, metrics or fault injection.
 */
export function decorate<Port extends object>(name: string, port: Port, around: Around): Port {
  around.meet?.(name, methodsOf(port));
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || typeof property !== 'string') return value;
      const method = (...args: unknown[]): unknown =>
        around({ port: name, method: property }, () => Reflect.apply(value, target, args));
      return method;
    },
  });
}

/** Applies the decorations from the inside out. */
export function stack(...arounds: readonly Around[]): Around {
  const all = arounds.reduce<Around>(
    (inner, outer) => (call, run) => outer(call, () => inner(call, run)),
    (_call, run) => run(),
  );
  const meet = (port: string, methods: readonly string[]): void => {
    for (const around of arounds) around.meet?.(port, methods);
  };
  return Object.assign((call: PortCall, run: () => unknown) => all(call, run), { meet });
}

/** Ports are plain objects: what can be called are their own functions. */
function methodsOf(port: object): readonly string[] {
  return Object.entries(port)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
}
