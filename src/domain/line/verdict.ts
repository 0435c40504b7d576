import type { Holder, Item } from '../item.ts';
import type { Step } from '../kind.ts';
import type { LineTypes, LineVerdict, RecordedLine } from './facts.ts';
import { resolveLine } from './resolve.ts';

/**
 * | the line                                          | told as      |
 * | ------------------------------------------------- | ------------ |
 * | proven gone, and not seen again                   | deleted      |
 * | cannot go on without a person                     | failed       |
 * | its deactivation was sent, or is under way        | deactivating |
 * | anything else                                     | waiting      |
 *
 * A resource whose wish does not count for it is told that another's does, until the line is gone.
 */
export function lineVerdict(item: Item<LineTypes>, step: Step<LineTypes>, holder: Holder): LineVerdict {
  const { recorded } = item;
  const facts = factsOf(recorded);
  if (step.do === 'stall') {
    const { code, message } = step.failure;
    return { state: 'failed', code, message, ...facts };
  }
  if (recorded?.gone !== undefined) {
    return { state: 'deleted', ...facts, ...(recorded.gone.how === 'NeverSeen' ? { neverSeen: true } : {}) };
  }
  const { winner } = resolveLine(item);
  const why =
    winner === undefined || winner.by.holder === holder ? whyWaiting(item) : saysAnother(winner.by.holder);
  return { state: isDeactivating(item) ? 'deactivating' : 'waiting', ...why, ...facts };
}

function isDeactivating({ recorded, observed, inFlight }: Item<LineTypes>): boolean {
  if (inFlight?.verb === 'deactivateLine') return true;
  if (recorded?.deactivationSentAtMs === undefined || recorded.quietSinceMs !== undefined) return false;
  return observed.is !== 'present' || observed.fact.state !== 'deactive';
}

function whyWaiting({ failure }: Item<LineTypes>): { readonly code?: string; readonly message?: string } {
  return failure === undefined ? {} : { code: failure.failure.code, message: failure.failure.message };
}

function saysAnother(winner: Holder): { readonly code: string; readonly message: string } {
  return {
    code: 'DECLARED_ELSEWHERE',
    message: `${winner} asks for this line too and says how it is deleted; remove it from one of the two`,
  };
}

function factsOf(recorded: RecordedLine | undefined): Pick<LineVerdict, 'archive' | 'names'> {
  const receipt = recorded?.receipt;
  return {
    ...(receipt?.is === 'archived' ? { archive: receipt } : {}),
    ...(recorded?.names === undefined ? {} : { names: recorded.names }),
  };
}
