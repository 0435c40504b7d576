import { describe, expect, test } from 'vitest';
import { resolveUrl } from '../../src/http/origin.ts';
import { redactHeaders, redactText, redactUrl } from '../../src/http/redact.ts';
import { parseRetryAfter } from '../../src/http/retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);

test.for<[string, string | undefined, number | undefined]>([
  ['seconds', '120', 120_000],
  ['an HTTP date', 'Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
  ['a date that has passed means now', 'Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ['the obsolete date form', 'Thursday, 01-Jan-26 12:00:05 GMT', 5_000],
  ['an absurd wait is cut to an hour', '86400000', 3_600_000],
  ['a negative number is not a wait', '-5', undefined],
  ['words are not a wait', 'soon', undefined],
  ['an empty header says nothing', '', undefined],
  ['an absent header says nothing', undefined, undefined],
])('Retry-After: %s', ([, header, expected]) => {
  expect(parseRetryAfter(header, NOW_MS)).toBe(expected);
});

describe('where a request may go', () => {
  test.for<[string, string, boolean]>([
    ['https anywhere', 'https://vendor.example/v1', true],
    ['plain http to this machine, by name', 'http://localhost:8080', true],
    ['plain http to this machine, by address', 'http://127.0.0.1:8080', true],
    ['plain http to this machine, by IPv6', 'http://[::1]:8080', true],
    ['plain http elsewhere', 'http://vendor.example', false],
    ['plain http to a name that only begins like this machine', 'http://127.0.0.1.evil.example', false],
    ['plain http to a name that only begins like localhost', 'http://localhost.evil.example', false],
    ['another protocol', 'ftp://127.0.0.1', false],
    ['credentials in the address', 'https://user:secret@vendor.example', false],
    ['no address', 'vendor', false],
  ])('%s', ([, address, allowed]) => {
    const resolved = resolveUrl(address);
    expect(resolved.ok).toBe(allowed);
    expect(JSON.stringify(resolved)).not.toContain('secret');
  });

  test('a redirect is bound by the same rules', () => {
    const redirects = { 'https://vendor.example': 'http://10.0.0.1:80' };
    expect(resolveUrl('https://vendor.example/v1', redirects)).toMatchObject({
      failure: { code: 'INVALID_ENDPOINT' },
    });
  });

  test('a redirect of another port of the same host does not apply', () => {
    const redirects = { 'https://vendor.example:8443': 'http://127.0.0.1:1' };
    const resolved = resolveUrl('https://vendor.example/v1', redirects);
    expect(resolved.ok && resolved.value.origin).toBe('https://vendor.example');
  });
});

describe('what may be logged', () => {
  test('a URL keeps its path and the names of its query', () => {
    expect(redactUrl('https://u:p@h.example/v1/a:b?token=s3cret&page=2&token=t#f')).toBe(
      'https://h.example/v1/a:b?token=…&page=…',
    );
    expect(redactUrl('not a url')).toBe('[hidden]');
  });

  test('a header keeps its value only when it is known to be harmless', () => {
    const safe = redactHeaders({
      Authorization: 'Bearer s3cret',
      'X-Unheard-Of': 's3cret',
      'Content-Type': 'text/html',
      Location: 'https://h.example/?code=s3cret',
    });
    expect(safe).toEqual({
      authorization: '[hidden]',
      'x-unheard-of': '[hidden]',
      'content-type': 'text/html',
      location: 'https://h.example/?code=…',
    });
  });

  test('a vendor’s words lose what looks like a token and what breaks the line', () => {
    expect(redactText('bad\n token ya29.a0AfH6SMBx1234567890abcdefgh for imei 490154203237518')).toBe(
      'bad token [hidden] for imei 490154203237518',
    );
    expect(redactText('Bearer short is not it@acme.example’s')).toBe('Bearer [hidden] is not [hidden]');
    expect(redactText('x '.repeat(500)).length).toBe(201);
  });
});
