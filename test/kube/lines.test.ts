import { expect, test } from 'vitest';
import { BodyTooLarge } from '../../src/kube/body.ts';
import { createLineSplitter } from '../../src/kube/watch/lines.ts';

test('the lines are the same wherever the stream is cut, also inside a character', () => {
  const bytes = Buffer.from('{"name":"ä"}\n\n{"name":"日本"}\n');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const splitter = createLineSplitter(1000);
    const lines = [...splitter.push(bytes.subarray(0, cut)), ...splitter.push(bytes.subarray(cut))];
    expect(lines).toEqual(['{"name":"ä"}', '{"name":"日本"}']);
    expect(splitter.hasPartial).toBe(false);
  }
});

test('a line that has not ended is told', () => {
  const splitter = createLineSplitter(1000);
  expect(splitter.push(Buffer.from('{"a":1}\n{"b'))).toEqual(['{"a":1}']);
  expect(splitter.hasPartial).toBe(true);
});

test('a line that never ends is refused instead of held', () => {
  const splitter = createLineSplitter(10);
  splitter.push(Buffer.from('12345678'));
  expect(() => splitter.push(Buffer.from('abc'))).toThrow(BodyTooLarge);
});
