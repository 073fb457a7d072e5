import * as sdk from '@aws-sdk/client-api-gateway';
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { iam } from '../../iam/index.js';
import { logs } from '../../logs/index.js';
import { sts } from '../../sts/index.js';
import { definitionOf, lambdaOf } from '../fixtures/functions.js';
import { apigateway } from '../index.js';

test('the access log of a REST API is written by the role of the account, and a warning says what that role lacks', async () => {
  await using cloud = await testCloud({ services: [apigateway, lambdaOf({ echo: () => ({}) }), iam, logs, sts] });
  const options = { ...cloud.clientConfig(), maxAttempts: 1 };
  const clients = {
    api: new sdk.APIGatewayClient(options),
    iam: new IAMClient(options),
    logs: new CloudWatchLogsClient(options),
  };
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const RoleName = 'Writer';
  const { Role } = await clients.iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const logGroupName = 'access';
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
  const { id: restApiId = '' } = await clients.api.send(
    new sdk.ImportRestApiCommand({ body: definitionOf({ 'GET /': 'echo' }) }),
  );
  await clients.api.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const replace = (path: string, value: string) => ({ op: 'replace', path, value }) as const;
  await clients.api.send(
    new sdk.UpdateAccountCommand({ patchOperations: [replace('/cloudwatchRoleArn', Role?.Arn ?? '')] }),
  );
  await clients.api.send(
    new sdk.UpdateStageCommand({
      restApiId,
      stageName: 'v1',
      patchOperations: [
        replace('/accessLogSettings/destinationArn', `arn:aws:logs:eu-west-1:000000000000:log-group:${logGroupName}`),
        replace('/accessLogSettings/format', '$context.requestId $context.status'),
      ],
    }),
  );
  const call = async () => {
    const response = await fetch(`${cloud.endpoint}/_api/${restApiId}/v1/`);
    return `${response.headers.get('x-amzn-requestid')} ${response.status}`;
  };
  const warnings = () => cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));

  await call();
  await expect
    .poll(warnings, { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/the access log of .*\/v1 is not written to access: .*logs:CreateLogStream/));

  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }],
  };
  await clients.iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'Write', PolicyDocument: JSON.stringify(policy) }),
  );
  const line = await call();
  const lines = async () => {
    const { events = [] } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName }));
    return events.map(({ message }) => message);
  };
  await expect.poll(lines, { timeout: 20_000 }).toEqual([line]);
  for (const client of Object.values(clients)) client.destroy();
});
