import { expect, test } from 'vitest';
import { parseFilterPattern } from './filter-pattern.js';

const matches = (pattern: string, message: string): boolean => parseFilterPattern(pattern)(message) !== undefined;

// The examples are those of the user guide, "Filter pattern syntax".
test.each([
  ['ERROR', '[ERROR 400] BAD REQUEST', true],
  ['ERROR', '[error 400] bad request', false],
  ['ERROR ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', true],
  ['ERROR ARGUMENTS', '[ERROR 400] BAD REQUEST', false],
  ['?ERROR ?ARGUMENTS', '[ERROR 400] BAD REQUEST', true],
  ['?ERROR ?ARGUMENTS', 'INFO', false],
  ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
  ['"INTERNAL SERVER ERROR"', 'SERVER INTERNAL ERROR', false],
  ['ERROR -ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', false],
  ['ERROR -ARGUMENTS', '[ERROR 400] BAD REQUEST', true],
  ['%AUTHORIZED%', 'UNAUTHORIZED', true],
  ['%^ERROR [0-9]+$%', 'ERROR 404', true],
  ['%^ERROR [0-9]+$%', 'ERROR', false],
  ['', 'anything', true],
  [' ', 'anything', true],
])('terms: %s of "%s" is %s', (pattern, message, expected) => {
  expect(matches(pattern, message)).toBe(expected);
});

const EVENT = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  cluster: { name: 'c' },
  'key.name': 'dotted',
  statusCode: 404,
  latency: 1e3,
  on: true,
});

test.each([
  ['{ $.eventType = "UpdateTrail" }', true],
  ['{ $.eventType = UpdateTrail }', true],
  ['{ $.eventType = "Update*" }', true],
  ['{ $.eventType = %Trail$% }', true],
  ['{ $.eventType != "UpdateTrail" }', false],
  ['{ $.missing != "UpdateTrail" }', false],
  ['{ $.sourceIPAddress != 123.123.* }', true],
  ['{ $.sourceIPAddress = 111.111.* }', true],
  ['{ $.arrayKey[0] = "value" }', true],
  ['{ $.arrayKey[1] = "value" }', false],
  ['{ $.arrayKey[*] = "another value" }', true],
  ['{ $.objectList[1].id = 2 }', true],
  ['{ $.objectList[*].id > 1 }', true],
  ['{ $.objectList[*].id > 2 }', false],
  ['{ $.SomeObject IS NULL }', true],
  ['{ $.SomeOtherObject NOT EXISTS }', true],
  ['{ $.eventType NOT EXISTS }', false],
  ['{ $.on IS TRUE }', true],
  ['{ $.on IS FALSE }', false],
  ['{ $.[\'key.name\'] = "dotted" }', true],
  ["{ $['key.name'] = dotted }", true],
  ['{ $.statusCode >= 400 && $.statusCode < 500 }', true],
  ['{ $.statusCode = 4* }', true],
  ['{ $.latency = 1e3 }', true],
  ['{($.eventType = "X") || ($.statusCode = 404 && $.cluster.name = "c")}', true],
  ['{ $.eventType = "X" || $.statusCode = 404 && $.cluster.name = "d" }', false],
  ['{ ($.eventType = "X" || $.statusCode = 404) && $.cluster.name = "c" }', true],
  ['{ $.cluster = "c" }', false],
])('JSON: %s is %s of the event', (pattern, expected) => {
  expect(matches(pattern, EVENT)).toBe(expected);
});

test('a JSON pattern matches no text', () => {
  expect(matches('{ $.a NOT EXISTS }', 'text')).toBe(false);
});

const LINE = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

test.each([
  ['[ip, user, username, timestamp, request, status_code, bytes]', true],
  ['[ip, user, username, timestamp, request, status_code]', false],
  ['[ip, user, username, timestamp, request, status_code = 404, bytes > 1000]', true],
  ['[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]', true],
  ['[..., status_code = 4*, bytes]', true],
  ['[ip, ..., bytes < 1000]', false],
  ['[ip, user, username = frank || username = anna, ...]', true],
  ['[ip != 127.0.0.1, ...]', false],
  ['[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]', true],
  ['[]', true],
])('columns: %s is %s of the line', (pattern, expected) => {
  expect(matches(pattern, LINE)).toBe(expected);
});

test('the fields that a pattern names are extracted', () => {
  expect(parseFilterPattern('[ip, ..., request, status, bytes]')(LINE)?.extracted).toEqual({
    $ip: '127.0.0.1',
    $request: 'GET /index.html HTTP/1.0',
    $status: '404',
    $bytes: '1534',
  });
  const match = parseFilterPattern('{ $.statusCode = 404 }')(EVENT);
  expect(match?.extracted).toEqual({ '$.statusCode': '404' });
  expect(match?.valueOf('$.latency')).toBe(1000);
});

test.each([
  '{ $.a }',
  '{ $.a = }',
  '{ a = 1 }',
  '{ $.a > text }',
  '[a, b',
  '[..., a, ...]',
  '%(a+)+%',
  '{ $.a = 1 } x',
])('%s is refused', (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
});

test.each([
  ['a value with many asterisks', `{ $.m = "${'*a'.repeat(30)}*b" }`, JSON.stringify({ m: 'a'.repeat(10_000) })],
  ['a column with many asterisks', `[m = ${'*a'.repeat(30)}*b]`, 'a'.repeat(10_000)],
  ['a regular expression in a value', `{ $.m = %${'a*'.repeat(12)}b% }`, JSON.stringify({ m: 'a'.repeat(5_000) })],
  ['a regular expression as a term', `%${'a*'.repeat(12)}b%`, 'a'.repeat(5_000)],
])('%s does not match a text for which it needs years', (_, pattern, message) => {
  expect(matches(pattern, message)).toBe(false);
});
