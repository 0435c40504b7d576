import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SetPage } from '../../src/ports/set-reader.ts';
import { type Event, event, play } from './histories.ts';
import type { VendorCall } from './memory-vendor.ts';
import { createWorld, device, keyOf, type World } from './world.ts';

const HOUR = 3_600_000;
/** Devices that stand at the vendor and that no claim ever names. */
const UNDECLARED = [100, 101, 102];

/** The writes that broke a rule of the ledger, in words. */
function broken(world: World, events: readonly Event[]): string[] {
  const complaints: string[] = [];
  const declared = new Set(
    events.flatMap((now) => (now.is === 'declare' ? now.numbers.map((number) => keyOf(device(number))) : [])),
  );
  /** Devices that a write may have reached and that nothing was heard of since. */
  const inDoubt = new Set<string>();
  for (const call of world.vendor.calls) {
    for (const key of settledBy(world, call)) inDoubt.delete(key);
    if (call.is !== 'write') continue;
    if (!world.journal.entries.has(`vop-${call.requestKey}`))
      complaints.push(`${call.requestKey} has no intent`);
    for (const key of call.keys) {
      if (!declared.has(key)) complaints.push(`${key} was never declared`);
      if (inDoubt.has(key)) complaints.push(`${key} was written twice without a read in between`);
    }
    if (mayHaveHappened(world, call)) for (const key of call.keys) inDoubt.add(key);
  }
  return complaints;
}

function mayHaveHappened(world: World, call: VendorCall): boolean {
  const reply = world.vendor.replies.get(call);
  return reply === undefined || reply.ok || reply.failure.kind === 'unknownOutcome';
}

/** The devices of which this call told for certain what became of them. */
function settledBy(world: World, call: VendorCall): readonly string[] {
  const reply = world.vendor.replies.get(call);
  if (reply?.ok !== true) return [];
  const intents = [...world.journal.entries.values()].map(({ intent }) => intent);
  switch (call.is) {
    case 'item':
      return [call.key];
    case 'poll':
      return intents.flatMap(({ requestKey, keys }) => (call.operationId === `op-${requestKey}` ? keys : []));
    case 'page': {
      const isLast = (reply.value as SetPage<unknown>).next === undefined;
      return intents.flatMap(({ partition, keys }) =>
        isLast && partition.customer === call.set ? keys : [],
      );
    }
    case 'write':
      return [];
    default:
      return call satisfies never;
  }
}

function undeclaredHoldings(world: World): string {
  return JSON.stringify(UNDECLARED.map((number) => world.vendor.holdings.get(keyOf(device(number)))));
}

test('any history ends with what is declared in place, and with the rules of the ledger kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), fc.boolean(), async (events, canReadItems) => {
      const world = createWorld({ canReadItems, maxItems: 5, pageSize: 4, visibilityMs: 60_000 });
      for (const number of UNDECLARED) world.vendor.put(device(number), 'acme');
      const before = undeclaredHoldings(world);
      const claims = await play(world, events);
      expect(broken(world, events)).toEqual([]);
      expect(world.bugs).toEqual([]);
      expect(undeclaredHoldings(world)).toBe(before);
      expect(world.journal.openEntries()).toEqual([]);
      for (const [holder, { company, numbers }] of claims) {
        for (const number of numbers) {
          const verdict = world.verdict(holder, device(number));
          const seen = world.vendor.holdings.get(keyOf(device(number)))?.observed.companyId;
          const where = `${holder} ${number} ${JSON.stringify(verdict)} at ${seen ?? 'nobody'}`;
          if (verdict?.state === 'claimed') expect(seen, where).toBe(company);
          else expect(verdict?.state, where).toBe('conflicted');
        }
      }
      const turns = world.turns;
      await world.advance(HOUR);
      expect(world.turns - turns).toBeLessThan(1_000);
      world.kill();
    }),
    { numRuns: 150 },
  );
});
