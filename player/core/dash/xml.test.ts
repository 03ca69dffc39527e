import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamingError } from '../errors.ts';
import { readXml } from './xml.ts';
import { childNamed, childrenNamed, pathOf, type XmlElement } from './xml-element.ts';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Node[];
}

const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,8}$/);
/** What XML can carry: no control characters, and white space that survives trimming. */
const value = fc.stringMatching(/^(\S|\S[ -~äß漢😀]{0,12}\S)?$/u).filter((text) => !text.includes('\0'));
const own = { name, attributes: fc.dictionary(name, value, { maxKeys: 4 }), text: value };
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ ...own, children: fc.constant([]) }),
    fc.record({ ...own, children: fc.array(tie('node'), { maxLength: 4 }) }),
  ),
}));

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function written({ name, attributes, text, children }: Node): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<p:${name}${pairs.join('')}>\n${escaped(text)}<!-- > -->${children.map(written).join('\n')}</p:${name}>`;
}

function plain({ name, attributes, text, children }: XmlElement): Node {
  return {
    name,
    attributes: Object.fromEntries(attributes),
    text: text.trim(),
    children: [...children.values()].flat().map(plain),
  };
}

/** Children by name: the tree keeps order among siblings of one name only. */
function grouped(node: Node): Node {
  const names = [...new Set(node.children.map((child) => child.name))];
  const children = names.flatMap((name) => node.children.filter((child) => child.name === name));
  return { ...node, text: node.text.trim(), children: children.map(grouped) };
}

function faultOf(text: string): StreamingError {
  try {
    readXml(text);
  } catch (error) {
    if (error instanceof StreamingError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

test('what was written is read again', () => {
  fc.assert(
    fc.property(node, (tree) => {
      expect(plain(readXml(`\uFEFF<?xml version="1.0"?>${written(tree)}`))).toEqual(grouped(tree));
    }),
  );
});

test('whatever the text, there is a tree or a StreamingError', () => {
  const pieces = [
    '<',
    '</',
    '>',
    '/>',
    '<a',
    '<a>',
    '</a>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!DOCTYPE',
  ];
  const more = [
    '[',
    ']',
    '&',
    '&lt;',
    '&#0;',
    '&#x110000;',
    '&e;',
    '"',
    "'",
    '=',
    ' b="c"',
    'é',
    '\n',
    '\uFEFF',
    ':',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, ...more)), (parts) => {
      try {
        readXml(parts.join(''));
      } catch (error) {
        expect(error).toMatchObject({ code: 'mpd-invalid', details: { path: expect.stringMatching(/^\//) } });
      }
    }),
    { numRuns: 2000 },
  );
});

test('entities, CDATA, comments, instructions and a DOCTYPE around an element', () => {
  const root = readXml(`<?xml version="1.0"?>
    <!DOCTYPE MPD [ <!ENTITY e "x"> ]>
    <!-- <MPD/> -->
    <a t='"&apos;"' u="&#65;&#x42;&amp;lt;">one &lt;two&gt; <![CDATA[<&amp;>]]><?skip this?> a=1&b=2</a>
    <!-- the end -->`);
  expect(root.attributes.get('t')).toBe('"\'"');
  expect(root.attributes.get('u')).toBe('AB&lt;');
  expect(root.text).toBe('one <two> <&amp;> a=1&b=2');
});

test('an element knows its line and its XPath', () => {
  const root = readXml('<MPD>\n<Period/>\n<x:Period><AdaptationSet\n/></x:Period><BaseURL/></MPD>');
  const [, second] = childrenNamed(root, 'Period');
  const set = second && childNamed(second, 'AdaptationSet');
  expect(set && pathOf(set)).toBe('/MPD/Period[2]/AdaptationSet');
  expect(set?.line).toBe(3);
  expect(pathOf(childNamed(root, 'BaseURL') ?? root)).toBe('/MPD/BaseURL');
});

test.each([
  ['', 'is empty', '/', 1],
  ['\n \n', 'is empty', '/', 3],
  ['{"json": 1}', 'text outside', '/', 1],
  ['<a>\n<b>', 'ends before <b> is closed', '/a/b', 2],
  ['<a>\n<b></a>', 'closes <a> where <b> is open', '/a/b', 2],
  ['</a>', 'closes <a> where nothing is open', '/', 1],
  ['<a/>\n<b/>', 'more than one root', '/', 2],
  ['<a b="1" b="2"/>', 'two attributes "b"', '/', 1],
  [`<a ${Array.from({ length: 65 }, (_, i) => `b${i}=""`).join(' ')}/>`, 'more than 64 attributes', '/', 1],
  ['<a b="1/>', 'broken or not closed', '/', 1],
  ['<a b=1/>', 'broken or not closed', '/', 1],
  ['<a><!-- </a>', 'inside a comment', '/a', 1],
  ['<a><![CDATA[ </a>', 'inside a CDATA section', '/a', 1],
  ['<!DOCTYPE a [ <!ENTITY e "', 'inside a DOCTYPE', '/', 1],
  ['<!DOCTYPE a [<!ENTITY e "boom">]><a>\n&e;</a>', 'declared ones are not expanded', '/a', 1],
  ['<a>\u0000</a>', 'NUL', '/', 1],
  [`${'<a>'.repeat(65)}`, 'nested deeper than 64', `${'/a'.repeat(64)}`, 1],
  [' '.repeat(2 ** 24 + 1), 'longer than', '/', 1],
  [`<a>${'<b/>'.repeat(400_000)}</a>`, 'more than 400000 elements', '/a', 1],
])('%#: a broken text is told with path and line', (text, sentence, path, line) => {
  const fault = faultOf(text);
  expect(fault.message).toContain(sentence);
  expect(fault).toMatchObject({ code: 'mpd-invalid', details: { path, line } });
});
