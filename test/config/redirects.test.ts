import { describe, expect, test } from 'vitest';
import { parseRedirects } from '../../src/config/redirects.ts';

describe('redirects', () => {
  test.each([
    ['none', [], {}],
    ['one', ['https://a.example=http://127.0.0.1:1'], { 'https://a.example': 'http://127.0.0.1:1' }],
    [
      'a path or a slash does not count',
      ['https://a.example/x=http://127.0.0.1:1/'],
      { 'https://a.example': 'http://127.0.0.1:1' },
    ],
    [
      'several',
      ['https://a.example=http://h:1', 'https://b.example:8443=http://h:2'],
      { 'https://a.example': 'http://h:1', 'https://b.example:8443': 'http://h:2' },
    ],
  ])('%s', (_what, texts, value) => {
    expect(parseRedirects(texts)).toEqual({ ok: true, value });
  });

  test.each([
    '',
    'https://a.example',
    'https://a.example=',
    '=http://h:1',
    'a.example=http://h:1',
    'https://a=http://b=http://c',
    'file:///x=http://h:1',
  ])('%j is refused, with an example of what is meant', (text) => {
    const refused = parseRedirects(['https://good.example=http://h:1', text]);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'BadRedirect' } });
    expect(JSON.stringify(refused)).toContain('ORIGIN=ORIGIN');
  });
});
