import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  GetStackPolicyCommand,
  SetStackPolicyCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { type StackCloud, stackCloud } from './fixtures/stack-cloud.js';
import { denialBy, parseStackPolicy } from './stack/stack-policy.js';

const app = { StackName: 'app' };
const policy = (...Statement: object[]) => JSON.stringify({ Statement });
const every = { Principal: '*', Action: 'Update:*', Resource: '*' };
const ALLOW = { Effect: 'Allow', ...every };
const DENY = { Effect: 'Deny', ...every };
const body = (DisplayName: string, more: object = {}) =>
  JSON.stringify({ Resources: { A: { Type: 'AWS::SNS::Topic', Properties: { DisplayName } }, ...more } });

async function deployed(StackPolicyBody?: string): Promise<StackCloud> {
  const cloud = await stackCloud();
  await cloud.client.send(new CreateStackCommand({ ...app, TemplateBody: body('one'), StackPolicyBody }));
  return cloud;
}

const reasons = async (cloud: StackCloud) =>
  (await cloud.client.send(new DescribeStackEventsCommand(app))).StackEvents?.filter(
    ({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED',
  ).map(({ ResourceStatusReason }) => ResourceStatusReason);

describe('a stack policy', () => {
  test('is set, read and emptied', async () => {
    await using cloud = await deployed();
    const read = async () => (await cloud.client.send(new GetStackPolicyCommand(app))).StackPolicyBody;
    expect(await read()).toBeUndefined();
    for (const StackPolicyBody of [policy(ALLOW), '{}']) {
      await cloud.client.send(new SetStackPolicyCommand({ ...app, StackPolicyBody }));
      expect(await read()).toBe(StackPolicyBody);
    }
  });

  test("of one update is the stack's until the update ends", async () => {
    await using cloud = await deployed(policy(DENY));
    const read = async () => (await cloud.client.send(new GetStackPolicyCommand(app))).StackPolicyBody;
    const seen: unknown[] = [];
    cloud.shop.hook = async ({ what }) => {
      if (what === 'update') seen.push(await read());
    };
    const StackPolicyDuringUpdateBody = policy(ALLOW);
    await cloud.client.send(new UpdateStackCommand({ ...app, TemplateBody: body('two'), StackPolicyDuringUpdateBody }));
    expect([...seen, await read()]).toEqual([StackPolicyDuringUpdateBody, policy(DENY)]);
  });

  test('denies an update, which is rolled back', async () => {
    await using cloud = await deployed(policy(DENY));
    await cloud.client.send(new UpdateStackCommand({ ...app, TemplateBody: body('two') }));
    expect(await reasons(cloud)).toEqual([
      'Action denied by stack policy: Statement [#1] does not allow [Update:*] for resource [*]',
    ]);
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(cloud.shop.log()).toEqual(['create A']);
  });

  test('keeps a resource that the template no longer has', async () => {
    const B = { B: { Type: 'AWS::SQS::Queue' } };
    await using cloud = await stackCloud();
    await cloud.client.send(
      new CreateStackCommand({
        ...app,
        TemplateBody: body('one', B),
        StackPolicyBody: policy(ALLOW, { ...DENY, Action: 'Update:Delete' }),
      }),
    );
    await cloud.client.send(new UpdateStackCommand({ ...app, TemplateBody: body('one') }));
    expect(Object.keys(await cloud.resources('app'))).toEqual(['A', 'B']);
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('of one update counts for that update alone', async () => {
    await using cloud = await deployed(policy(DENY));
    const StackPolicyDuringUpdateBody = policy(ALLOW);
    await cloud.client.send(new UpdateStackCommand({ ...app, TemplateBody: body('two'), StackPolicyDuringUpdateBody }));
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_COMPLETE');
    const { StackPolicyBody } = await cloud.client.send(new GetStackPolicyCommand(app));
    expect(StackPolicyBody).toBe(policy(DENY));
  });

  test('comes in one way', async () => {
    await using cloud = await deployed();
    const both = { StackPolicyBody: policy(ALLOW), StackPolicyURL: 'https://s3.amazonaws.com/bucket/key' };
    await expect(cloud.client.send(new SetStackPolicyCommand({ ...app, ...both }))).rejects.toThrow(
      'You cannot specify both StackPolicyURL and StackPolicyBody',
    );
  });
});

test.each([
  ['what is no JSON', 'no'],
  ['another principal', policy({ ...DENY, Principal: 'me' })],
  ['another action', policy({ ...DENY, Action: 'Delete:*' })],
  ['another element', policy({ ...DENY, Extra: 1 })],
])('%s is no stack policy', (_what, text) => {
  expect(() => parseStackPolicy(text)).toThrow('Error validating stack policy: Invalid stack policy');
});

const topic = { logicalId: 'Topic', type: 'AWS::SNS::Topic' };

test.each<[what: string, text: string | undefined, denied: boolean]>([
  ['no policy', undefined, false],
  ['a policy that does not speak of it', policy({ ...ALLOW, Resource: 'LogicalResourceId/Other' }), true],
  ['a pattern of its logical id', policy({ ...ALLOW, Resource: 'LogicalResourceId/To*' }), false],
  [
    'everything but another',
    policy(ALLOW, { ...DENY, NotResource: 'LogicalResourceId/Topic', Resource: undefined }),
    false,
  ],
  [
    'a condition on its type',
    policy(ALLOW, { ...DENY, Condition: { StringEquals: { ResourceType: [topic.type] } } }),
    true,
  ],
  [
    'a condition on another type',
    policy(ALLOW, { ...DENY, Condition: { StringLike: { ResourceType: 'AWS::SQS::*' } } }),
    false,
  ],
  ['a Deny after an Allow', policy(ALLOW, { ...DENY, Action: 'Update:Modify' }), true],
  ['a Deny of another action', policy(ALLOW, { ...DENY, Action: ['Update:Replace', 'Update:Delete'] }), false],
])('under %s', (_what, text, denied) => {
  expect(denialBy(text, 'Update:Modify', topic) !== undefined).toBe(denied);
});
