import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { logs as service } from './index.js';

test('a query is saved, changed, found by the beginning of its name and deleted', async () => {
  await using cloud = await testCloud({ services: [service], iam: 'off' });
  const logs = new CloudWatchLogs({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { queryDefinitionId } = await logs.putQueryDefinition({ name: 'errors', queryString: 'fields @message' });
  await logs.putQueryDefinition({ queryDefinitionId, name: 'errors', queryString: 'limit 1', logGroupNames: ['a'] });
  const found = async (queryDefinitionNamePrefix: string) =>
    (await logs.describeQueryDefinitions({ queryDefinitionNamePrefix })).queryDefinitions;
  expect(await found('err')).toMatchObject([{ queryDefinitionId, queryString: 'limit 1', logGroupNames: ['a'] }]);
  expect(await found('other')).toEqual([]);
  expect((await logs.deleteQueryDefinition({ queryDefinitionId })).success).toBe(true);
  await expect(logs.deleteQueryDefinition({ queryDefinitionId })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
