import { parseDurationMs } from '../../api/duration.ts';
import { operationRetention } from '../../controllers/vendor-operation/retention.ts';
import { jitteredMs } from '../../domain/schedule.ts';
import type { KubeClient } from '../../kube/client.ts';
import { removeOld } from '../../kube/retention.ts';
import { type Mended, mendUnlabelled } from '../../kube/unlabelled.ts';
import { decorate } from '../../observability/decorate.ts';
import { ok, type Result } from '../../ports/failure.ts';
import type { ControllerParts } from './parts.ts';
import type { World } from './world.ts';

/** Objects removed in one go; what is left waits for the next. ASSUMED: a second of an API server's time. */
const AT_ONCE = 50;
/** Between two looks, and between two that found more than fits in one, in milliseconds. ASSUMED. */
const REST_MS = 600_000;
const SHORT_REST_MS = 15_000;

const NOTHING: Mended = { removed: 0, labelled: 0 };

/** Removes what has been kept long enough. It runs as long as this process leads. */
interface Retention {
  /** Up to `AT_ONCE` objects: removed, or made to be found when their time is over. */
  sweep(signal: AbortSignal): Promise<Result<Mended>>;
}

/** Looks again and again until the signal aborts. What fails is tried again at the next look. */
export async function keepHouse(
  parts: ControllerParts,
  client: KubeClient,
  world: World,
  signal: AbortSignal,
): Promise<void> {
  const { clock, random, log, namespace } = parts;
  const retention = decorate<Retention>(
    'retention',
    {
      sweep: async (until) => {
        const rule = operationRetention(keepForMs(parts, world), namespace);
        const old = await removeOld(client, rule, AT_ONCE, clock.now(), until);
        if (!old.ok) return old;
        const lost = await mendUnlabelled(client, rule, AT_ONCE - old.value, clock.now(), until);
        return lost.ok ? ok({ ...lost.value, removed: lost.value.removed + old.value }) : lost;
      },
    },
    parts.around,
  );
  while (!signal.aborted) {
    const { removed, labelled } = await sweep();
    if (removed > 0) log.info({ removed }, 'old operations removed');
    if (labelled > 0) log.info({ labelled }, 'finished operations labelled with the day of their end');
    await clock.sleep(jitteredMs(removed + labelled >= AT_ONCE ? SHORT_REST_MS : REST_MS, random), signal);
  }

  /** A fault of ours here must not end what the controller is there for. */
  async function sweep(): Promise<Mended> {
    try {
      const swept = await retention.sweep(signal);
      return swept.ok ? swept.value : NOTHING;
    } catch (error) {
      log.error({ err: error }, 'fault in our own code');
      return NOTHING;
    }
  }
}

/** No shorter than the window of any guard: what it counts can then be looked up in the journal. */
function keepForMs({ operationRetentionMs }: ControllerParts, { accounts }: World): number {
  const windows = accounts.list().map(({ spec }) => parseDurationMs(spec.guard.window) ?? 0);
  return Math.max(operationRetentionMs, ...windows);
}
