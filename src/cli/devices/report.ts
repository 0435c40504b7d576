import type { Report } from '../output/print.ts';
import type { ListedKind, Listing } from './kinds.ts';
import type { ItemStanding } from './standing.ts';

/** The resource as `devices` prints it; `wanted` are the items that were asked for. */
export function reportOf(
  kind: string,
  { states }: ListedKind,
  { object, standings }: Listing,
  wanted: readonly ItemStanding[],
): Report {
  const { metadata } = object;
  const status = statusOf(object);
  return {
    json: {
      kind,
      namespace: metadata.namespace,
      name: metadata.name,
      generation: metadata.generation,
      observedGeneration: status.observedGeneration,
      counts: countsOf(states, standings),
      status: status.devices ?? {},
      devices: wanted,
    },
    sections: [
      {
        headings: ['device', 'state', 'code', 'message'],
        rows: wanted.map(({ device, state, code, message }) => [device, state, code, message]),
        ifEmpty: `no device of the ${kind} is in such a state`,
      },
    ],
  };
}

/** Where the controller, which sees the vendor, counts otherwise than this list; undefined when it does not. */
export function differenceOf(
  { states, uncounted }: ListedKind,
  { object, standings }: Listing,
): string | undefined {
  const { devices: told, observedGeneration } = statusOf(object);
  if (told === undefined || observedGeneration !== object.metadata.generation) {
    return 'the controller has not reported on this version of the resource yet';
  }
  const counts = countsOf(states, standings);
  const differing = states.filter(
    (state) => !uncounted.includes(state) && (told[state] ?? 0) !== counts[state],
  );
  if (differing.length === 0) return undefined;
  const numbers = differing.map((state) => `${told[state] ?? 0} ${state} and not ${counts[state]}`);
  return `the controller, which sees the vendor, counts ${numbers.join(', ')}; --help says what this list cannot know`;
}

function countsOf(states: readonly string[], standings: readonly ItemStanding[]): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(states.map((state) => [state, 0]));
  for (const { state } of standings) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

interface CountingStatus {
  readonly observedGeneration?: number;
  readonly devices?: Readonly<Record<string, number | undefined>>;
}

function statusOf({ status }: { readonly status?: unknown }): CountingStatus {
  return status ?? {};
}
