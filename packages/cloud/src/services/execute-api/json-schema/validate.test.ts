import { describe, expect, it } from 'vitest';
import { isValid } from './validate.js';

const external = (reference: string) =>
  reference.endsWith('/models/User') ? { type: 'object', required: ['name'] } : undefined;

describe('JSON Schema, draft 4', () => {
  it.each<[schema: object, valid: unknown, invalid: unknown]>([
    [{ type: 'object', required: ['a'] }, { a: 1 }, {}],
    [{ type: 'integer' }, 2, 2.5],
    [{ type: ['string', 'null'] }, null, 1],
    [{ enum: [{ a: 1 }, 2] }, { a: 1 }, { a: 2 }],
    [{ minimum: 1, exclusiveMinimum: true }, 2, 1],
    [{ maximum: 3 }, 3, 4],
    [{ multipleOf: 0.1 }, 0.3, 0.35],
    [{ minLength: 2, maxLength: 3 }, 'ab', 'a'],
    [{ pattern: '^a+$' }, 'aa', 'ab'],
    [{ items: { type: 'number' } }, [1, 2], [1, 'a']],
    [{ items: [{ type: 'number' }], additionalItems: false }, [1], [1, 2]],
    [{ minItems: 1, uniqueItems: true }, [1, 2], [1, 1]],
    [{ properties: { a: { type: 'string' } }, additionalProperties: false }, { a: 'x' }, { b: 'x' }],
    [{ patternProperties: { '^n': { type: 'number' } } }, { n1: 1 }, { n1: 'a' }],
    [{ minProperties: 1 }, { a: 1 }, {}],
    [{ dependencies: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
    [{ allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, { a: 1 }],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'a', null],
    [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 1.5, 1],
    [{ not: { type: 'string' } }, 1, 'a'],
    [{ definitions: { n: { type: 'number' } }, items: { $ref: '#/definitions/n' } }, [1], ['a']],
    [{ items: { $ref: 'https://apigateway.amazonaws.com/restapis/abc/models/User' } }, [{ name: 'a' }], [{}]],
    [
      { properties: { next: { $ref: '#' } }, required: ['id'] },
      { id: 1, next: { id: 2 } },
      { id: 1, next: {} },
    ],
  ])('%j', (schema, valid, invalid) => {
    expect([isValid(valid, schema, { external }), isValid(invalid, schema, { external })]).toEqual([true, false]);
  });

  it('ends where a reference leads in a circle', () => {
    expect(isValid(1, { $ref: '#' }, { external })).toBe(false);
  });

  it.each<[what: string, schema: object, value: unknown]>([
    ['a pattern that needs years for the text', { pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`],
    ['such a pattern in the place of what must not be', { not: { pattern: '^(a+)+$' } }, `${'a'.repeat(40)}!`],
    ['such a pattern of names', { patternProperties: { '^(a+)+$': {} } }, { [`${'a'.repeat(40)}!`]: 1 }],
  ])('a value is invalid by %s', (_, schema, value) => {
    expect(isValid(value, schema, { external })).toBe(false);
  });

  it('a long list of unique items is looked through once', () => {
    const items = Array.from({ length: 200_000 }, (_, at) => ({ at }));
    expect(isValid(items, { uniqueItems: true, items: true }, { external })).toBe(true);
    expect(isValid([...items, { at: 7 }], { uniqueItems: true }, { external })).toBe(false);
  });

  it('items are the same whatever the order of their members', () => {
    expect(
      isValid(
        [
          { a: 1, b: [2] },
          { b: [2], a: 1 },
        ],
        { uniqueItems: true },
        { external },
      ),
    ).toBe(false);
  });
});
