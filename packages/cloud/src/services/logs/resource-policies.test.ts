import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteResourcePolicyCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { internalCall } from '../../core/internal-call.js';
import { testCloud } from '../../testing/index.js';
import { resourceContext } from '../lambda/fixtures/resource-context.js';
import { logs } from './index.js';
import { resourcePolicy } from './resources/resource-policy.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const policyFor = (group: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Events',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `arn:aws:logs:eu-west-1:000000000000:log-group:${group}:*`,
      },
    ],
  });

async function logsCloud() {
  const cloud = await testCloud({ services: [logs] });
  const client = new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await client.send(new CreateLogGroupCommand({ logGroupName: '/aws/events/orders' }));
  const createStream = (logStreamName: string) => {
    const principal = { kind: 'service', account: SCOPE.account, service: 'events.amazonaws.com' } as const;
    const input = { logGroupName: '/aws/events/orders', logStreamName };
    return cloud.context.dispatch('logs', 'CreateLogStream', input, internalCall(SCOPE, principal));
  };
  return { ...cloud, client, createStream };
}

test('a service writes to the groups that a resource policy opens to it, and to no others', async () => {
  await using cloud = await logsCloud();
  const put = (policyName: string, group: string) =>
    cloud.client.send(new PutResourcePolicyCommand({ policyName, policyDocument: policyFor(group) }));
  await put('others', '/aws/events/others');
  await expect(cloud.createStream('a')).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await put('orders', '/aws/events/*');
  await cloud.createStream('a');
  const { resourcePolicies } = await cloud.client.send(new DescribeResourcePoliciesCommand({}));
  expect(resourcePolicies?.map(({ policyName }) => policyName)).toEqual(['orders', 'others']);
  const remove = new DeleteResourcePolicyCommand({ policyName: 'orders' });
  await cloud.client.send(remove);
  await expect(cloud.createStream('b')).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(cloud.client.send(remove)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('ten policies are enough, and a text that is no policy is refused', async () => {
  await using cloud = await logsCloud();
  const put = (policyName: string, policyDocument = policyFor('x')) =>
    cloud.client.send(new PutResourcePolicyCommand({ policyName, policyDocument }));
  for (let index = 0; index < 10; index++) await put(`policy-${index}`);
  await put('policy-0');
  await expect(put('policy-10')).rejects.toMatchObject({ name: 'LimitExceededException' });
  await expect(put('policy-0', '{}')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('a stack makes, changes and deletes a resource policy', async () => {
  await using cloud = await logsCloud();
  const context = resourceContext(cloud, 'Policy');
  const before = { PolicyName: 'orders', PolicyDocument: policyFor('other') };
  const after = { PolicyName: 'orders', PolicyDocument: policyFor('/aws/events/orders') };
  await resourcePolicy.create('orders', before, context);
  await resourcePolicy.update('orders', after, before, context);
  await cloud.createStream('a');
  await resourcePolicy.delete('orders', after, context);
  await resourcePolicy.delete('orders', after, context);
  await expect(cloud.createStream('b')).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
