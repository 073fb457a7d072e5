import { expect, test } from 'vitest';
import { jsonFormat } from './json-format.js';
import { looseFormat } from './loose-format.js';
import { queryFormat, queryTree } from './query-format.js';
import { serviceModel } from './service-model.js';
import { createReaders, type ReadFormat } from './value-reader.js';

function read(service: string, operation: string, format: ReadFormat, value: unknown): unknown {
  const model = serviceModel(service);
  return createReaders(model, format)(model.operations[operation]?.input ?? 'unit')(value, '');
}

const query = (service: string, operation: string, parameters: Readonly<Record<string, string>>) =>
  read(service, operation, queryFormat, queryTree(Object.entries(parameters)));

test('a call in process may give numbers and booleans as text, as CloudFormation does', () => {
  const given = { QueueUrl: 'u', MaxNumberOfMessages: '10', Odd: 1, WaitTimeSeconds: null };
  expect(read('sqs', 'ReceiveMessage', looseFormat, given)).toEqual({ QueueUrl: 'u', MaxNumberOfMessages: 10 });
});

test('a call in process with a value of another kind is refused with its path', () => {
  const given = { Entries: [{ Id: 'a', DelaySeconds: {} }] };
  expect(() => read('sqs', 'SendMessageBatch', looseFormat, given)).toThrow(
    'Entries.1.member.DelaySeconds must be a number',
  );
});

test.each([
  [{ QueueUrl: 1 }, 'NUMBER_VALUE cannot be converted to String'],
  [{ QueueUrl: 1.5 }, 'DECIMAL_VALUE cannot be converted to String'],
  [{ DelaySeconds: '1' }, 'STRING_VALUE cannot be converted to Integer'],
  [{ QueueUrl: {} }, 'Start of structure or map found where not expected.'],
  [{ QueueUrl: [] }, 'Start of list found where not expected'],
])('the JSON %j is refused: %s', (given, message) => {
  expect(() => read('sqs', 'SendMessage', jsonFormat, given)).toThrow(message);
});

test('bytes come as base64 and timestamps as epoch seconds in JSON', () => {
  const given = { Entries: [{ Time: 1_700_000_000.5, Detail: '{}' }] };
  expect(read('events', 'PutEvents', jsonFormat, given)).toEqual({
    Entries: [{ Time: new Date(1_700_000_000_500), Detail: '{}' }],
  });
  const attributes = { MessageAttributes: { a: { DataType: 'Binary', BinaryValue: 'AQI=' } } };
  expect(read('sqs', 'SendMessage', jsonFormat, attributes)).toEqual({
    MessageAttributes: { a: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) } },
  });
});

test('lists are read with and without the element of their items, in the order of their numbers', () => {
  const list = { Tags: [{ Key: 'a' }, { Key: 'b' }] };
  expect(query('sns', 'TagResource', { 'Tags.member.2.Key': 'b', 'Tags.member.1.Key': 'a' })).toEqual(list);
  expect(query('sns', 'TagResource', { 'Tags.1.Key': 'a', 'Tags.2.Key': 'b' })).toEqual(list);
  expect(query('sqs', 'ReceiveMessage', { 'MessageAttributeName.1': 'All' })).toEqual({
    MessageAttributeNames: ['All'],
  });
});

test('an empty list is sent as an empty parameter', () => {
  expect(query('sns', 'TagResource', { Tags: '' })).toEqual({ Tags: [] });
  expect(query('sns', 'TagResource', { 'Tags.member': '' })).toEqual({ Tags: [] });
});

test('maps are read by the names that the model gives key and value', () => {
  expect(query('sns', 'CreateTopic', { 'Attributes.entry.1.key': 'A', 'Attributes.entry.1.value': '1' })).toEqual({
    Attributes: { A: '1' },
  });
  expect(query('sqs', 'CreateQueue', { 'Attribute.1.Name': 'A', 'Attribute.1.Value': '1' })).toEqual({
    Attributes: { A: '1' },
  });
});

test('a number in query parameters that is none is refused', () => {
  expect(() => query('sqs', 'ReceiveMessage', { WaitTimeSeconds: 'soon' })).toThrow('WaitTimeSeconds');
});

test('a key of a map may be __proto__', () => {
  const tags = JSON.parse('{"QueueUrl":"u","Tags":{"__proto__":"x"}}');
  const { Tags } = Object(read('sqs', 'TagQueue', jsonFormat, tags));
  expect(Object.getOwnPropertyNames(Tags)).toEqual(['__proto__']);
});

test('a parameter of parts without end is refused', () => {
  expect(() => queryTree([[`A${'.a'.repeat(100_000)}`, '1']])).toThrow('has more than 100 parts');
});

test('names that objects have anyway are only names', () => {
  const tree = queryTree([
    ['__proto__.polluted', 'yes'],
    ['constructor.prototype.polluted', 'yes'],
  ]);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.keys(tree)).toContain('__proto__');
});
