import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../core/aws-error.js';
import type { HttpRequest } from '../core/http.js';
import { queryProtocol, readQueryInput } from './query-protocol.js';

type Value = string | Value[] | { [name: string]: Value };

/** Spells a structure as the SDK does. */
function* spell(value: Value, prefix: string): Iterable<[string, string]> {
  if (typeof value === 'string') yield [prefix, value];
  else if (Array.isArray(value)) {
    if (value.length === 0) yield [prefix, ''];
    for (const [i, one] of value.entries()) yield* spell(one, `${prefix}.member.${i + 1}`);
  } else for (const [name, one] of Object.entries(value)) yield* spell(one, prefix === '' ? name : `${prefix}.${name}`);
}

const name = fc.stringMatching(/^[A-Z][A-Za-z]{1,6}$/);
const { structure } = fc.letrec<{ structure: { [name: string]: Value }; value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.array(tie('value') as fc.Arbitrary<Value>, { minLength: 1, maxLength: 12 }),
    tie('structure'),
  ),
  structure: fc.dictionary(name, tie('value') as fc.Arbitrary<Value>, {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  }),
}));

test('structures and lists are read as they were spelt', () => {
  fc.assert(
    fc.property(structure, (input) => {
      expect(JSON.parse(JSON.stringify(readQueryInput(spell(input, ''))))).toEqual(JSON.parse(JSON.stringify(input)));
    }),
  );
});

test('flattened lists, maps and empty lists are read', () => {
  const parameters: [string, string][] = [
    ['Flat.2', 'b'],
    ['Flat.1', 'a'],
    ['Map.entry.1.key', 'k'],
    ['Map.entry.1.value', 'v'],
    ['Empty.member', ''],
  ];
  expect(readQueryInput(parameters)).toEqual({ Flat: ['a', 'b'], Map: { k: 'v' }, Empty: [] });
});

test('names that objects have anyway are only names', () => {
  const input = readQueryInput([
    ['__proto__.polluted', 'yes'],
    ['constructor.prototype.polluted', 'yes'],
  ]);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.keys(input)).toContain('__proto__');
});

const protocol = queryProtocol({ xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/', version: '2010-05-08' });

function form(body: string): HttpRequest {
  const signal = new AbortController().signal;
  return { method: 'POST', path: '/', query: '', headers: [], body: Buffer.from(body), sourceIp: '', signal };
}

test('an action of another version is refused', () => {
  expect(() => protocol.decode(form('Action=GetUser&Version=2000-01-01'))).toThrow(
    'Could not find operation GetUser for version 2000-01-01',
  );
});

test('an answer stands in the result element of its action', () => {
  expect(protocol.encode('GetUser', { User: { Path: '/' } }, 'id', form('')).body).toBe(
    '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><Path>/</Path></User></GetUserResult>' +
      '<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></GetUserResponse>',
  );
});

test('an error says its code, and one of our own says that it is ours', () => {
  const error = protocol.encodeError(new AwsError('NoSuchEntity', 'The user <a> is not there', 404), 'id', form(''));
  expect(error).toMatchObject({ status: 404, body: expect.stringContaining('<Code>NoSuchEntity</Code>') });
  expect(error.body).toContain('The user &lt;a&gt; is not there');
  expect(protocol.encodeError(new TypeError('x is undefined'), 'id', form(''))).toMatchObject({
    status: 500,
    body: expect.stringContaining(
      '<Code>InternalFailure</Code><Message>The local cloud failed: x is undefined</Message>',
    ),
  });
});

test('a map is read whether it spells key and value, or Name and Value', () => {
  const input = readQueryInput([
    ['Attributes.entry.1.key', 'Policy'],
    ['Attributes.entry.1.value', '{}'],
    ['Attributes.entry.2.key', 'DisplayName'],
    ['MessageAttributes.entry.1.Name', 'kind'],
    ['MessageAttributes.entry.1.Value.DataType', 'String'],
  ]);
  expect(JSON.parse(JSON.stringify(input))).toEqual({
    Attributes: { Policy: '{}', DisplayName: '' },
    MessageAttributes: { kind: { DataType: 'String' } },
  });
});

test('a parameter of parts without end is refused', () => {
  expect(() => readQueryInput([[`A${'.a'.repeat(100_000)}`, '1']])).toThrow('has more than 100 parts');
});
