import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { resourceContext } from '../lambda/fixtures/resource-context.js';
import { logs } from './index.js';
import { logGroup } from './resources/log-group.js';

test('a log group of a stack is made, changed and deleted', async () => {
  await using cloud = await testCloud({ services: [logs], iam: 'off' });
  const client = new CloudWatchLogsClient(cloud.clientConfig());
  const context = resourceContext(cloud, 'Log');
  const described = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups?.[0];
  const properties = { RetentionInDays: 7, Tags: [{ Key: 'a', Value: 'b' }] };
  const state = await logGroup.create('/users', properties, context);
  expect(state.attributes?.Arn).toBe('arn:aws:logs:eu-west-1:000000000000:log-group:/users:*');
  expect(await described()).toMatchObject({ logGroupName: '/users', retentionInDays: 7 });
  await logGroup.create('/users', properties, context);
  await expect(logGroup.create('/users', properties, resourceContext(cloud, 'Other'))).rejects.toMatchObject({
    code: 'ResourceAlreadyExistsException',
  });
  await logGroup.update('/users', {}, properties, context);
  expect((await described())?.retentionInDays).toBeUndefined();
  await logGroup.delete('/users', {}, context);
  await logGroup.delete('/users', {}, context);
  expect(await described()).toBeUndefined();
});
