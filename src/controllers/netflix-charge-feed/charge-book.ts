import type { KubeClient } from '../../kube/client.ts';
import { ok, type Result } from '../../ports/failure.ts';
import { NETFLIX_CHARGES, SCOPE_LABEL, type ServedNetflixCharge } from '../resources.ts';
import type { ChargePlace } from './charge-object.ts';

/** How a charge stands at the API server. */
type Standing = 'recorded' | 'acknowledged' | 'review' | 'gone';

export interface ChargeCounts {
  readonly recorded: number;
  readonly acknowledged: number;
  readonly review: number;
}

/** Counts the recorded charges of one vendor scope, so that nobody has to keep them all in memory to say how many. */
export interface ChargeBook {
  note(name: string, is: Standing): void;
  /** Reads what was recorded before this process began, once; and counts. */
  counts(signal: AbortSignal): Promise<Result<ChargeCounts>>;
  /** What was counted is counted anew: charges were removed. */
  forget(): void;
}

const PAGE_SIZE = 500;

export function createChargeBook(client: KubeClient, { namespace, scopeHash }: ChargePlace): ChargeBook {
  let standings = new Map<string, Standing>();
  let isRead = false;

  async function read(signal: AbortSignal): Promise<Result<unknown>> {
    const before = new Map<string, Standing>();
    let continueToken: string | undefined;
    do {
      const selection = { namespace, labelSelector: `${SCOPE_LABEL}=${scopeHash}`, limit: PAGE_SIZE };
      const page = await client.list(
        NETFLIX_CHARGES,
        { ...selection, ...(continueToken === undefined ? {} : { continueToken }) },
        signal,
      );
      if (!page.ok) return page;
      for (const charge of page.value.items) before.set(charge.metadata.name, standingOf(charge));
      continueToken = page.value.continueToken;
    } while (continueToken !== undefined);
    // What was written meanwhile is newer than what was read.
    standings = new Map([...before, ...standings]);
    isRead = true;
    return ok(undefined);
  }

  return {
    note: (name, is) => {
      if (is === 'gone') standings.delete(name);
      else standings.set(name, is);
    },
    counts: async (signal) => {
      const done = isRead ? ok(undefined) : await read(signal);
      if (!done.ok) return done;
      let [acknowledged, review] = [0, 0];
      for (const is of standings.values()) {
        if (is === 'acknowledged') acknowledged += 1;
        if (is === 'review') review += 1;
      }
      return ok({ recorded: standings.size, acknowledged, review });
    },
    forget: () => {
      standings = new Map();
      isRead = false;
    },
  };
}

function standingOf({ status }: ServedNetflixCharge): Standing {
  if (status?.acknowledged === true) return 'acknowledged';
  return status?.review === undefined ? 'recorded' : 'review';
}
