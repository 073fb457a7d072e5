import { describe, expect, test } from 'vitest';
import { propertyChanges, replaces } from './property-changes.js';
import { readProperties } from './read-properties.js';
import { resourceTypeSpec } from './resource-spec.js';

const TABLE = 'AWS::DynamoDB::Table';
const FUNCTION = 'AWS::Lambda::Function';
const key = [{ AttributeName: 'username', KeyType: 'HASH' }];
const code = { S3Bucket: 'b', S3Key: 'k' };

describe('properties are read by the AWS resource specification', () => {
  test('text becomes the number or boolean that the property is', () => {
    const read = readProperties(FUNCTION, { Code: code, Role: 'r', MemorySize: '128', Timeout: 10 });
    expect(read).toEqual({ ok: true, properties: { Code: code, Role: 'r', MemorySize: 128, Timeout: 10 } });
  });

  test.each<[string, Record<string, unknown>, string]>([
    [TABLE, { KeySchema: key, Foo: 1 }, 'Encountered unsupported property Foo'],
    [TABLE, {}, '#: required key [KeySchema] not found'],
    [FUNCTION, { Code: { ...code, S3Bukket: 'x' }, Role: 'r' }, 'Encountered unsupported property S3Bukket'],
    [FUNCTION, { Code: code, Role: 'r', PackageType: 'Tar' }, '#/PackageType: Tar is not a valid enum value'],
    [FUNCTION, { Code: code, Role: 'r', MemorySize: 'much' }, '#/MemorySize: expected type: Integer, found: String'],
    [FUNCTION, { Code: code, Role: 'r', Layers: 'one' }, '#/Layers: expected type: JSONArray, found: String'],
  ])('%s %j: %s', (type, properties, reason) => {
    expect(readProperties(type, JSON.parse(JSON.stringify(properties)))).toEqual({ ok: false, reasons: [reason] });
  });

  test('policy documents may hold any key', () => {
    const document = { Statement: [{ Effect: 'Allow', Condition: { 'ForAnyValue:StringEquals': { a: ['b'] } } }] };
    expect(readProperties('AWS::IAM::Role', { AssumeRolePolicyDocument: document })).toEqual({
      ok: true,
      properties: { AssumeRolePolicyDocument: document },
    });
  });
});

describe('what a change does is told by the specification', () => {
  test('another key schema replaces a table', () => {
    const changes = propertyChanges(
      TABLE,
      { KeySchema: key },
      { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
    );
    expect(changes).toMatchObject([{ name: 'KeySchema', path: '/Properties/KeySchema', recreation: 'Always' }]);
    expect(replaces(changes)).toBe(true);
  });

  test('another code key updates a function in place and is named by its path', () => {
    const changes = propertyChanges(FUNCTION, { Code: code }, { Code: { ...code, S3Key: 'k2' } });
    expect(changes).toEqual([
      { name: 'Code', path: '/Properties/Code/S3Key', before: 'k', after: 'k2', recreation: 'Never' },
    ]);
  });

  test('a number and its text are no change', () => {
    expect(propertyChanges(FUNCTION, { MemorySize: 128 }, { MemorySize: '128' })).toEqual([]);
  });
});

test("CDK's metadata, which no specification has, is known", () => {
  expect(resourceTypeSpec('AWS::CDK::Metadata')?.properties).toEqual({ Analytics: { type: 'string' } });
});

test('names that every object has are no types', () => {
  expect(resourceTypeSpec('constructor')).toBeUndefined();
});
