import { describe, expect, test } from 'vitest';
import { type DeviceFacts, keysOfItem, leavingStanding, standingOf } from '../../../src/cli/devices/state.ts';
import type { ItemOperation, ItemOutcome } from '../../../src/cli/inspect/operations.ts';
import type { RecordedDevice } from '../../../src/domain/device/facts.ts';

const OWN = 'DeviceClaim/fleet/own';
const OTHER = 'DeviceClaim/fleet/other';
const COMPANY = '987654';

const record = (more: Partial<RecordedDevice> = {}): RecordedDevice => ({
  companyId: COMPANY,
  holder: OWN,
  releasePolicy: 'Unclaim',
  how: 'Claimed',
  ...more,
});

const operation = (outcome: ItemOutcome, more: Partial<ItemOperation> = {}): ItemOperation => ({
  namespace: 'fleet',
  name: 'vop-1',
  verb: 'claim',
  state: 'CompleteWithErrors',
  partition: { customer: COMPANY },
  key: 'imei:490154203237518',
  outcome,
  ...more,
});

const refused = (code: string): ItemOutcome => ({ is: 'failed', code, message: 'why' });

const facts = (more: Partial<DeviceFacts>): DeviceFacts => ({
  holder: OWN,
  companyId: COMPANY,
  declaredByRecorded: false,
  noneInForce: false,
  ...more,
});

test('a device is found under its serial number with maker and model, and without', () => {
  const subject = { serialNumber: 'R5CT1', manufacturer: 'Samsung', model: 'SM-X200' };
  expect(keysOfItem({ key: 'serial:Samsung/SM-X200/R5CT1', subject })).toEqual([
    'serial:Samsung/SM-X200/R5CT1',
    'serial://R5CT1',
  ]);
});

describe('a declared device', () => {
  test.each<{ why: string; known: Partial<DeviceFacts>; state: string; code?: string }>([
    { why: 'nothing is known of it', known: {}, state: 'pending' },
    { why: 'it is recorded for the claim', known: { recorded: record() }, state: 'claimed' },
    {
      why: 'it is recorded and the customer has approved nothing yet',
      known: { recorded: record(), noneInForce: true },
      state: 'awaitingCustomer',
    },
    {
      why: 'the controller saw more than the record says',
      known: { recorded: record(), told: { code: 'RELEASED_BY_CUSTOMER', message: 'gone' } },
      state: 'conflicted',
      code: 'RELEASED_BY_CUSTOMER',
    },
    {
      why: 'the controller told of a refusal',
      known: { told: { code: 'INVALID_MODEL', message: 'no' } },
      state: 'failed',
      code: 'INVALID_MODEL',
    },
    {
      why: 'an operation is under way',
      known: { recorded: record(), last: operation({ is: 'open' }, { state: 'Unknown' }) },
      state: 'pending',
    },
    {
      why: 'another claim has it and wants it',
      known: { recorded: record({ holder: OTHER }), declaredByRecorded: true },
      state: 'conflicted',
      code: 'DECLARED_ELSEWHERE',
    },
    {
      why: 'another claim had it and let go of it',
      known: { recorded: record({ holder: OTHER }) },
      state: 'pending',
    },
    {
      why: 'it is recorded at the company of before',
      known: { recorded: record({ companyId: '111222' }) },
      state: 'pending',
    },
    {
      why: 'the last operation refused it',
      known: { last: operation(refused('INVALID_MANUFACTURER')) },
      state: 'failed',
      code: 'INVALID_MANUFACTURER',
    },
    {
      why: 'somebody else has it, as the last operation found',
      known: { last: operation(refused('HELD_BY_OTHER')) },
      state: 'conflicted',
      code: 'HELD_BY_OTHER',
    },
    {
      why: 'the last operation was for another company',
      known: { last: operation(refused('INVALID_MODEL'), { partition: { customer: '111222' } }) },
      state: 'pending',
    },
    {
      why: 'the last operation never happened',
      known: { last: operation(refused('NOT_EXECUTED')) },
      state: 'pending',
      code: 'NOT_EXECUTED',
    },
    {
      why: 'its operation is kept no more, and the refusal is recorded',
      known: { refusal: { verb: 'claim', code: 'INVALID_MODEL', message: 'no', asked: 'x', atMs: 0 } },
      state: 'failed',
      code: 'INVALID_MODEL',
    },
    {
      why: 'its success stands without a record, which alone counts',
      known: { last: operation({ is: 'succeeded' }) },
      state: 'pending',
    },
  ])('is $state when $why', ({ known, state, code = '' }) => {
    expect(standingOf(facts(known))).toMatchObject({ state, code });
  });
});

describe('a device that left the lists', () => {
  test.each([
    { why: 'nothing holds it', held: undefined, last: undefined, state: 'releasing', code: '' },
    {
      why: 'the vendor refused',
      held: undefined,
      last: operation(refused('NOT_OWNER'), { verb: 'unclaim' }),
      state: 'releasing',
      code: 'NOT_OWNER',
    },
    { why: 'a list is broken', held: 'RowsRejected', last: undefined, state: 'held', code: 'RowsRejected' },
  ])('is $state when $why', ({ held, last, state, code }) => {
    expect(leavingStanding(held, last)).toMatchObject({ state, code });
  });
});
