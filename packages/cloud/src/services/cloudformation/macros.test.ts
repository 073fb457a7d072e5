import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

const ROLE = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Does what the parameter `Mode` says. */
const MACRO = `
exports.handler = async ({ requestId, fragment, params, ...event }) => {
  const answer = (more) => ({ requestId, status: 'success', fragment, ...more });
  switch (params.Mode) {
    case 'fail': return answer({ status: 'failed', errorMessage: 'it is asked to' });
    case 'silent': return answer({ status: 'failed' });
    case 'text': return answer({ fragment: 'invalid' });
    case 'throw': throw new Error('broken');
    case 'other': return answer({ requestId: 'another' });
    case 'value': return answer({ fragment: event.templateParameterValues.Input + '-' + params.Suffix });
    case 'event':
      fragment.Resources.Topic.Properties.DisplayName = JSON.stringify({ ...event, params });
      return answer();
    default:
      return answer({ fragment: JSON.parse(JSON.stringify(fragment).replaceAll('<here>', params.Text + ' <here>')) });
  }
};`;

const SETUP = JSON.stringify({
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: ROLE } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: MACRO },
      },
    },
    Macro: {
      Type: 'AWS::CloudFormation::Macro',
      Properties: { Name: 'Change', FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] } },
    },
  },
  Outputs: { Macro: { Value: { Ref: 'Macro' } } },
});

const use = (Parameters: object) => ({ Name: 'Change', Parameters });
const topic = (Properties: object) => ({ Type: 'AWS::SNS::Topic', Properties });
const Capabilities = ['CAPABILITY_AUTO_EXPAND' as const, 'CAPABILITY_IAM' as const];

let cloud: TestCloud;
let client: CloudFormationClient;
beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFormationClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await create('macro', SETUP);
});
afterAll(async () => {
  client.destroy();
  await cloud.close();
});

async function create(StackName: string, template: string | object, more: object = {}) {
  const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities, ...more }));
  return vi.waitFor(async () => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]?.StackStatus).not.toMatch(/IN_PROGRESS$/);
    return Stacks?.[0];
  }, 20_000);
}

async function processed(StackName: string) {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Processed' }));
  return JSON.parse(TemplateBody);
}

describe('macros of functions', () => {
  test('run from the innermost outwards, each on what the one before has left', async () => {
    const stack = await create('order', {
      Transform: [use({ Text: 'third' }), use({ Text: 'fourth' })],
      Resources: {
        Topic: topic({
          DisplayName: '<here>',
          'Fn::Transform': [use({ Text: 'first' }), use({ Text: { 'Fn::Join': ['-', ['sec', 'ond']] } })],
        }),
      },
    });
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(await processed('order')).toEqual({
      Resources: { Topic: topic({ DisplayName: 'first sec-ond third fourth <here>' }) },
    });
  });

  test('get the account, region, parameters and values', async () => {
    await create('event', {
      Transform: use({ Mode: 'event', Of: { Ref: 'Input' } }),
      Parameters: { Input: { Type: 'CommaDelimitedList', Default: 'a,b' } },
      Resources: { Topic: topic({}) },
    });
    const { DisplayName } = (await processed('event')).Resources.Topic.Properties;
    expect(JSON.parse(DisplayName)).toEqual({
      region: 'eu-west-1',
      accountId: '000000000000',
      transformId: '000000000000::Change',
      params: { Mode: 'event', Of: ['a', 'b'] },
      templateParameterValues: { Input: ['a', 'b'] },
    });
  });

  test('may stand for a value', async () => {
    await create('value', {
      Parameters: { Input: { Type: 'String', Default: 'test' } },
      Resources: { Topic: topic({ DisplayName: { 'Fn::Transform': use({ Mode: 'value', Suffix: 'x' }) } }) },
    });
    expect((await processed('value')).Resources.Topic.Properties).toEqual({ DisplayName: 'test-x' });
  });

  test.each([
    ['fail', 'Transform 000000000000::Change failed with: it is asked to. Rollback requested by user.'],
    ['silent', 'Transform 000000000000::Change failed without an error message.. Rollback requested by user.'],
    ['text', 'Template format error: unsupported structure.. Rollback requested by user.'],
    ['throw', 'Received malformed response from transform 000000000000::Change. Rollback requested by user.'],
    ['other', 'Received malformed response from transform 000000000000::Change. Rollback requested by user.'],
  ])('that %s roll the stack back', async (Mode, reason) => {
    const stack = await create(`bad-${Mode}`, { Transform: use({ Mode }), Resources: { Topic: topic({}) } });
    expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: `bad-${Mode}` }));
    expect(StackEvents.map((event) => [event.ResourceStatus, event.ResourceStatusReason])).toEqual([
      ['ROLLBACK_COMPLETE', undefined],
      ['ROLLBACK_IN_PROGRESS', reason],
      ['CREATE_IN_PROGRESS', 'User Initiated'],
    ]);
  });

  test('that are not there fail a change set', async () => {
    const TemplateBody = JSON.stringify({ Transform: 'Nothing', Resources: { Topic: topic({}) } });
    const { Id } = await client.send(
      new CreateChangeSetCommand({ StackName: 'none', ChangeSetName: 'a', ChangeSetType: 'CREATE', TemplateBody }),
    );
    expect(await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }))).toMatchObject({
      Status: 'FAILED',
      StatusReason: 'No transform named 000000000000::Nothing found.',
    });
  });

  test('must be acknowledged, wherever they stand', async () => {
    const embedded = { Resources: { Topic: topic({ 'Fn::Transform': 'Change' }) } };
    await expect(create('embedded', embedded, { Capabilities: [] })).rejects.toThrow(
      'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
    );
  });

  test('have names that are texts', async () => {
    const named = { Transform: [{ Name: { Ref: 'Which' } }], Resources: { Topic: topic({}) } };
    await expect(create('named', named)).rejects.toThrow('Key Name of transform definition must be a string.');
  });

  test('are declared in the summary of a template, which does not run them', async () => {
    const TemplateBody = JSON.stringify({
      Transform: 'Nothing',
      Resources: { Topic: topic({ 'Fn::Transform': 'Nothing' }), Other: { 'Fn::Transform': 'Nothing' } },
    });
    expect(await client.send(new GetTemplateSummaryCommand({ TemplateBody }))).toMatchObject({
      DeclaredTransforms: ['Nothing'],
      ResourceTypes: ['AWS::SNS::Topic'],
    });
  });
});

describe('AWS::Include', () => {
  const include = { Name: 'AWS::Include', Parameters: { Location: { 'Fn::Sub': 's3://parts-${AWS::Region}/part' } } };
  beforeAll(async () => {
    const s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'parts-eu-west-1' }));
    await s3.send(new PutObjectCommand({ Bucket: 'parts-eu-west-1', Key: 'part', Body: 'Type: AWS::SNS::Topic\n' }));
    s3.destroy();
  });

  test('completes a resource with the content of an object', async () => {
    const stack = await create('include', { Resources: { Topic: { 'Fn::Transform': include } } });
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(await processed('include')).toEqual({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  });

  test('says why where there is no object', async () => {
    const Location = 's3://parts-eu-west-1/nothing';
    const missing = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } } };
    const stack = await create('missing', { Resources: { Topic: missing } });
    expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
  });
});

test('AWS::Serverless is refused by its name', async () => {
  const sam = { Transform: 'AWS::Serverless-2016-10-31', Globals: {}, Resources: { Topic: topic({}) } };
  await expect(create('sam', sam)).rejects.toThrow(
    'Transform AWS::Serverless-2016-10-31 is not supported by this cloud',
  );
});
