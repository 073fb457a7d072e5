import * as v2 from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { apigateway } from '../index.js';

async function cloudWithClient() {
  const cloud = await testCloud({ services: [apigateway] });
  const client = new v2.ApiGatewayV2Client({ ...cloud.clientConfig(), maxAttempts: 1 });
  return {
    client,
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

it('keeps links to networks, with their tags', async () => {
  await using cloud = await cloudWithClient();
  const { client } = cloud;
  const { VpcLinkId } = await client.send(
    new v2.CreateVpcLinkCommand({ Name: 'link', SubnetIds: ['subnet-1'], Tags: { a: 'b' } }),
  );
  await client.send(new v2.UpdateVpcLinkCommand({ VpcLinkId, Name: 'other' }));
  expect((await client.send(new v2.GetVpcLinksCommand({}))).Items).toEqual([
    {
      CreatedDate: expect.any(Date),
      Name: 'other',
      SecurityGroupIds: [],
      SubnetIds: ['subnet-1'],
      Tags: { a: 'b' },
      VpcLinkId,
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkVersion: 'V2',
    },
  ]);
  const ResourceArn = `arn:aws:apigateway:eu-west-1::/vpclinks/${VpcLinkId}`;
  expect((await client.send(new v2.GetTagsCommand({ ResourceArn }))).Tags).toEqual({ a: 'b' });
  await client.send(new v2.DeleteVpcLinkCommand({ VpcLinkId }));
  await expect(client.send(new v2.GetVpcLinkCommand({ VpcLinkId }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});

it('takes single settings of a stage away', async () => {
  await using cloud = await cloudWithClient();
  const { client } = cloud;
  const { ApiId } = await client.send(new v2.CreateApiCommand({ Name: 'api', ProtocolType: 'HTTP' }));
  const stage = { ApiId, StageName: 'dev' };
  await client.send(
    new v2.CreateStageCommand({
      ...stage,
      RouteSettings: { 'GET /': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } },
    }),
  );
  const remove = new v2.DeleteRouteSettingsCommand({ ...stage, RouteKey: 'GET /' });
  await client.send(remove);
  await client.send(new v2.DeleteAccessLogSettingsCommand(stage));
  await client.send(new v2.ResetAuthorizersCacheCommand(stage));
  expect((await client.send(new v2.GetStageCommand(stage))).RouteSettings).toEqual({});
  await expect(client.send(remove)).rejects.toMatchObject({ name: 'NotFoundException' });
});
