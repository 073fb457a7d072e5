import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { eventsCloud } from '../fixtures/events-cloud.js';
import { compilePattern } from './pattern.js';

const event = {
  id: '1',
  source: 'order',
  'detail-type': 'Test',
  account: '000000000000',
  region: 'us-east-1',
  time: '2022-07-13T13:48:01Z',
};

test('an event is tested without its resources', async () => {
  await using cloud = await eventsCloud();
  const tested = (EventPattern: object) =>
    cloud.client.send(
      new TestEventPatternCommand({ Event: JSON.stringify(event), EventPattern: JSON.stringify(EventPattern) }),
    );
  expect((await tested({ source: ['order'] })).Result).toBe(true);
  expect((await tested({ source: ['shipment'] })).Result).toBe(false);
  expect((await tested({ resources: ['a'] })).Result).toBe(false);
});

test.each(['plain string', '["plain string"]', '{"testEvent": "value"}'])('%s is no event', async (Event) => {
  await using cloud = await eventsCloud();
  const command = new TestEventPatternCommand({ Event, EventPattern: '{"body": ["x"]}' });
  await expect(cloud.client.send(command)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Parameter Event is not valid.',
  });
});

// As AWS was recorded to answer in 2024 and 2025; the number is the column behind what its parser had read.
test.each<[pattern: string, reason: string, column?: number, twice?: boolean]>([
  ['{"int": 42}', '"int" must be an object or an array', 11],
  ['{"string": "my-value"}', '"string" must be an object or an array', 13],
  ['{"resources": []}', 'Empty arrays are not allowed', 17],
  ['["not", "a", "dict", "but valid json"]', 'Filter is not an object', 2],
  ['{"my_key": [{"EXISTS": true}]}', 'Unrecognized match type EXISTS', 28],
  ['{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}', 'Unrecognized match type NUMERIC', 36],
  ['{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}', 'Bad numeric range operator: >', 49],
  ['{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}', 'Value of < must be numeric', 50],
  ['{"detail": {"c-count": [{"numeric": 10}]}}', 'Value of numeric must be an array.', 39],
  ['{"time": [{"prefix": ["2022-07-13"]}]}', 'prefix match pattern must be a string', 23],
  ['{"FileName": [{"suffix": 123}]}', 'suffix match pattern must be a string', 29],
  ['{"a": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]}', 'Consecutive wildcard characters at pos 26', 62],
  ['{"EventBusArn": [{"wildcard": 123}]}', 'wildcard match pattern must be a string', 34],
  ['{"detail-type": [{"equals-ignore-case": ["x"]}]}', 'equals-ignore-case match pattern must be a string', 42],
  [
    '{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}',
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    66,
  ],
  [
    '{"detail": {"state": [{"anything-but": {"equals-ignore-case": [123, 456]}}]}}',
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    67,
    true,
  ],
  [
    '{"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}}',
    'prefix/suffix match pattern must be a string',
    55,
    true,
  ],
  ['{"detail": {"FileName": [{"anything-but": {"prefix": ""}}]}}', 'Null prefix/suffix not allowed', 56],
  [
    '{"detail": {"FileName": [{"anything-but": {"suffix": {"equals-ignore-case": ".png"}}}]}}',
    'Value of anything-but must be an array or single string/number value.',
    55,
  ],
  [
    '{"detail": {"state": [{"anything-but": null}]}}',
    'Value of anything-but must be an array or single string/number value.',
    44,
  ],
  [
    '{"detail": {"state": [{"anything-but": ["stopped", null]}]}}',
    'Inside anything but list, start|null|boolean is not supported.',
    56,
    true,
  ],
  ['{"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}}', 'prefix match pattern must be a string', 43],
  ['{"a": [{"cidr": "bad-filter"}]}', "Malformed CIDR, one '/' required"],
  ['{"a": [{"cidr": "bad-/64filter"}]}', 'Malformed CIDR, mask bits must be an integer'],
  ['{"a": [{"cidr": "xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx'],
  [
    '{"EventBusArn": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}',
    'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
  ],
])('the pattern %s is refused as AWS does', (pattern, reason, column, twice) => {
  const place = column === undefined ? '' : `\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`;
  expect(() => compilePattern(pattern)).toThrow(
    expect.objectContaining({
      code: 'InvalidEventPatternException',
      message: `Event pattern is not valid. Reason: ${reason}${place}${twice ? place : ''}`,
    }),
  );
});

// As AWS was recorded to answer in October 2025.
test.each<[pattern: object, detail: object]>([
  [{ state: { status: ['running'] } }, { 'state.status': 'running' }],
  [{ 'state.status': ['running'] }, { state: { status: 'running' } }],
  [{ FilePath: [{ 'anything-but': { wildcard: '' } }] }, { FilePath: 'dir/init/file' }],
])('the pattern %j of a detail matches %j', (pattern, detail) => {
  expect(compilePattern(JSON.stringify({ detail: pattern }))({ ...event, detail })).toBe(true);
});

test('a place is given by line and column', () => {
  expect(() => compilePattern('{\n  "a": 1\n}')).toThrow('line: 2, column: 9]');
});
