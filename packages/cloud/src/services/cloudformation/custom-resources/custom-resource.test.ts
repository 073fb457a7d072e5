import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { type TestCloud, testCloud } from '../../../testing/index.js';

const TRUST = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

/** Answers as AWS's own `cfn-response` does: over HTTPS, to the host and path of the URL. */
const PROVIDER = `
const https = require('https');
exports.handler = (event, context) => {
  const { Say, Id, ...others } = event.ResourceProperties;
  if (Say === 'nothing') throw new Error('broken');
  const fails = Say === event.RequestType;
  const Data = { Asked: event.RequestType, Number: others.Number, Old: event.OldResourceProperties && event.OldResourceProperties.Id };
  const body = JSON.stringify({
    Status: fails ? 'FAILED' : 'SUCCESS', Reason: 'as asked', PhysicalResourceId: Id || event.PhysicalResourceId,
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, Data,
  });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const options = { hostname, port: 443, path: pathname + search, method: 'PUT', headers: { 'content-type': '', 'content-length': body.length } };
  const request = https.request(options, () => context.done());
  request.on('error', (error) => context.done(error));
  request.end(body);
};`;

const template = (properties: object, more: object = {}) =>
  JSON.stringify({
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns: [BASIC] } },
      Provider: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: PROVIDER },
          ...more,
        },
      },
      Thing: {
        Type: 'Custom::Thing',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties },
      },
    },
    Outputs: {
      Ref: { Value: { Ref: 'Thing' } },
      Asked: { Value: { 'Fn::GetAtt': ['Thing', 'Asked'] } },
      Number: { Value: { 'Fn::GetAtt': ['Thing', 'Number'] } },
    },
  });

function stackIn(cloud: TestCloud) {
  const client = new CloudFormationClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const StackName = 'app';
  const more = { StackName, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
  const ended = async (id = StackName) =>
    vi.waitFor(
      async () => {
        const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: id }));
        expect(Stacks?.[0]?.StackStatus).not.toMatch(/IN_PROGRESS$/);
        return Stacks?.[0];
      },
      { timeout: 20_000, interval: 20 },
    );
  return {
    client,
    create: async (TemplateBody: string) => {
      await client.send(new CreateStackCommand({ ...more, TemplateBody }));
      return ended();
    },
    update: async (TemplateBody: string) => {
      await client.send(new UpdateStackCommand({ ...more, TemplateBody }));
      return ended();
    },
    remove: async () => {
      const id = (await ended())?.StackId;
      await client.send(new DeleteStackCommand({ StackName }));
      return ended(id);
    },
    outputs: async () =>
      Object.fromEntries((await ended())?.Outputs?.map((one) => [one.OutputKey, one.OutputValue]) ?? []),
    /** What happened to the custom resource: its physical id and status, oldest first. */
    events: async () => {
      const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.filter(({ LogicalResourceId }) => LogicalResourceId === 'Thing').reverse();
    },
  };
}

describe('a custom resource', () => {
  test('is what its provider answers, gets its properties as text, and goes by it', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    expect((await stack.create(template({ Id: 'thing-1', Number: 5 })))?.StackStatus).toBe('CREATE_COMPLETE');
    expect(await stack.outputs()).toEqual({ Ref: 'thing-1', Asked: 'Create', Number: '5' });
    expect((await stack.remove())?.StackStatus).toBe('DELETE_COMPLETE');
  });

  test('is replaced where its provider answers an update with another id', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    await stack.create(template({ Id: 'thing-1', Number: 1 }));
    await stack.update(template({ Id: 'thing-1', Number: 2 }));
    expect(await stack.outputs()).toEqual({ Ref: 'thing-1', Asked: 'Update', Number: '2' });
    await stack.update(template({ Id: 'thing-2', Number: 2 }));
    expect((await stack.outputs()).Ref).toBe('thing-2');
    const gone = (await stack.events()).filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_COMPLETE');
    expect(gone.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual(['thing-1']);
  });

  test('that its provider refuses fails with the reason, and rolls the stack back', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    const made = await stack.create(template({ Id: 'thing-1', Say: 'Create' }));
    expect(made?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const failed = (await stack.events()).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed?.ResourceStatusReason).toMatch(
      /^Received response status \[FAILED\] from custom resource\. Message returned: as asked \(RequestId: /,
    );
  });

  test('takes its old id back when the update that replaced it is rolled back', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    await stack.create(template({ Id: 'thing-1', Number: 1 }));
    const broken = JSON.parse(template({ Id: 'thing-2', Number: 1 }));
    broken.Resources.Queue = {
      Type: 'AWS::SQS::Queue',
      Properties: { VisibilityTimeout: 999_999_999 },
      DependsOn: 'Thing',
    };
    expect((await stack.update(JSON.stringify(broken)))?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await stack.events()).at(-1)).toMatchObject({
      PhysicalResourceId: 'thing-2',
      ResourceStatus: 'DELETE_COMPLETE',
    });
    expect((await stack.outputs()).Ref).toBe('thing-1');
  });

  test('fails at once where its function fails without an answer, and says what the function said', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    expect((await stack.create(template({ Say: 'nothing' })))?.StackStatus).toBe('ROLLBACK_FAILED');
    const [failed] = (await stack.events()).filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed?.ResourceStatusReason).toContain('failed without a response');
    expect(failed?.ResourceStatusReason).toContain('broken');
  });

  test('fails where no answer comes in time', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    const silent = { Code: { ZipFile: 'exports.handler = async () => {}' } };
    await stack.create(template({ ServiceTimeout: 1 }, silent));
    const [failed] = (await stack.events()).filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed?.ResourceStatusReason).toContain('did not receive a response');
  });

  test('of a function in a language that does not run here says so', async () => {
    await using cloud = await testCloud();
    const stack = stackIn(cloud);
    await stack.create(template({}, { Runtime: 'python3.12', Code: { ZipFile: 'def handler(event, context): pass' } }));
    const [failed] = (await stack.events()).filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed?.ResourceStatusReason).toContain('the runtime python3.12 does not run in the local cloud');
  });
});

describe("CDK's providers in Python are done by the cloud", () => {
  const python = { Runtime: 'python3.13', Code: { ZipFile: 'pass' } };
  const typed = (type: string, properties: object) => {
    const made = JSON.parse(template(properties, python));
    made.Resources.Thing.Type = type;
    delete made.Outputs;
    return JSON.stringify(made);
  };

  test('files are deployed into a bucket, and what is there besides goes', async () => {
    await using cloud = await testCloud();
    const s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
    for (const Bucket of ['assets', 'site']) await s3.send(new CreateBucketCommand({ Bucket }));
    const zip = zipSync({ 'index.html': strToU8('<p>{{url}}</p>'), 'img/a.png': strToU8('png') });
    await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'site.zip', Body: zip }));
    await s3.send(new PutObjectCommand({ Bucket: 'site', Key: 'v1/old.html', Body: 'old' }));
    const properties = {
      SourceBucketNames: ['assets'],
      SourceObjectKeys: ['site.zip'],
      SourceMarkers: [{ '{{url}}': 'https://api.example' }],
      DestinationBucketName: 'site',
      DestinationBucketKeyPrefix: 'v1',
      Prune: true,
      RetainOnDelete: false,
      SystemMetadata: { 'cache-control': 'no-cache' },
    };
    const stack = stackIn(cloud);
    expect((await stack.create(typed('Custom::CDKBucketDeployment', properties)))?.StackStatus).toBe('CREATE_COMPLETE');
    const keys = async () =>
      (await s3.send(new ListObjectsV2Command({ Bucket: 'site' }))).Contents?.map(({ Key }) => Key) ?? [];
    expect(await keys()).toEqual(['v1/img/a.png', 'v1/index.html']);
    const page = await s3.send(new GetObjectCommand({ Bucket: 'site', Key: 'v1/index.html' }));
    expect([await page.Body?.transformToString(), page.ContentType, page.CacheControl]).toEqual([
      '<p>https://api.example</p>',
      'text/html',
      'no-cache',
    ]);
    await stack.remove();
    expect(await keys()).toEqual([]);
  });
});
