import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../../../../../tests/property-runs.js';
import { render } from './evaluate.js';
import { inputOf } from './input.js';
import { parseTemplate } from './parse.js';
import { TemplateError } from './syntax.js';
import { util } from './util.js';
import type { Value } from './value.js';

const roots = (body = '') =>
  new Map<string, Value>([
    ['input', inputOf(body, { path: {}, querystring: {}, header: {} })],
    ['util', util],
  ]);

/** Text of the pieces that templates are made of. */
const template = fc
  .array(
    fc.constantFrom(
      ...[
        '$a',
        '${a}',
        '$!a.b',
        '$input.json("$")',
        '#set($a = 1)',
        '#if($a)',
        '#else',
        '#end',
        '#foreach($a in [1..3])',
      ],
      ...['#define($a)', '"', "'", '(', ')', '[', ']', '{', '}', '\\', '##', '#*', '*#', '\n', 'x', '$', '#', '.b()'],
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

describe('the template language', () => {
  it('renders every template or refuses it as one', () => {
    fc.assert(
      fc.property(template, (text) => {
        try {
          expect(typeof render(parseTemplate(text), roots())).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('leaves text without dollars, hashes and backslashes as it is', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replace(/[$#\\]/g, '')),
        (text) => {
          expect(render(parseTemplate(text), new Map())).toBe(text);
        },
      ),
    );
  });

  it('hands any JSON on as the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const expected = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(render(parseTemplate("$input.json('$')"), roots(JSON.stringify(value))))).toEqual(expected);
      }),
    );
  });

  it('takes back by $util what it made', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const read = (expression: string) => render(parseTemplate(expression), roots().set('text', text));
        expect(read('$util.urlDecode($util.urlEncode($text))')).toBe(text);
        expect(read('$util.base64Decode($util.base64Encode($text))')).toBe(text);
        expect(JSON.parse(`"${read('$util.escapeJavaScript($text)').replaceAll("\\'", "'")}"`)).toBe(text);
      }),
    );
  });
});

describe('the budget of a template', () => {
  it.each([
    ['loops in loops', '#foreach($a in [1..900])#foreach($b in [1..900])#foreach($c in [1..900])x#end#end#end'],
    ['a string that doubles', `#set($s = "xxxxxxxx")${'#set($s = "$s$s")'.repeat(40)}`],
    ['an endless range', '#foreach($a in [1..9999999999])x#end'],
    ['a list in itself', '#set($l = [])$l.add($l)$l'],
    ['lists of lists', `#set($l = ["x"])${'#set($l = [$l, $l])'.repeat(60)}$l`],
    ['a block in itself', '#define($a)$a#end$a'],
    ['a hard regular expression', `#set($s = "${'a'.repeat(40)}!")$s.matches("(a+)+$")`],
    ['a replacement of everything', `#set($s = "${'a'.repeat(5000)}")#set($r = $s.replace("a", $s))$r.length()`],
  ])('ends %s', (_, text) => {
    expect(() => render(parseTemplate(text), roots())).toThrow(TemplateError);
  });

  it('refuses brackets without end', () => {
    expect(() => parseTemplate(`#set($a = ${'('.repeat(5000)}`)).toThrow(TemplateError);
    expect(() => parseTemplate('#if(true)'.repeat(5000))).toThrow(TemplateError);
  });
});
