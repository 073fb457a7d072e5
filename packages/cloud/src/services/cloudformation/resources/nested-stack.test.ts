import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test, vi } from 'vitest';
import { s3 as s3Service } from '../../s3/index.js';
import { fakeService, stackCloud, workshop } from '../fixtures/stack-cloud.js';
import { cloudFormation } from '../index.js';

const CHILD = (queue: object) =>
  JSON.stringify({
    Parameters: { Name: { Type: 'String' } },
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: queue } },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
  });

/** A cloud with S3, and templates for nested stacks in a bucket. */
async function nestedCloud() {
  const shop = workshop();
  const cloud = await stackCloud(shop, { services: [cloudFormation, fakeService(shop), s3Service] });
  const s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
  const parent = async (child: string, version: string) => {
    await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: `${version}.json`, Body: child }));
    return JSON.stringify({
      Resources: {
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: {
            TemplateURL: `https://s3.eu-west-1.amazonaws.com/assets/${version}.json`,
            Parameters: { Name: 'jobs' },
          },
        },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] } } },
      },
    });
  };
  const ended = (StackName: string) =>
    vi.waitFor(async () => {
      const { Stacks } = await cloud.client.send(new DescribeStacksCommand({ StackName }));
      expect(Stacks?.[0]?.StackStatus).not.toMatch(/IN_PROGRESS$/);
      return Stacks?.[0];
    });
  const nestedId = async () => (await cloud.resources('app')).Nested?.[0] ?? '';
  return { ...cloud, parent, ended, nestedId };
}

const NAMED = { QueueName: { Ref: 'Name' } };

test('a nested stack is made, changed and deleted with its parent, which sees its outputs', async () => {
  await using cloud = await nestedCloud();
  const { client, shop } = cloud;
  await client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: await cloud.parent(CHILD(NAMED), 'v1') }));
  expect((await cloud.ended('app'))?.StackStatus).toBe('CREATE_COMPLETE');
  const id = await cloud.nestedId();
  expect(id).toMatch(/^arn:aws:cloudformation:eu-west-1:000000000000:stack\/app-Nested-[A-Z2-7]{12}\//);
  const nested = await cloud.ended(id);
  expect([nested?.StackStatus, nested?.ParentId]).toEqual(['CREATE_COMPLETE', (await cloud.ended('app'))?.StackId]);
  expect([...shop.things.values()]).toContainEqual({ DisplayName: 'arn:fake:jobs' });

  const changed = await cloud.parent(CHILD({ ...NAMED, DelaySeconds: 5 }), 'v2');
  await client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: changed }));
  expect((await cloud.ended('app'))?.StackStatus).toBe('UPDATE_COMPLETE');
  expect(await cloud.nestedId()).toBe(id);
  expect(shop.things.get('jobs')).toMatchObject({ DelaySeconds: 5 });

  await client.send(new DeleteStackCommand({ StackName: 'app' }));
  await vi.waitFor(() => expect([...shop.things.keys()]).toEqual([]));
  expect((await cloud.ended(id))?.StackStatus).toBe('DELETE_COMPLETE');
});

test('what fails in a nested stack fails its parent, and is rolled back with it', async () => {
  await using cloud = await nestedCloud();
  cloud.shop.hook = ({ what, logicalId }) => {
    if (what === 'create' && logicalId === 'Queue') throw new Error('no room');
  };
  const TemplateBody = await cloud.parent(CHILD(NAMED), 'v1');
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody }));
  expect((await cloud.ended('app'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(cloud.shop.things.size).toBe(0);
});
