import { describe, expect, test } from 'vitest';
import { parseCredentials } from '../../../src/vendors/verizon-uws/credentials.ts';
import { faultFailure, faultOf, replyFailure } from '../../../src/vendors/verizon-uws/failure.ts';

const kinds = (code: string) => {
  const fault = faultOf(code, 'Because.');
  return [faultFailure(fault, 'read').kind, faultFailure(fault, 'write').kind];
};

describe('a fault', () => {
  test.each([
    ['UnifiedWebService.REQUEST_FAILED.UnexpectedError', 'transient', 'unknownOutcome'],
    ['DeviceService.REQUEST_FAILED.UnexpectedError', 'transient', 'unknownOutcome'],
    ['UnifiedWebService.REQUEST_FAILED.DeviceNotFound', 'notFound', 'notFound'],
    ['UnifiedWebService.REQUEST_FAILED.SessionToken.Expired', 'unauthorized', 'unauthorized'],
    ['SessionService.INPUT_INVALID.SessionToken.Invalid', 'unauthorized', 'unauthorized'],
    ['UnifiedWebService.REQUEST_FAILED.AccountNotFound', 'unauthorized', 'unauthorized'],
    ['DeviceService.INPUT_INVALID.NumberofDevices', 'rejected', 'rejected'],
    ['CarrierService.INPUT_INVALID.DeviceState.Invalid', 'conflict', 'conflict'],
    ['DeviceService.DeserializationFailed', 'rejected', 'rejected'],
    ['DeserializationFailed', 'rejected', 'rejected'],
    ['CarrierService.REQUEST_ONHOLD.Credit', 'conflict', 'unknownOutcome'],
    ['a:InternalServiceFault', 'transient', 'unknownOutcome'],
    ['Nobody.KNOWS_THIS', 'transient', 'unknownOutcome'],
  ])('%s is %s for a read and %s for a write', (code, read, write) => {
    expect(kinds(code)).toEqual([read, write]);
  });

  test('keeps its code without the name of the service', () => {
    expect(faultFailure(faultOf('DeviceService.INPUT_INVALID.Request.X', ''), 'read').code).toBe(
      'INPUT_INVALID.Request.X',
    );
  });
});

describe('a reply that is neither output nor fault', () => {
  test.each([
    [200, 'transient', 'unknownOutcome'],
    [302, 'transient', 'unknownOutcome'],
    [404, 'rejected', 'rejected'],
    [429, 'throttled', 'throttled'],
    [500, 'transient', 'unknownOutcome'],
    [502, 'transient', 'unknownOutcome'],
  ])('with status %i', (status, read, write) => {
    const reply = { status, headers: {}, body: '<html></html>' };
    expect([replyFailure(reply, 'read', 0).kind, replyFailure(reply, 'write', 0).kind]).toEqual([
      read,
      write,
    ]);
  });
});

describe('the credentials Secret', () => {
  test.each([
    [{ username: 'a' }, 'password'],
    [{ password: 'b' }, 'username'],
    [{ username: '', password: 'b' }, 'username'],
    [{ username: 'a', password: 'b\n' }, 'line break'],
    [{ username: 'a', password: "it's" }, 'Password'],
  ])('%o is refused and its values are not told', (secret, word) => {
    const parsed = parseCredentials(secret);
    expect(parsed).toMatchObject({ ok: false, failure: { kind: 'rejected' } });
    expect(JSON.stringify(parsed)).toContain(word);
    expect(JSON.stringify(parsed)).not.toContain("it's");
  });

  test('with both keys is taken', () => {
    expect(parseCredentials({ username: 'a', password: 'b & c' })).toEqual({
      ok: true,
      value: { username: 'a', password: 'b & c' },
    });
  });
});
