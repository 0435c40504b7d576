import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/ports/failure.ts';
import { uwsClient } from '../../../src/vendors/verizon-uws/client.ts';
import { openSession } from '../../../src/vendors/verizon-uws/session.ts';
import { type Node, parseXml } from '../../../src/vendors/verizon-uws/soap/read.ts';
import { manualClock } from '../../http/manual-clock.ts';
import { type ReceivedRequest, serve } from '../../http/serve.ts';
import { deletable, exchangeParts, iccid, signal, value } from './world.ts';

const GOLDEN = fileURLToPath(new URL('../../golden/verizon-uws/', import.meta.url));
const TOKEN = 'abbeaf4e-0ed9-474a-ad73-205cf6886daa';
const THREE = deletable(
  { kind: 'esn', identifier: '09005470263' },
  iccid('85000022411113460014'),
  iccid('85000022412313460016'),
);

function golden(name: string): string {
  return readFileSync(GOLDEN + name, 'utf8');
}

/** Deletes the three devices of the vendor's sample from a service that answers with the text. */
async function deleteThree(reply: string, status = 200) {
  const received: ReceivedRequest[] = [];
  const server = await serve((request, response) => {
    received.push(request);
    response.statusCode = status;
    response.setHeader('content-type', 'text/xml; charset=utf-8');
    response.end(reply);
  });
  const parts = exchangeParts(`${server.origin}/api/v2`, manualClock());
  const tokens = { get: () => Promise.resolve(ok(TOKEN)), used: () => undefined, drop: () => undefined };
  const client = uwsClient(openSession(parts, tokens));
  const result = await client.deleteDevices({ accountName: '', devices: THREE }, signal);
  await parts.http.close();
  await server.close();
  return { result, request: received[0] };
}

const AS_THE_PAGE_SAYS = [
  { device: { kind: 'esn', identifier: '09005470263' }, status: 'Success' },
  { device: { kind: 'iccid', identifier: '85000022411113460014' }, status: 'Success' },
  {
    device: { kind: 'iccid', identifier: '85000022412313460016' },
    status: 'Failed',
    message: 'The device is not in deactivate state.',
  },
];

describe('the vendor’s sample of DeleteDevices', () => {
  test('our request for the same devices is equal to it as XML', async () => {
    const { request } = await deleteThree(golden('delete-devices.reply.xml'));
    expect(request?.path).toBe('/api/v2/DeviceService.svc');
    expect(request?.headers['soapaction']).toBe(
      '"http://nphase.com/unifiedwebservice/v2/IDeviceService/DeleteDevices"',
    );
    const [ours, theirs] = [parseXml(request?.body ?? ''), parseXml(golden('delete-devices.request.xml'))];
    expect(theirs?.name).toBe('Envelope');
    expect(ours).toEqual(theirs);
  });

  test('its reply gives two deleted and one failed', async () => {
    const { result } = await deleteThree(golden('delete-devices.reply.xml'));
    expect(value(result)).toEqual({ results: AS_THE_PAGE_SAYS, isRepaired: false });
  });

  test('its reply as printed, with the wrong tag, gives the same and says that it was mended', async () => {
    const { result } = await deleteThree(golden('delete-devices.reply.as-printed.xml'));
    expect(value(result)).toEqual({ results: AS_THE_PAGE_SAYS, isRepaired: true });
  });

  test('a reply that the one repair does not mend is no answer at all', async () => {
    const printed = golden('delete-devices.reply.as-printed.xml');
    const spoilt = [
      printed.slice(0, printed.length / 2),
      printed.replace('<a:Status>Failed</a:Status>', '<a:Status>Failed'),
      printed.replace('<a:DeleteDevice> </a:Devices>', '<a:DeleteDevice>x</a:Devices>'),
    ];
    for (const text of spoilt) {
      const { result } = await deleteThree(text);
      expect(result).toMatchObject({ ok: false, failure: { kind: 'unknownOutcome', code: 'INVALID_REPLY' } });
    }
  });

  test.each([429, 500])('under the status %i it is no answer: it may have been done', async (status) => {
    const { result } = await deleteThree(golden('delete-devices.reply.xml'), status);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'unknownOutcome' } });
  });

  test('a result in another namespace is not believed', async () => {
    const { result } = await deleteThree(
      golden('delete-devices.reply.xml').replace('v2.Contract.DeviceService', 'v3.Contract.DeviceService'),
    );
    expect(result).toMatchObject({ ok: false, failure: { kind: 'unknownOutcome' } });
  });

  test('any prefix will do', async () => {
    const renamed = golden('delete-devices.reply.xml')
      .replaceAll('a:', 'q7:')
      .replaceAll('xmlns:a=', 'xmlns:q7=');
    expect(value((await deleteThree(renamed)).result).results).toEqual(AS_THE_PAGE_SAYS);
  });
});

describe('XML as it is read', () => {
  test.for([
    ['a document type, whatever it declares', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a web page', '<!doctype html><html><body><p>hello</p></body></html>'],
    ['an undeclared prefix', '<x:a/>'],
    ['two roots', '<a/><b/>'],
    ['nothing', ''],
    ['what is nested without end', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`],
  ])('%s is refused', ([, text]) => {
    expect(parseXml(text ?? '')).toBeUndefined();
  });

  test('values stay text: leading zeros, long digits, references', () => {
    const texts = ['09005470263', '85000022411113460014', '1e5', 'true', 'a &amp; b &#228; &gt;'];
    const root = parseXml(`<a>${texts.map((text) => `<b>${text}</b>`).join('')}</a>`) as Node;
    expect(root.children.map(({ text }) => text)).toEqual([
      '09005470263',
      '85000022411113460014',
      '1e5',
      'true',
      'a & b ä >',
    ]);
  });
});
