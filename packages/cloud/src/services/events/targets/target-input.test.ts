import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BusEvent } from '../buses/bus-event.js';
import { parseJsonPath, valueAt } from './json-path.js';
import { targetInput } from './target-input.js';

const event: BusEvent = {
  version: '0',
  id: '1',
  'detail-type': 'OrderPlaced',
  source: 'shop',
  account: '000000000000',
  time: '2026-11-28T10:00:00Z',
  region: 'eu-west-1',
  resources: ['a', 'b'],
  detail: { items: [{ name: 'tea' }, { name: 'cup' }], note: 'say "hi"', 'a-b': 1 },
};
const rule = { account: '000000000000', region: 'eu-west-1', bus: 'shop', name: 'orders' };
const fill = (InputTemplate: string, InputPathsMap: Record<string, string> = {}): string | undefined =>
  targetInput(
    { InputTransformer: { InputTemplate, InputPathsMap } },
    { rule, event, accepted: Date.UTC(2026, 10, 28, 10, 0, 1) },
  );

test.each<[template: string, paths: Record<string, string>, text: string]>([
  ['{"type": <type>}', { type: '$.detail-type' }, '{"type": "OrderPlaced"}'],
  ['{"all": <all>}', { all: '$.resources' }, '{"all": ["a","b"]}'],
  ['"<note>, twice: <note>"', { note: '$.detail.note' }, '"say \\"hi\\", twice: say \\"hi\\""'],
  ['"a \\"<name>\\""', { name: '$.detail.items[1].name' }, '"a \\"cup\\""'],
  // AWS has the empty text for what is not there, by the records of LocalStack's tests.
  ['{"a": <a>, "b": "<a>"}', { a: '$.detail.missing' }, '{"a": "", "b": ""}'],
  ['"<aws.events.rule-arn>"', {}, '"arn:aws:events:eu-west-1:000000000000:rule/shop/orders"'],
  ['<aws.events.event.json>', {}, JSON.stringify(event)],
  ['"<aws.events.rule-name> at <aws.events.event.ingestion-time>"', {}, '"orders at 2026-11-28T10:00:01Z"'],
])('the template %s is filled', (template, paths, text) => {
  expect(fill(template, paths)).toBe(text);
});

test('the event without its detail is one of the variables', () => {
  const { detail: _detail, 'detail-type': detailType, ...rest } = event;
  expect(JSON.parse(fill('<aws.events.event>') ?? '')).toEqual({ ...rest, detailType });
});

const detailed = (value: unknown, InputTemplate: string): string | undefined => {
  const target = { InputTransformer: { InputTemplate, InputPathsMap: { v: '$.detail.v' } } };
  return targetInput(target, { rule, event: { ...event, detail: { v: value } }, accepted: 0 });
};

test('whatever stands in an event, a filled template of JSON is JSON, and a value is itself again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const filled = JSON.parse(detailed(value, '{"value": <v>}') ?? '');
      expect(filled.value).toEqual(JSON.parse(JSON.stringify(value ?? '')));
    }),
  );
});

test('a text or a number in a string of a template is itself there', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer(), fc.boolean()), (value) => {
      expect(JSON.parse(detailed(value, '{"text": "<v>!"}') ?? '')).toEqual({ text: `${value}!` });
      expect(JSON.parse(detailed(value, '"<v>!"') ?? '')).toBe(`${value}!`);
    }),
  );
});

// As AWS was recorded to answer in December 2024.
test.each<[template: string, value: unknown, text: string | undefined]>([
  ['"<v> single list item"', ['HIGH'], '"[HIGH] single list item"'],
  ['"<v> multiple list items"', ['ACTIVE', 'INACTIVE'], '"[ACTIVE,INACTIVE] multiple list items"'],
  ['"Payload of <v>"', { acc_id: '0a78', sf_id: 'baz' }, '"Payload of {acc_id:0a78,sf_id:baz}"'],
  ['"<v> one"\n"<v> two"', ['HIGH'], '"[HIGH] one"\n"[HIGH] two"'],
  ['<v> single list item', ['HIGH'], undefined],
  ['{"payload": "<v>"}', { sf_id: 'baz' }, undefined],
  ['{"item": "<v>"}', ['HIGH'], undefined],
])('the template %s makes of %j %s', (template, value, text) => {
  expect(detailed(value, template)).toBe(text);
});

test.each<[path: string, value: unknown]>([
  ['$', event],
  ['$.detail.items[0].name', 'tea'],
  ['$.detail.items[*].name', ['tea', 'cup']],
  ['$.detail.a-b', 1],
  ['$.detail.items.length', undefined],
  ['$.detail.constructor', undefined],
])('the path %s is followed', (path, value) => {
  expect(valueAt(event, parseJsonPath(path))).toEqual(value);
});

test.each(['', 'detail', '$detail', '$.', '$.a[', '$.a[x]', '$..a', '$.a b'])('%j is no path', (path) => {
  expect(() => parseJsonPath(path)).toThrow('is no path');
});
