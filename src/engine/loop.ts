import type { Clock } from '../ports/clock.ts';

/** Takes turns: at the time that the last one answered, and whenever it is poked. */
export interface Loop {
  /** Something happened: another turn is due, even if one is being taken. */
  poke(): void;
  /** A fault of our own: it is told, and no turn is taken for a while, so that it is not repeated at full speed. */
  onFault(error: unknown): void;
  /**
   * Takes turns for as long as `goesOn` says; other work gets its turn between two. `turn` answers when the next one is
   * due at the latest, monotonic ms. A turn that throws is a fault, and the loop goes on.
   */
  run(goesOn: () => boolean, turn: () => number): Promise<void>;
}

/** How long a fault rests. ASSUMED. */
const FAULT_REST_MS = 5_000;
/** No rest is longer, whatever was reckoned. */
const LONGEST_REST_MS = 60_000;

export function createLoop(clock: Clock, onBug: (error: unknown) => void): Loop {
  let poked = false;
  let rest = new AbortController();
  let faultUntilMs = 0;

  function onFault(error: unknown): void {
    faultUntilMs = clock.monotonic() + FAULT_REST_MS;
    onBug(error);
  }

  function take(turn: () => number): number {
    if (faultUntilMs > clock.monotonic()) return faultUntilMs;
    try {
      return turn();
    } catch (error) {
      onFault(error);
      return faultUntilMs;
    }
  }

  async function restUntil(atMs: number): Promise<void> {
    rest = new AbortController();
    const waitMs = poked ? 0 : Math.max(0, Math.min(atMs - clock.monotonic(), LONGEST_REST_MS));
    await clock.sleep(waitMs, rest.signal);
  }

  return {
    poke: () => {
      poked = true;
      // With a reason of its own: without one, each abort makes an error with a stack.
      rest.abort('poked');
    },
    onFault,
    run: async (goesOn, turn) => {
      while (goesOn()) {
        poked = false;
        await restUntil(take(turn));
        await clock.turn();
      }
    },
  };
}
