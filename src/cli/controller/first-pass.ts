import { type KubeObject, keyOf } from '../../kube/object.ts';

/**
 * Knows when every resource that stood there at the start has been looked at once. Before that nothing is
 * computed: a claim that was not yet read must not lose its devices to another one.
 */
export interface FirstPass {
  passed(kind: string, key: string): void;
}

/** `onEnd` is called once: at once when there is nothing to wait for. */
export function createFirstPass(
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
