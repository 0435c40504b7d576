import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  addLine,
  deviceList,
  envelope,
  ledger,
  named,
  send,
  startWorld,
  type World,
} from './world.ts';

const ICCID = '85000022411113460014';
const GOOD = `<nph:AccountName>${ACCOUNT}</nph:AccountName>${deviceList(['iccid', ICCID])}`;

/** Sends the DeleteDevices message after something has been done to it. */
function sendSpoilt(world: World, spoil: (message: string) => string, headers: Record<string, string> = {}) {
  const message = envelope('DeviceService', 'DeleteDevices', GOOD, world.token);
  return send(world.url, 'DeviceService', 'DeleteDevices', spoil(message), headers);
}

/** The fault of each spoilt message; in the end nothing must have been deleted. */
async function faultsOf(spoilers: readonly ((message: string) => string)[]): Promise<(string | undefined)[]> {
  await using world = await startWorld();
  await addLine(world, { iccid: ICCID }, { state: 'deactive' });
  const faults: (string | undefined)[] = [];
  for (const spoil of spoilers) faults.push((await sendSpoilt(world, spoil)).fault);
  expect((await world.admin('GET', '/deletions')).body).toEqual([]);
  expect((await sendSpoilt(world, (message) => message)).one('Status')).toBe('Success');
  return faults;
}

describe('a message that is not the contract’s', () => {
  test.each([
    [
      'misspelt as in the vendor’s table',
      (text: string) => text.replaceAll('DeviceIdentifiers', 'DeviceIndentifiers'),
    ],
    [
      'with kind and identifier the wrong way round',
      (text: string) => text.replace(/(<nph1:Kind>.*Kind>)(<nph1:Identifier>.*?Identifier>)/, '$2$1'),
    ],
    [
      'with the account behind the list',
      (text: string) => text.replace(/(<nph:Acc.*Name>)(<nph:DeviceList>.*List>)/, '$2$1'),
    ],
    ['without the device list', (text: string) => text.replace(/<nph:DeviceList>.*<\/nph:DeviceList>/, '')],
    [
      'with a nil device list',
      (text: string) =>
        text.replace(/<nph:DeviceList>.*<\/nph:DeviceList>/, '<nph:DeviceList i:nil="true"/>'),
    ],
    ['with an element too many', (text: string) => text.replace('</v2:Input>', '<nph:Extra/></v2:Input>')],
    [
      'in the namespace of another service',
      (text: string) => text.replace('Contract.DeviceService', 'Contract.CarrierService'),
    ],
    ['in the misprinted namespace', (text: string) => text.replaceAll('2004/07/NPhase', '2004/07NPhase')],
    ['with devices outside the common namespace', (text: string) => text.replaceAll('nph1:Kind', 'nph:Kind')],
    [
      'in SOAP 1.2',
      (text: string) =>
        text.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
    ],
    [
      'in an envelope of another namespace',
      (text: string) =>
        text
          .replace('<s:Envelope ', '<e:Envelope xmlns:e="urn:other" ')
          .replace('</s:Envelope>', '</e:Envelope>'),
    ],
    [
      'with an operation of another namespace',
      (text: string) => text.replaceAll('v2:DeleteDevices>', 'nph:DeleteDevices>'),
    ],
    ['without a body', (text: string) => text.replace(/<s:Body>.*<\/s:Body>/, '')],
    [
      'with the header behind the body',
      (text: string) => text.replace(/(<s:Header>.*<\/s:Header>)(<s:Body>.*<\/s:Body>)/, '$2$1'),
    ],
    [
      'with two operations',
      (text: string) => text.replace(/(<v2:DeleteDevices>.*<\/v2:DeleteDevices>)/, '$1$1'),
    ],
    [
      'with an operation that is not the action’s',
      (text: string) => text.replaceAll('DeleteDevices', 'GetDeviceList'),
    ],
    [
      'with two inputs',
      (text: string) => text.replace('</v2:DeleteDevices>', '<v2:Input/></v2:DeleteDevices>'),
    ],
    ['with something else for an input', (text: string) => text.replaceAll('v2:Input', 'v2:Entry')],
    [
      'with text between elements',
      (text: string) => text.replace('<nph:DeviceList>', 'text<nph:DeviceList>'),
    ],
    ['with elements in a value', (text: string) => text.replace(`>${ICCID}<`, '><nph1:Digits/><')],
    [
      'with a device without identifiers',
      (text: string) => text.replace(/<nph1:DeviceIdentifier>.*<\/nph1:DeviceIdentifier>/, ''),
    ],
    ['that is not well-formed', (text: string) => text.replace('</v2:Input>', '')],
    ['with a document type', (text: string) => `<!DOCTYPE x>${text}`],
    ['that is JSON', () => '{}'],
  ])('%s: DeserializationFailed', async (_how, spoil) => {
    expect(await faultsOf([spoil])).toEqual(['DeserializationFailed']);
  });

  test('is empty: RequestUndefined', async () => {
    const empty = (text: string) => text.replace(/<v2:Input>.*<\/v2:Input>/, '<v2:Input/>');
    const none = (text: string) => text.replace(/<v2:Input>.*<\/v2:Input>/, '');
    expect(await faultsOf([empty, none])).toEqual(Array(2).fill('INPUT_INVALID.RequestUndefined'));
  });

  test.each(["'", '\\', '&lt;'])('contains %s in a value: InvalidCharacter', async (character) => {
    const inAccount = (text: string) => text.replace(`>${ACCOUNT}<`, `>${character}<`);
    const inIdentifier = (text: string) => text.replace(`>${ICCID}<`, `>${ICCID}${character}<`);
    const fault = 'INPUT_INVALID.Request.InvalidCharacter';
    expect(await faultsOf([inAccount, inIdentifier])).toEqual([fault, fault]);
  });
});

describe('a message that is', () => {
  test.each([
    ['other prefixes', (text: string) => text.replaceAll('nph1:', 'x:').replaceAll('xmlns:nph1', 'xmlns:x')],
    [
      'default namespaces',
      (text: string) =>
        text
          .replaceAll('v2:DeleteDevices>', 'DeleteDevices>')
          .replace('<DeleteDevices>', '<DeleteDevices xmlns="http://nphase.com/unifiedwebservice/v2">'),
    ],
    ['white space and comments', (text: string) => text.replaceAll('><', '>\n  <!-- x --><')],
    ['a declaration', (text: string) => `<?xml version="1.0" encoding="utf-8"?>\n${text}`],
    ['no account', (text: string) => text.replace(/<nph:AccountName>.*<\/nph:AccountName>/, '')],
    ['an empty account', (text: string) => text.replace(`>${ACCOUNT}<`, '><')],
    [
      'a nil account',
      (text: string) =>
        text.replace(/<nph:AccountName>.*<\/nph:AccountName>/, '<nph:AccountName i:nil="true"/>'),
    ],
    ['another case of the kind', (text: string) => text.replace('>iccid<', '>ICCID<')],
  ])('may have %s', async (_what, vary) => {
    await using world = await startWorld();
    await addLine(world, { iccid: ICCID }, { state: 'deactive' });
    expect((await sendSpoilt(world, vary)).one('Status')).toBe('Success');
  });
});

describe('the addresses', () => {
  test('an action the service does not have is refused, and the ledger calls it unknown', async () => {
    await using world = await startWorld();
    const other = 'http://nphase.com/unifiedwebservice/v2/ICarrierService/DeleteDevices';
    for (const soapaction of ['', other])
      expect((await sendSpoilt(world, (text) => text, { soapaction })).fault).toBe('ActionNotSupported');
    expect(await ledger(world, '?endpoint=unknown')).toHaveLength(2);
  });

  test('the action may stand without quotes, and the query of the WSDL does no harm', async () => {
    await using world = await startWorld();
    const soapaction = 'http://nphase.com/unifiedwebservice/v2/IDeviceService/DeleteDevices';
    expect((await sendSpoilt(world, (text) => text, { soapaction })).one('Status')).toBe('Failed');
    const response = await fetch(`${world.url}/api/v2/DeviceService.svc?wsdl`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction },
      body: envelope('DeviceService', 'DeleteDevices', GOOD, world.token),
    });
    expect(response.status).toBe(200);
  });

  test.each([
    ['POST', '/api/v2/StateService.svc', 'text/xml', 404],
    ['POST', '/api/v2/DeviceService.svc/x', 'text/xml', 404],
    ['GET', '/api/v2/DeviceService.svc', 'text/xml', 405],
    ['POST', '/api/v2/DeviceService.svc', 'application/soap+xml', 415],
    ['POST', '/ledger', 'text/xml', 404],
  ])('%s %s as %s is %i', async (method, path, type, status) => {
    await using world = await startWorld();
    const body = method === 'GET' ? {} : { body: '<a/>' };
    const response = await fetch(world.url + path, { method, headers: { 'content-type': type }, ...body });
    expect(response.status).toBe(status);
    expect(await ledger(world, '?endpoint=unknown')).toMatchObject([{ path, status, mutating: false }]);
  });

  test('a body of more than 4 MiB is refused', async () => {
    await using world = await startWorld();
    const answer = await sendSpoilt(world, (text) => text + ' '.repeat(5 * 1024 * 1024));
    expect(answer.status).toBe(413);
  });
});

test.each([500, 400, 200] as const)('faults come with status %i by knob', async (faultStatus) => {
  await using world = await startWorld({ faultStatus });
  const answer = await world.call(
    'DeviceService',
    'GetDeviceInformation',
    `<nph:Device>${named('iccid', '1')}</nph:Device>`,
  );
  expect(answer.status).toBe(faultStatus);
  expect(answer.fault).toBe('REQUEST_FAILED.DeviceNotFound');
});
