import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '../../../../../../tests/property-runs.js';
import { type Evaluation, evaluate, evaluateCondition, KNOWN_AFTER_APPLY } from './evaluate.js';
import type { Json } from './json.js';

const evaluation: Evaluation = {
  values: new Map<string, Json>([
    ['AWS::Region', 'eu-west-1'],
    ['Name', 'web'],
    ['List', ['a', 'b']],
  ]),
  mappings: { Sizes: { small: { memory: 128 } } },
  condition: (name) => name === 'Yes',
  resource: (logicalId) =>
    logicalId === 'Table'
      ? { ref: 'table-1', attribute: (name) => `${name} of table-1` }
      : logicalId === 'New'
        ? { ref: KNOWN_AFTER_APPLY, attribute: () => KNOWN_AFTER_APPLY }
        : undefined,
  importValue: (name) => `imported ${name}`,
};
const value = (template: Json): unknown => evaluate(template, evaluation);

describe('each function gives what AWS documents', () => {
  test.each<[string, Json, unknown]>([
    ['Ref of a parameter', { Ref: 'Name' }, 'web'],
    ['Ref of a resource', { Ref: 'Table' }, 'table-1'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Arn of table-1'],
    ['GetAtt as a string', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Stream.Arn of table-1'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1]] }, 'a-web-1'],
    ['Join of a list parameter', { 'Fn::Join': ['', { Ref: 'List' }] }, 'ab'],
    [
      'Sub',
      { 'Fn::Sub': '${Name}/${Table}/${Table.Arn}/${!Raw}/${AWS::Region}' },
      'web/table-1/Arn of table-1/${Raw}/eu-west-1',
    ],
    ['Sub with variables', { 'Fn::Sub': ['${Name} ${v}', { v: { Ref: 'Table' } }] }, 'web table-1'],
    ['Select', { 'Fn::Select': [1, { Ref: 'List' }] }, 'b'],
    ['Select with a text index', { 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
    ['Split', { 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
    ['If', { 'Fn::If': ['Yes', 1, 2] }, 1],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'small', 'memory'] }, 128],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-x' } }, 'imported web-x'],
    ['Base64', { 'Fn::Base64': 'hé' }, 'aMOp'],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['Cidr', { 'Fn::Cidr': ['192.168.0.0/24', 3, 5] }, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']],
    [
      'Condition as a policy key',
      { Condition: { StringEquals: { a: 'b' } } },
      { Condition: { StringEquals: { a: 'b' } } },
    ],
    ['Condition as a plain key', { Condition: 'text' }, { Condition: 'text' }],
  ])('%s', (_name, template, expected) => {
    expect(value(template)).toEqual(expected);
  });
});

test('conditions compare numbers, booleans and text alike', () => {
  expect(evaluateCondition({ 'Fn::Equals': [true, 'true'] }, evaluation)).toBe(true);
  expect(
    evaluateCondition({ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, evaluation),
  ).toBe(true);
  expect(evaluateCondition({ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'b'] }] }, evaluation)).toBe(false);
});

test('AWS::NoValue takes its member or item away', () => {
  const none = { Ref: 'AWS::NoValue' };
  expect(value({ a: none, b: [1, none, 2], c: { 'Fn::If': ['No', 1, none] } })).toEqual({ b: [1, 2] });
});

describe('mistakes are refused in the words of CloudFormation', () => {
  test.each<[Json, string]>([
    [
      { 'Fn::Select': [5, ['a']] },
      'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    ],
    [
      { 'Fn::Select': [5, { 'Fn::Split': [',', 'a,b'] }] },
      'Template error: Fn::Select cannot select nonexistent value at index 5',
    ],
    [{ 'Fn::FindInMap': ['Sizes', 'big', 'memory'] }, 'Template error: Unable to get mapping for Sizes::big::memory'],
    [{ 'Fn::GetAtt': ['Nope', 'Arn'] }, 'Template error: instance of Fn::GetAtt references undefined resource Nope'],
    [
      { Ref: 'Nope' },
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [{ 'Fn::Transform': { Name: 'x' } }, 'Template error: Fn::Transform is not supported by this cloud'],
    [
      { Ref: 'constructor' },
      'Template format error: Unresolved resource dependencies [constructor] in the Resources block of the template',
    ],
  ])('%j', (template, message) => {
    expect(() => value(template)).toThrow(message);
  });
});

test('what only a deployment can know spreads through every function', () => {
  const arn = { 'Fn::GetAtt': ['New', 'Arn'] };
  expect(value({ 'Fn::Select': [5, { 'Fn::Split': [':', arn] }] })).toBe(KNOWN_AFTER_APPLY);
  expect(value({ 'Fn::Join': ['', ['a', arn]] })).toBe(KNOWN_AFTER_APPLY);
  expect(value({ 'Fn::Base64': arn })).toBe(KNOWN_AFTER_APPLY);
});

const plainKey = fc.string().filter((key) => key !== 'Ref' && key !== 'Condition' && !key.startsWith('Fn::'));
const plain: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(plainKey, tie('json'), { maxKeys: 4 }),
  ),
})).json;

test('a value without functions is its own value', () => {
  fc.assert(
    fc.property(plain, (json) => {
      expect(JSON.stringify(value(json))).toBe(JSON.stringify(json));
    }),
  );
});

test('Split undoes Join where the delimiter is in no part', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((text) => text.replaceAll('|', '')),
        { minLength: 1 },
      ),
      (parts) => {
        expect(value({ 'Fn::Split': ['|', { 'Fn::Join': ['|', parts] }] })).toEqual(parts);
      },
    ),
  );
});

test('Sub of text without variables is that text, and with an escape is the variable as text', () => {
  const text = fc.string().map((part) => part.replaceAll('$', ''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(value({ 'Fn::Sub': `${before}\${!v}${after}` })).toBe(`${before}\${v}${after}`);
    }),
  );
});

test('no input makes the evaluator fail otherwise than by a validation error', () => {
  const name = fc.constantFrom(
    'Ref',
    'Fn::GetAtt',
    'Fn::Join',
    'Fn::Sub',
    'Fn::Select',
    'Fn::Split',
    'Fn::If',
    'Fn::FindInMap',
    'Fn::Cidr',
    'Fn::GetAZs',
    'Fn::Equals',
    'Fn::Not',
    'Fn::And',
    'Fn::Nope',
  );
  const wild = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      plain,
      fc.constant(null),
      fc.tuple(name, tie('json')).map(([key, argument]): Json => ({ [key]: argument })),
      fc.array(tie('json'), { maxLength: 3 }),
    ),
  })).json;
  fc.assert(
    fc.property(wild, (json) => {
      try {
        value(json);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ValidationError' });
      }
    }),
    { numRuns: propertyRuns(500) },
  );
});
