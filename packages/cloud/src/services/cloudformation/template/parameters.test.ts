import { describe, expect, test } from 'vitest';
import { type GivenParameter, parameterJson, resolveParameters } from './parameters.js';
import { checkRules } from './rules.js';
import { parseTemplate, type Template } from './template.js';

const declaring = (parameters: object, more: object = {}): Template =>
  parseTemplate(JSON.stringify({ Parameters: parameters, Resources: { A: { Type: 'T' } }, ...more }));
const give = (values: Record<string, string>): GivenParameter[] =>
  Object.entries(values).map(([key, value]) => ({ key, value, usePreviousValue: false }));
const noSsm = async (): Promise<Map<string, string>> => new Map();

test('a value comes from the request, else from the default', async () => {
  const template = declaring({ A: { Type: 'String', Default: 'a' }, B: { Type: 'Number', Default: 2 } });
  const values = await resolveParameters(template, give({ A: 'x' }), new Map(), noSsm);
  expect(values).toEqual([
    { key: 'A', value: 'x', noEcho: false },
    { key: 'B', value: '2', noEcho: false },
  ]);
});

test('UsePreviousValue takes the value of the last deployment, not the default', async () => {
  const template = declaring({ A: { Type: 'String', Default: 'a', NoEcho: true } });
  const previous = new Map([['A', { key: 'A', value: 'old', noEcho: true }]]);
  const values = await resolveParameters(template, [{ key: 'A', usePreviousValue: true }], previous, noSsm);
  expect(values).toEqual([{ key: 'A', value: 'old', noEcho: true }]);
});

test('an SSM parameter is read by its name', async () => {
  const template = declaring({ V: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk/version' } });
  const [value] = await resolveParameters(
    template,
    [],
    new Map(),
    async (names) => new Map(names.map((name) => [name, '33'])),
  );
  expect(value).toEqual({ key: 'V', value: '/cdk/version', resolvedValue: '33', noEcho: false });
  await expect(resolveParameters(template, [], new Map(), noSsm)).rejects.toThrow(
    'Unable to fetch parameters [/cdk/version] from parameter store for this account.',
  );
});

test('list types are lists to Ref', async () => {
  const template = declaring({ L: { Type: 'CommaDelimitedList' }, S: { Type: 'String' } });
  const declared = (name: string) => template.parameters[name] ?? { type: 'String', noEcho: false };
  expect(parameterJson({ key: 'L', value: 'a, b', noEcho: false }, declared('L'))).toEqual(['a', 'b']);
  expect(parameterJson({ key: 'L', value: '', noEcho: false }, declared('L'))).toEqual(['']);
  expect(parameterJson({ key: 'S', value: 'a, b', noEcho: false }, declared('S'))).toBe('a, b');
});

describe('values that break a constraint', () => {
  test.each<[object, string, string]>([
    [{ Type: 'String', AllowedValues: ['a', 'b'] }, 'c', "Parameter 'P' must be one of AllowedValues"],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'ab1', "Parameter 'P' must match pattern [a-z]+"],
    [
      { Type: 'String', AllowedPattern: '[a-z]+', ConstraintDescription: 'letters only' },
      '1',
      'Parameter P failed to satisfy constraint: letters only',
    ],
    [{ Type: 'String', MinLength: 3 }, 'ab', "Parameter 'P' must contain at least 3 characters"],
    [{ Type: 'String', MaxLength: '3' }, 'abcd', "Parameter 'P' must contain at most 3 characters"],
    [{ Type: 'Number' }, 'x', "Parameter 'P' must be a number"],
    [{ Type: 'Number', MinValue: 2 }, '1', "Parameter 'P' must be a number not less than 2"],
    [{ Type: 'Number', MaxValue: 2 }, '3', "Parameter 'P' must be a number not greater than 2"],
  ])('%j %s', async (declared, value, message) => {
    await expect(resolveParameters(declaring({ P: declared }), give({ P: value }), new Map(), noSsm)).rejects.toThrow(
      message,
    );
  });
});

test('missing and undeclared parameters are named', async () => {
  const template = declaring({ A: { Type: 'String' }, B: { Type: 'String' } });
  await expect(resolveParameters(template, [], new Map(), noSsm)).rejects.toThrow(
    'Parameters: [A, B] must have values',
  );
  await expect(resolveParameters(template, give({ Z: '1' }), new Map(), noSsm)).rejects.toThrow(
    'Parameters: [Z] do not exist in the template',
  );
});

describe('rules', () => {
  const bootstrap = (version: string): void =>
    checkRules(
      declaring(
        {},
        {
          Rules: {
            CheckBootstrapVersion: {
              Assertions: [
                {
                  Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }] },
                  AssertDescription: "CDK bootstrap stack version 6 required. Please run 'cdk bootstrap'",
                },
              ],
            },
          },
        },
      ),
      { values: new Map([['BootstrapVersion', version]]), mappings: {} },
    );

  test("CDK's bootstrap check lets a new version pass", () => {
    expect(() => bootstrap('33')).not.toThrow();
  });

  test("CDK's bootstrap check refuses an old version in its own words", () => {
    expect(() => bootstrap('5')).toThrow("CDK bootstrap stack version 6 required. Please run 'cdk bootstrap'");
  });

  test('a rule whose condition does not hold is not looked at', () => {
    const template = declaring(
      {},
      {
        Rules: {
          R: { RuleCondition: { 'Fn::Equals': ['a', 'b'] }, Assertions: [{ Assert: { 'Fn::Equals': ['a', 'b'] } }] },
        },
      },
    );
    expect(() => checkRules(template, { values: new Map(), mappings: {} })).not.toThrow();
  });
});
