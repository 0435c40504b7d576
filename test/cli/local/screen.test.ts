import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../../src/cli/local/row.ts';
import { createScreen } from '../../../src/cli/local/screen.ts';
import { endOf, type Resource } from '../../../src/cli/local/settled.ts';
import type { Condition } from '../../../src/kube/conditions.ts';

const condition = (type: string, status: Condition['status'], reason = 'Why'): Condition => ({
  type,
  status,
  reason,
  message: 'so',
  lastTransitionTime: '2026-01-01T00:00:00Z',
});

function resource(
  conditions: readonly Condition[],
  more: { generation?: number; expects?: string; deleted?: true } = {},
): Resource {
  const { generation = 1, expects, deleted } = more;
  return {
    metadata: {
      name: 'r',
      uid: 'u',
      resourceVersion: '1',
      generation,
      ...(expects === undefined ? {} : { annotations: { 'vendorplane.dev/example-expects': expects } }),
      ...(deleted === undefined ? {} : { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    status: { observedGeneration: 1, conditions },
  };
}

const READY = [condition('Ready', 'True')];
const STALLED = [condition('Ready', 'False', 'DevicesFailed'), condition('Stalled', 'True')];

describe('whether a resource is settled', () => {
  test.each([
    ['ready', resource(READY), 'asExpected'],
    ['not looked at', resource([]), 'moving'],
    [
      'something still moves',
      resource([condition('Ready', 'False'), condition('Reconciling', 'True')]),
      'moving',
    ],
    ['ready, of an older spec', resource(READY, { generation: 2 }), 'moving'],
    ['being deleted', resource(READY, { deleted: true }), 'moving'],
    ['not ready, and nobody said so', resource(STALLED), 'needsPerson'],
    [
      'not ready for the reason its manifest names',
      resource(STALLED, { expects: 'DevicesFailed' }),
      'asExpected',
    ],
    ['not ready for another reason', resource(STALLED, { expects: 'DevicesConflicted' }), 'needsPerson'],
    [
      'ready, and its manifest says it would not be',
      resource(READY, { expects: 'DevicesFailed' }),
      'needsPerson',
    ],
  ])('%s', (_why, object, end) => {
    expect(endOf(object)).toBe(end);
  });
});

describe('the row of a resource', () => {
  test.each([
    [
      'a claim counts as kubectl does: what somebody else holds has not failed',
      'DeviceClaim',
      { devices: { desired: 5, claimed: 2, pending: 1, failed: 1, conflicted: 1 } },
      { devices: '2/5', pending: '1', failed: '1' },
    ],
    ['a claim nobody looked at', 'DeviceClaim', {}, { devices: '0/0', pending: '0', failed: '0' }],
    [
      'a customer',
      'Customer',
      { devices: { declared: 3, claimed: 2 } },
      { devices: '2/3', pending: '', failed: '' },
    ],
    ['an account', 'VendorAccount', { pending: { actions: 7 } }, { devices: '', pending: '7', failed: '' }],
  ])('%s', (_why, kind, status, expected) => {
    const object = { ...resource([]), status: status as NonNullable<Resource['status']> };
    expect(rowOf(kind, object)).toMatchObject({ ...expected, ready: '…', waitsFor: 'not looked at yet' });
  });
});

describe('the screen', () => {
  const row = (ready: string, name = 'a') => ({
    resource: `dclaim/${name}`,
    ready,
    devices: '1/2',
    pending: '1',
    failed: '',
    waitsFor: 'Why: so',
    end: ready === 'True' ? ('asExpected' as const) : ('moving' as const),
  });

  function screen(isTTY: boolean, rows = 40, columns = 40) {
    let text = '';
    const output = {
      isTTY,
      columns,
      rows,
      write: (more: string) => {
        text += more;
      },
    };
    return { screen: createScreen(output), text: () => text };
  }

  /** How far the cursor went up, each time. */
  const climbs = (text: string): readonly string[] =>
    text
      .split('\u001b[')
      .filter((part) => /^\d+A/.test(part))
      .map((part) => part.slice(0, part.indexOf('A')));

  test.each([
    ['a pipe', screen(false)],
    ['a terminal without a size, as a recorder’s is', screen(true, 0, 0)],
  ])('of %s gets a plain line for each change, and none for none', (_, { screen: plain, text }) => {
    plain.say('hello');
    plain.show([row('False')], []);
    plain.show([row('False')], []);
    plain.show([row('True')], ['next']);
    plain.show([row('True')], ['next']);
    expect(text()).toBe(
      'hello\ndclaim/a ready=False claimed=1/2 pending=1 Why: so\ndclaim/a ready=True claimed=1/2 pending=1 Why: so\nnext\n',
    );
  });

  test('of a terminal is drawn over itself, until something else is said, and no line is too wide', () => {
    const { screen: live, text } = screen(true);
    live.show([row('False')], ['next']);
    live.show([{ ...row('True'), waitsFor: 'x'.repeat(100) }], []);
    expect(climbs(text())).toEqual(['3']);
    live.say('hello');
    live.show([row('True')], []);
    expect(climbs(text())).toHaveLength(1);
    for (const line of stripVTControlCharacters(text()).split('\n')) expect(line.length).toBeLessThan(40);
  });

  test('is not drawn again while nothing changes, so that a reader can select what stands there', () => {
    const { screen: live, text } = screen(true);
    live.show([row('False')], ['next']);
    const drawn = text();
    live.show([row('False')], ['next']);
    expect(text()).toBe(drawn);
    live.show([row('True')], ['next']);
    expect(climbs(text())).toEqual(['3']);
  });

  test('goes up over lines that were too wide, too: a command below the table is never cut', () => {
    const { screen: live, text } = screen(true);
    const command = `curl http://127.0.0.1/${'x'.repeat(70)}`;
    live.show([row('False')], [command]);
    live.show([row('True')], [command]);
    expect(text()).toContain(command);
    // The headings, the row, and three lines of 40 columns.
    expect(climbs(text())).toEqual(['5']);
  });

  test('cuts what does not fit between two words, and shows that more was said', () => {
    const { screen: live, text } = screen(true, 40, 60);
    live.show([{ ...row('False'), waitsFor: 'Why: a very long story' }], []);
    const [, line = ''] = stripVTControlCharacters(text()).split('\n');
    expect(line).toMatch(/ Why:( a)?( very)?( long)? …$/);
    expect(line.length).toBeLessThan(60);
  });

  test('tells what is not ready and expected so from what waits for a person', () => {
    const { screen: live, text } = screen(true, 40, 80);
    live.show([{ ...row('False', 'x'), end: 'asExpected' }], []);
    expect(stripVTControlCharacters(text())).toContain('as expected');
    const { screen: other, text: otherText } = screen(true, 40, 80);
    other.show([{ ...row('False', 'x'), end: 'needsPerson' }], []);
    expect(stripVTControlCharacters(otherText())).not.toContain('as expected');
  });

  test('of a low terminal shows what is not ready, and counts the rest', () => {
    const { screen: live, text } = screen(true, 6);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    live.show(
      names.map((name) => row(name === 'f' ? 'False' : 'True', name)),
      [],
    );
    const lines = stripVTControlCharacters(text()).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(6);
    expect(lines[1]).toContain('dclaim/f');
    expect(lines.at(-1)).toContain('… and 3 more');
  });
});
