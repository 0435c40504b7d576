import type { Item, KindTypes } from './item.ts';
import type { Step } from './kind.ts';

/** A refusal stands until the declaration changes, or until its time has come to ask again. */
export function unlessRefused<T extends KindTypes>(
  { failure }: Item<T>,
  call: Step<T> & { readonly do: 'call' },
): Step<T> {
  if (failure === undefined || failure.due || failure.verb !== call.verb) return call;
  if (failure.failure.kind === 'passing') return { do: 'wait' };
  return { do: 'stall', failure: failure.failure };
}
