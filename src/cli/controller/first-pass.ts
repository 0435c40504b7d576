import { type KubeObject, keyOf } from '../../kube/object.ts';

/**
 * Knows when every resource that stood there when an account was opened has been looked at once since. Before
 * that the account computes nothing: a claim that has not spoken yet must not lose its devices to another one.
 */
export interface FirstPass {
  passed(kind: string, key: string): void;
}

/** `onEnd` is called once: at once when there is nothing to wait for. */
function createFirstPass(
  expected: Readonly<Record<string, readonly KubeObject[]>>,
  onEnd: () => void,
): FirstPass {
  const left = new Set(
    Object.entries(expected).flatMap(([kind, objects]) =>
      objects.map(({ metadata }) => `${kind}/${keyOf(metadata)}`),
    ),
  );
  if (left.size === 0) onEnd();
  return {
    passed: (kind, key) => {
      if (left.delete(`${kind}/${key}`) && left.size === 0) onEnd();
    },
  };
}

/** The first passes of all accounts that were opened and do not act yet. */
export interface FirstPasses {
  /** Waits for one look at each of the resources that there are, begun from now on. */
  begin(resources: Readonly<Record<string, readonly KubeObject[]>>, onEnd: () => void): void;
  /** Those that a look which begins now counts for. */
  open(): readonly FirstPass[];
}

export function createFirstPasses(): FirstPasses {
  const passes = new Set<FirstPass>();
  return {
    begin: (resources, onEnd) => {
      const ended = (): void => {
        passes.delete(pass);
        onEnd();
      };
      const pass: FirstPass = createFirstPass(resources, () => queueMicrotask(ended));
      passes.add(pass);
    },
    open: () => [...passes],
  };
}
