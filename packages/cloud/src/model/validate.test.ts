import { expect, test } from 'vitest';
import { serviceModel } from './service-model.js';
import { printed, validationMessage, violationsOf } from './validate.js';

const lambda = serviceModel('lambda');
const CREATE_FUNCTION = lambda.operations.CreateFunction?.input ?? 'unit';
const good = { FunctionName: 'f', Role: 'r', Code: {} };

test('an input with what the model requires, within its limits, violates nothing', () => {
  expect(violationsOf(lambda, CREATE_FUNCTION, { ...good, MemorySize: 128 }, { MemorySize: { min: 128 } })).toEqual([]);
});

test('required members that are missing are told first, in the order of the model', () => {
  const violations = violationsOf(lambda, CREATE_FUNCTION, { MemorySize: 64 }, { MemorySize: { min: 128 } });
  expect(violations.map(({ path, missing }) => [path, missing])).toEqual([
    ['functionName', true],
    ['role', true],
    ['code', true],
    ['memorySize', undefined],
  ]);
});

test('violations are counted and joined as AWS tells them', () => {
  const limits = { MemorySize: { min: 128 }, Runtime: { values: ['nodejs22.x', 'nodejs24.x'] } };
  const given = { ...good, MemorySize: 64, Runtime: 'cobol' };
  expect(validationMessage(violationsOf(lambda, CREATE_FUNCTION, given, limits))).toBe(
    "2 validation errors detected: Value 'cobol' at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs22.x, nodejs24.x]; Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
  );
});

test('a missing member is told as null', () => {
  expect(validationMessage(violationsOf(lambda, CREATE_FUNCTION, { FunctionName: 'f', Role: 'r' }))).toBe(
    "1 validation error detected: Value null at 'code' failed to satisfy constraint: Member must not be null",
  );
});

test('lengths are of texts, lists and maps; patterns match the whole text', () => {
  const limits = {
    FunctionName: { max: 3, pattern: /[a-z]+/ },
    Layers: { max: 1 },
    Tags: { max: 1, key: { max: 2 }, each: { max: 1 } },
  };
  const given = { ...good, FunctionName: 'abc4', Layers: ['a', 'b'], Tags: { long: 'ab', b: '' } };
  expect(
    violationsOf(lambda, CREATE_FUNCTION, given, limits).map(({ path, constraint }) => [path, constraint]),
  ).toEqual([
    ['functionName', 'Member must have length less than or equal to 3'],
    ['functionName', 'Member must satisfy regular expression pattern: [a-z]+'],
    ['tags', 'Member must have length less than or equal to 1'],
    ['tags', 'Member must have length less than or equal to 2'],
    ['tags.long.member', 'Member must have length less than or equal to 1'],
    ['layers', 'Member must have length less than or equal to 1'],
  ]);
});

test('members of structures in lists are named by their place', () => {
  const sns = serviceModel('sns');
  const input = sns.operations.TagResource?.input ?? 'unit';
  const given = { ResourceArn: 'a', Tags: [{ Key: 'a', Value: 'b' }, { Value: 'b' }] };
  expect(violationsOf(sns, input, given).map(({ path, name }) => [path, name])).toEqual([['tags.2.member.key', 'Key']]);
});

test('values are printed as Java prints them', () => {
  expect(printed(['a', { b: 1, c: [true] }])).toBe('[a, {b=1, c=[true]}]');
});

// As recorded of AWS by the tests of LocalStack (test_create_lambda_exceptions, 2026-01).
test('of a list of texts the whole is told, with all that each must satisfy', () => {
  const limits = {
    Architectures: { max: 1, each: { values: ['x86_64', 'arm64'], notNull: true } },
    Layers: { each: { min: 1, max: 4, pattern: /arn:.+/ } },
  };
  const given = { ...good, Architectures: ['X86_64'], Layers: ['arn:1', 'arn'] };
  expect(
    violationsOf(lambda, CREATE_FUNCTION, given, limits).map(({ path, value, constraint }) => [
      path,
      value,
      constraint,
    ]),
  ).toEqual([
    [
      'layers',
      ['arn:1', 'arn'],
      'Member must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: arn:.+]',
    ],
    [
      'architectures',
      ['X86_64'],
      'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
    ],
  ]);
});
