import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../src/simulators/verizon-uws/xml/parse.ts';
import { XmlError } from '../../../src/simulators/verizon-uws/xml/scanner.ts';
import { ledger, send, startWorld, type World } from './world.ts';

const GOLDEN = fileURLToPath(new URL('../../golden/verizon-uws/', import.meta.url));

function golden(name: string): string {
  return readFileSync(GOLDEN + name, 'utf8');
}

/** The page wraps its samples; the service sends nothing between elements. */
function unwrapped(xml: string): string {
  return xml.replaceAll(/>\s+</g, '><').trim();
}

/** The world of the vendor's sample: two deactivated lines, one in service, and the session of the header. */
async function prepare(world: World): Promise<void> {
  await world.admin('POST', '/sessions', {
    username: world.username,
    token: 'abbeaf4e-0ed9-474a-ad73-205cf6886daa',
  });
  const devices = [
    { identifiers: { esn: '09005470263' }, state: 'deactive' },
    { identifiers: { iccid: '85000022411113460014' }, state: 'deactive' },
    { identifiers: { iccid: '85000022412313460016' }, state: 'active' },
  ];
  await world.admin('POST', '/devices', { devices });
}

function sendSample(world: World) {
  return send(world.url, 'DeviceService', 'DeleteDevices', golden('delete-devices.request.xml'));
}

describe('the vendor’s sample of DeleteDevices', () => {
  test('the request passes as printed, and gets the reply as it should be', async () => {
    await using world = await startWorld();
    await prepare(world);
    const answer = await sendSample(world);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(answer.text).toBe(unwrapped(golden('delete-devices.reply.xml')));
    expect(answer.all('Status')).toEqual(['Success', 'Success', 'Failed']);
  });

  test.each([
    ['by knob', { deleteReply: 'asPrinted' } as const, undefined],
    ['by fault', {}, { fault: 'wrongTag' }],
    ['by both', { deleteReply: 'asPrinted' } as const, { fault: 'wrongTag' }],
  ])('the reply has the wrong tag of the page %s', async (_how, options, fault) => {
    await using world = await startWorld(options);
    await prepare(world);
    if (fault !== undefined) await world.admin('POST', '/faults', fault);
    const answer = await sendSample(world);
    expect(answer.text).toBe(unwrapped(golden('delete-devices.reply.as-printed.xml')));
    expect(() => parseXml(answer.text)).toThrow(XmlError);
    expect((await world.admin('GET', '/deletions')).body).toHaveLength(2);
  });

  test('a reply as printed is no XML even before anybody unwraps it', () => {
    expect(() => parseXml(golden('delete-devices.reply.as-printed.xml'))).toThrow(XmlError);
    expect(parseXml(golden('delete-devices.reply.xml')).name).toBe('Envelope');
  });

  test('the ledger says what was truly deleted, and when', async () => {
    await using world = await startWorld();
    await prepare(world);
    await world.advance(60_000);
    await sendSample(world);
    const [entry] = await ledger(world, '?mutating=true');
    const at = '2026-01-01T00:01:00.000Z';
    const gone = [{ esn: '09005470263' }, { iccid: '85000022411113460014' }];
    expect(entry).toMatchObject({
      at,
      endpoint: 'DeleteDevices',
      status: 200,
      items: [
        { kind: 'esn', identifier: '09005470263' },
        { kind: 'iccid', identifier: '85000022411113460014' },
        { kind: 'iccid', identifier: '85000022412313460016' },
      ],
      effect: gone.map((identifiers) => ({ change: 'deleted', at, identifiers, by: 'operator' })),
    });
    const deletions = (await world.admin('GET', '/deletions')).body;
    expect(deletions).toMatchObject(
      gone.map((identifiers) => ({ at, identifiers, ledgerSeq: entry?.['seq'] })),
    );
  });
});
