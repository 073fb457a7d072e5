import { CreateStackCommand, GetTemplateCommand, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { stackCloud } from './fixtures/stack-cloud.js';
import { expandLanguageExtensions } from './template/language-extensions.js';
import { evaluationOf, processTemplate } from './template/process-template.js';
import { templateRoot } from './template/template.js';
import { declaredTransforms } from './template/transforms.js';

const TRANSFORM = { Transform: 'AWS::LanguageExtensions' };
const values = new Map<string, string | readonly string[]>([
  ['Names', ['a', 'b-2']],
  ['Env', 'prod'],
  ['AWS::Region', 'eu-west-1'],
]);
const topic = (Properties: object, more: object = {}) => ({ Type: 'AWS::SNS::Topic', Properties, ...more });

/** The template as the macro leaves it. */
function expand(template: object) {
  const root = templateRoot(JSON.stringify({ ...TRANSFORM, ...template }));
  const isExtended = declaredTransforms(root).length > 0;
  const expanded = isExtended ? expandLanguageExtensions(root, evaluationOf(root, values)) : root;
  const { processed = '{}' } = processTemplate(root, expanded, values);
  return JSON.parse(processed);
}

describe('Fn::ForEach', () => {
  test('makes a resource of each item, with the item in keys, strings and Refs', () => {
    const body = {
      'Topic&{Name}': topic({ TopicName: { 'Fn::Join': ['.', [{ Ref: 'Name' }, 'fifo']] }, DisplayName: 'of ${Name}' }),
    };
    const { Resources, Transform } = expand({ Resources: { 'Fn::ForEach::Topics': ['Name', { Ref: 'Names' }, body] } });
    expect(Transform).toBeUndefined();
    expect(Resources).toEqual({
      Topica: topic({ TopicName: 'a.fifo', DisplayName: 'of a' }),
      Topicb2: topic({ TopicName: 'b-2.fifo', DisplayName: 'of b-2' }),
    });
  });

  test('loops within loops, in properties, conditions and outputs', () => {
    const expanded = expand({
      Conditions: {
        'Fn::ForEach::Is': ['E', ['prod', 'dev'], { 'Is${E}': { 'Fn::Equals': [{ Ref: 'Env' }, '${E}'] } }],
      },
      Resources: {
        'Fn::ForEach::Outer': [
          'P',
          ['A', 'B'],
          {
            'Fn::ForEach::Inner': [
              'S',
              ['1', '2'],
              { 'T${P}${S}': topic({ DisplayName: { 'Fn::Sub': '${P}-${S}' } }) },
            ],
          },
        ],
      },
      Outputs: { 'Fn::ForEach::Arns': ['P', ['A', 'B'], { 'Arn${P}': { Value: { Ref: 'T${P}1' } } }] },
    });
    expect(Object.keys(expanded.Resources)).toEqual(['TA1', 'TA2', 'TB1', 'TB2']);
    expect(expanded.Resources.TB1.Properties.DisplayName).toBe('B-1');
    expect(expanded.Conditions).toEqual({
      Isprod: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
      Isdev: { 'Fn::Equals': [{ Ref: 'Env' }, 'dev'] },
    });
    expect(expanded.Outputs).toEqual({ ArnA: { Value: { Ref: 'TA1' } }, ArnB: { Value: { Ref: 'TB1' } } });
  });

  test('of another layout is refused in the words of the macro', () => {
    expect(() => expand({ Resources: { 'Fn::ForEach::T': ['Name', { Ref: 'Env' }, { T: topic({}) }] } })).toThrow(
      'Transform AWS::LanguageExtensions failed with: Fn::ForEach layout is incorrect.',
    );
  });
});

test('Fn::Length counts a list, and functions of known values are evaluated', () => {
  const { Resources } = expand({
    Resources: {
      A: topic({ Count: { 'Fn::Length': { Ref: 'Names' } }, Where: { 'Fn::Sub': '${AWS::Region}/${Env}' } }),
      B: topic({ Of: { Ref: 'A' }, Mixed: { 'Fn::Sub': '${A} in ${Env}' } }),
    },
  });
  expect(Resources.A.Properties).toEqual({ Count: 2, Where: 'eu-west-1/prod' });
  expect(Resources.B.Properties).toEqual({ Of: { Ref: 'A' }, Mixed: { 'Fn::Sub': '${A} in ${Env}' } });
});

test('Fn::ToJsonString of known values is their text, and of resources is written at the deployment', async () => {
  await using cloud = await stackCloud();
  const template = {
    ...TRANSFORM,
    Resources: {
      A: topic({ TopicName: 'a' }),
      B: topic({ DisplayName: { 'Fn::ToJsonString': { list: [1, 'two'] } } }),
      C: topic({ DisplayName: { 'Fn::ToJsonString': { of: { 'Fn::GetAtt': ['A', 'TopicName'] } } } }),
    },
  };
  await cloud.deploy('app', template);
  const made = [...cloud.shop.things.values()].map(({ DisplayName }) => DisplayName);
  expect(made).toEqual(expect.arrayContaining(['{"list":[1,"two"]}', '{"of":"a"}']));
});

test('Fn::FindInMap falls back to its default value', () => {
  const { Resources } = expand({
    Mappings: { M: { dev: { Size: '1' } } },
    Resources: { A: topic({ Size: { 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'Size', { DefaultValue: '9' }] } }) },
  });
  expect(Resources.A.Properties.Size).toBe('9');
});

test('the functions of the extensions need the transform', () => {
  const root = templateRoot(JSON.stringify({ Resources: { A: topic({ Count: { 'Fn::Length': [1] } }) } }));
  expect(() => processTemplate(root, root, values)).toThrow('need the transform AWS::LanguageExtensions');
});

test('a deletion policy may depend on conditions and parameters, without a transform', () => {
  const template = {
    Conditions: { Keep: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
    Mappings: { M: { prod: { Policy: 'Retain' } } },
    Resources: {
      A: topic({}, { DeletionPolicy: { 'Fn::If': ['Keep', 'Retain', 'Delete'] } }),
      B: topic({}, { UpdateReplacePolicy: { 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'Policy'] } }),
    },
  };
  const root = templateRoot(JSON.stringify(template));
  const { resources } = processTemplate(root, root, values).template;
  expect([resources.A?.deletionPolicy, resources.B?.updateReplacePolicy]).toEqual(['Retain', 'Retain']);
});

test('a stack keeps both templates, and secrets are in neither', async () => {
  await using cloud = await stackCloud();
  const template = {
    ...TRANSFORM,
    Parameters: { Names: { Type: 'CommaDelimitedList' }, Secret: { Type: 'String', NoEcho: true } },
    Resources: {
      'Fn::ForEach::T': ['Name', { Ref: 'Names' }, { 'T${Name}': topic({ DisplayName: { Ref: 'Secret' } }) }],
    },
  };
  const TemplateBody = JSON.stringify(template);
  const Parameters = [
    { ParameterKey: 'Names', ParameterValue: 'a,b' },
    { ParameterKey: 'Secret', ParameterValue: 'hidden' },
  ];
  const create = { StackName: 'app', TemplateBody, Parameters };
  await expect(cloud.client.send(new CreateStackCommand(create))).rejects.toMatchObject({
    name: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
  });
  await cloud.client.send(new CreateStackCommand({ ...create, Capabilities: ['CAPABILITY_AUTO_EXPAND'] }));
  expect(Object.keys(await cloud.resources('app')).sort()).toEqual(['Ta', 'Tb']);
  const read = async (TemplateStage: 'Original' | 'Processed') =>
    (await cloud.client.send(new GetTemplateCommand({ StackName: 'app', TemplateStage }))).TemplateBody;
  expect(await read('Original')).toBe(TemplateBody);
  const processed = (await read('Processed')) ?? '';
  expect(JSON.parse(processed).Resources.Ta.Properties).toEqual({ DisplayName: { Ref: 'Secret' } });
  expect(processed).not.toContain('hidden');
  const { DeclaredTransforms } = await cloud.client.send(new ValidateTemplateCommand({ TemplateBody }));
  expect(DeclaredTransforms).toEqual(['AWS::LanguageExtensions']);
});
