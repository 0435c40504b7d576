import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../src/simulators/verizon-uws/xml/parse.ts';
import { XmlError } from '../../../src/simulators/verizon-uws/xml/scanner.ts';
import { element, textElement } from '../../../src/simulators/verizon-uws/xml/write.ts';

describe('what is not well-formed is refused', () => {
  test.each([
    ['', 'no root'],
    ['text', 'no element'],
    ['<a>', 'never closed'],
    ['<a></b>', 'closed by another name'],
    ['<a><b></a></b>', 'crossed'],
    ['<a/><b/>', 'two roots'],
    ['<a/>text', 'text behind the root'],
    ['<a b/>', 'an attribute without a value'],
    ['<a b=c/>', 'a value without quotes'],
    ['<a b="1" b="2"/>', 'an attribute twice'],
    ['<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', 'an attribute twice under two prefixes'],
    ['<a b="<"/>', 'a tag in a value'],
    ['<a b="1"c="2"/>', 'no space between attributes'],
    ['<p:a/>', 'an unbound prefix'],
    ['<a p:b="1"/>', 'an unbound prefix of an attribute'],
    ['<p:a xmlns:p=""/>', 'a prefix bound to nothing'],
    ['<p:a xmlns:p="u"></q:a>', 'closed under another prefix'],
    ['<a>&</a>', 'a bare ampersand'],
    ['<a>&nbsp;</a>', 'an unknown entity'],
    ['<a>&#xZ;</a>', 'a broken reference'],
    ['<a>&#0;</a>', 'a forbidden character by reference'],
    ['<a>\u0001</a>', 'a forbidden character'],
    ['<a>]]></a>', 'the end of a section in a text'],
    ['<a><!-- -- --></a>', 'two hyphens in a comment'],
    ['<a><![CDATA[ </a>', 'an open section'],
    ['<!DOCTYPE a><a/>', 'a document type'],
    ['<?pi?><a/>', 'a processing instruction'],
    [' <?xml version="1.0"?><a/>', 'a declaration that is not first'],
    [`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, 'deeper than any message'],
  ])('%s (%s)', (text) => {
    expect(() => parseXml(text)).toThrow(XmlError);
  });
});

describe('what is well-formed is read', () => {
  const plain = { namespace: '', attributes: [], children: [], text: '' };

  test('names by namespace, whatever the prefix', () => {
    const [one, two, three] = [
      '<p:a xmlns:p="u"><p:b/></p:a>',
      "<a xmlns='u'><b></b></a>",
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- x --><a xmlns="v" xmlns:w="u"\n xmlns:v="u"><w:b /></a>',
    ].map((text) => parseXml(text));
    expect(one).toEqual({
      ...plain,
      namespace: 'u',
      name: 'a',
      children: [{ ...plain, namespace: 'u', name: 'b' }],
    });
    expect(two).toEqual(one);
    expect(three).toMatchObject({ namespace: 'v', children: [{ namespace: 'u', name: 'b' }] });
  });

  test('a default namespace ends where it is taken back, and attributes have none', () => {
    const root = parseXml('<a xmlns="u" b="1"><c xmlns=""/></a>');
    expect(root.attributes).toEqual([{ namespace: '', name: 'b', value: '1' }]);
    expect(root.children).toEqual([{ ...plain, name: 'c' }]);
  });

  test('text with references, sections, comments and line ends of every kind', () => {
    const root = parseXml('<a>1 &lt; 2 &amp;&#38;&#x1F600;<!-- no --><![CDATA[<b>&]]>\r\n\r</a>');
    expect(root.text).toBe('1 < 2 &&😀<b>&\n\n');
    expect(parseXml('<a b="&quot;\n&apos;"/>').attributes[0]?.value).toBe('" \'');
  });
});

test('what is written is read back as it was', () => {
  const text = `<"&'>\u00e9😀`;
  const written = element('a', textElement('b', text) + textElement('c', ''), { d: text, 'xmlns:i': 'u' });
  expect(parseXml(written)).toMatchObject({
    attributes: [{ name: 'd', value: text }],
    children: [
      { name: 'b', text },
      { name: 'c', text: '' },
    ],
  });
  expect(textElement('a', undefined)).toBe('<a i:nil="true"/>');
});
