import * as fc from 'fast-check';
import type { Failure } from '../../src/ports/failure.ts';
import type { Fault } from './memory-vendor.ts';
import { device, keyOf, type World } from './world.ts';

const HOUR = 3_600_000;
const DEVICES = 12;
const COMPANIES = ['acme', 'beta'];
const HOLDERS = ['a', 'b', 'c'];

const FAILURES: readonly Failure[] = [
  { kind: 'transient', code: 'HTTP_503', message: 'away' },
  { kind: 'throttled', code: 'HTTP_429', message: 'slow down', retryAfterMs: 30_000 },
  { kind: 'unauthorized', code: 'HTTP_401', message: 'refused' },
];

export type Event =
  | { readonly is: 'declare'; readonly holder: string; readonly company: string; readonly numbers: number[] }
  | { readonly is: 'forget'; readonly holder: string }
  | { readonly is: 'vendorLetsGo'; readonly number: number }
  | { readonly is: 'vendorForgets' }
  | { readonly is: 'faults'; readonly faults: readonly (Fault | undefined)[] }
  | { readonly is: 'journal'; readonly failing: boolean }
  | { readonly is: 'records'; readonly failing: boolean }
  | { readonly is: 'kill' }
  | { readonly is: 'time'; readonly ms: number };

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant<Fault>({ is: 'replyLost' }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ is: 'lostOnTheWay' }) },
  { weight: 1, arbitrary: fc.constantFrom(...FAILURES).map((failure): Fault => ({ is: 'fails', failure })) },
);

const time = fc.record({
  is: fc.constant('time' as const),
  ms: fc.constantFrom(10, 500, 3_000, 60_000, HOUR),
});

/** One thing that happens to an account, or around it. */
export const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('declare' as const),
      holder: fc.constantFrom(...HOLDERS),
      company: fc.constantFrom(...COMPANIES),
      numbers: fc.uniqueArray(fc.nat(DEVICES - 1), { maxLength: DEVICES }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('forget' as const), holder: fc.constantFrom(...HOLDERS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('vendorLetsGo' as const), number: fc.nat(DEVICES - 1) }),
  },
  { weight: 1, arbitrary: fc.constant<Event>({ is: 'vendorForgets' }) },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('faults' as const), faults: fc.array(fault, { maxLength: 8 }) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('journal' as const), failing: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('records' as const), failing: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Event>({ is: 'kill' }) },
  { weight: 6, arbitrary: time },
);

export interface Claim {
  readonly company: string;
  readonly numbers: readonly number[];
}

/** Plays a history and then half a day without faults. Answers what is declared in the end. */
export async function play(world: World, events: readonly Event[]): Promise<Map<string, Claim>> {
  const claims = new Map<string, Claim>();
  const away: Failure = { kind: 'transient', code: 'HTTP_503', message: 'away' };
  let faults: (Fault | undefined)[] = [];
  world.vendor.fault = () => faults.shift();

  function declare(holder: string, { company, numbers }: Claim): void {
    world.claim(holder, numbers.map(device), {
      companyId: company,
      onVendorRelease: 'Reclaim',
      createdAtMs: HOLDERS.indexOf(holder),
    });
  }

  function restart(): void {
    world.kill();
    world.leads = true;
    world.start();
    for (const [holder, claim] of claims) declare(holder, claim);
    world.account.listsAreComplete();
  }

  world.start();
  world.account.listsAreComplete();
  for (const now of events) {
    switch (now.is) {
      case 'declare': {
        // A claim's customer never changes (api.md: customerRef is immutable).
        const company = claims.get(now.holder)?.company ?? now.company;
        claims.set(now.holder, { company, numbers: now.numbers });
        declare(now.holder, { company, numbers: now.numbers });
        break;
      }
      case 'forget':
        claims.delete(now.holder);
        world.account.devices.forget(now.holder);
        break;
      case 'vendorLetsGo':
        world.vendor.holdings.delete(keyOf(device(now.number)));
        break;
      case 'vendorForgets':
        world.vendor.forgetOperations();
        break;
      case 'faults':
        faults = [...now.faults];
        break;
      case 'journal':
      case 'records':
        world[now.is].failing = now.failing ? away : undefined;
        break;
      case 'kill':
        restart();
        break;
      case 'time':
        await world.advance(now.ms);
        break;
      default:
        now satisfies never;
    }
  }
  faults = [];
  world.journal.failing = undefined;
  world.records.failing = undefined;
  await world.advance(12 * HOUR);
  return claims;
}
