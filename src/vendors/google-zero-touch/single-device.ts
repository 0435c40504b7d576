import type { DesiredDevice } from '../../domain/device/facts.ts';
import type { DeviceIdentity } from '../../domain/device/identity.ts';
import type { ItemFailure, ItemKey } from '../../domain/item.ts';
import { type Failure, ok, type Result } from '../../ports/failure.ts';
import type { Submission, WriteRequest } from '../../ports/writer.ts';
import type { GoogleClient } from './client.ts';
import { toClaim, toUnclaim } from './mapping.ts';

type DeviceRequest = WriteRequest<DeviceIdentity, DesiredDevice>;
type Send = (signal: AbortSignal) => Promise<Result<Submission>>;

/**
 * The library's claimDevice and unclaimDevice, for a request that is all there is to do: one device, answered at once,
 * without an operation to ask after. But a refusal does not say why in the library's codes, and a device that somebody else holds looks like
 * access denied (fact sheet 2.7 and 9.4). So a device that was refused alone goes in a batch of one the next time,
 * whose result does say why.
 */
export function singleDeviceCalls(client: GoogleClient): {
  /** How to send the request by itself; undefined when it is to go as a batch. */
  of(request: DeviceRequest): Send | undefined;
} {
  /** Refused alone, and not asked for in a batch since. */
  const refused = new Set<ItemKey>();
  return {
    of: ({ verb, items, alone }) => {
      const [item] = items;
      const isKnown = items.map(({ key }) => refused.delete(key)).includes(true);
      if (item === undefined || alone !== true || isKnown) return undefined;
      const { key, subject, desired } = item;
      const answered = (reply: Result<unknown>): Result<Submission> => {
        if (reply.ok) return ok({ is: 'answered', outcomes: [{ key }] });
        if (!isRefusal(reply.failure)) return reply;
        refused.add(key);
        return ok({ is: 'answered', outcomes: [{ key, failure: REFUSED_ALONE }] });
      };
      if (verb === 'claim') {
        return async (signal) => answered(await client.claim(toClaim(subject, desired), signal));
      }
      if (verb === 'unclaim') {
        return async (signal) => answered(await client.unclaim(toUnclaim(subject, key), signal));
      }
      return undefined;
    },
  };
}

/** Whether the device may be what was refused. Credentials that are refused, or a quota, concern everything. */
function isRefusal({ kind, code }: Failure): boolean {
  if (kind === 'unauthorized') return code === 'PERMISSION_DENIED';
  return kind === 'rejected' || kind === 'notFound' || kind === 'conflict';
}

const REFUSED_ALONE: ItemFailure = {
  code: 'REFUSED_ALONE',
  message: 'Google refused the device without saying why; it is asked again in a way that says it',
  kind: 'passing',
};
