import { randomUUID } from 'node:crypto';
import * as sdk from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import type { Properties, ResourceContext, ResourceType } from '../../../../core/resource-type.js';
import { testCloud } from '../../../../testing/index.js';
import { iam } from '../../../iam/index.js';
import { definitionOf, functionUri, lambdaOf } from '../../fixtures/functions.js';
import { apigateway } from '../../index.js';
import { resourceTypes } from '../../resources/index.js';

/** Deploys single resources as CloudFormation would, by the root of account 000000000000. */
async function stackIn() {
  const echo = (event: Record<string, unknown>) => ({ body: String(event.path) });
  const cloud = await testCloud({ services: [apigateway, iam, lambdaOf({ echo })] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const context: ResourceContext = {
    account: '000000000000',
    region: 'eu-west-1',
    stackId: 'arn:stack',
    stackName: 'WebApi',
    logicalId: 'Api',
    stackTags: { stack: 'WebApi' },
    call: (service, operation, input, resourceId) =>
      cloud.context.dispatch(service, operation, input, {
        account: '000000000000',
        region: 'eu-west-1',
        principal: { kind: 'root', account: '000000000000' },
        requestId: randomUUID(),
        sourceIp: '127.0.0.1',
        ...(resourceId !== undefined && { resourceId }),
      }),
  };
  const type = (name: string): ResourceType => {
    const found = resourceTypes.find((one) => one.type === `AWS::ApiGateway::${name}`);
    if (found === undefined) throw new Error(`no type ${name}`);
    return found;
  };
  return {
    client,
    context,
    type,
    /** Creates a resource, and gives its id and attributes. */
    create: async (name: string, properties: Properties, id?: string) => {
      const made =
        id ?? type(name).newId?.(properties, context) ?? String(properties[type(name).nameProperty ?? ''] ?? name);
      const state = await type(name).create(made, properties, context);
      return { id: made, ...state };
    },
    get: (apiId: string, path: string, init?: RequestInit) => fetch(`${cloud.endpoint}/_api/${apiId}/v1${path}`, init),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

const bodyOf = (operations: Record<string, string>) => JSON.parse(Buffer.from(definitionOf(operations)).toString());

describe('AWS::ApiGateway resource types', () => {
  it('deploy what SpecRestApi synthesizes: API, deployment and stage', async () => {
    await using stack = await stackIn();
    const api = await stack.create('RestApi', {
      Name: 'WebApi',
      Body: bodyOf({ 'GET /users': 'echo' }),
      BinaryMediaTypes: ['image/png'],
      FailOnWarnings: true,
    });
    expect(api.id).toMatch(/^[a-z0-9]{10}$/);
    const { rootResourceId, name, binaryMediaTypes, tags } = await stack.client.send(
      new sdk.GetRestApiCommand({ restApiId: api.id }),
    );
    expect(api.attributes).toEqual({ RootResourceId: rootResourceId, RestApiId: api.id });
    expect({ name, binaryMediaTypes, tags }).toEqual({
      name: 'WebApi',
      binaryMediaTypes: ['image/png'],
      tags: {
        stack: 'WebApi',
        'aws:cloudformation:logical-id': 'Api',
        'aws:cloudformation:stack-id': 'arn:stack',
        'aws:cloudformation:stack-name': 'WebApi',
      },
    });
    const deployment = await stack.create('Deployment', { RestApiId: api.id, Description: 'first' });
    expect(deployment.attributes).toEqual({ DeploymentId: deployment.id });
    await stack.create('Stage', {
      RestApiId: api.id,
      StageName: 'v1',
      DeploymentId: deployment.id,
      Variables: { a: 'b' },
    });
    expect(await (await stack.get(api.id, '/users')).text()).toBe('/users');
  });

  it('can each be created again after a crash', async () => {
    await using stack = await stackIn();
    const properties = { Body: bodyOf({ 'GET /users': 'echo' }) };
    const api = await stack.create('RestApi', properties);
    expect(await stack.create('RestApi', properties, api.id)).toEqual(api);
    const deployment = await stack.create('Deployment', { RestApiId: api.id });
    await stack.create('Deployment', { RestApiId: api.id }, deployment.id);
    expect((await stack.client.send(new sdk.GetDeploymentsCommand({ restApiId: api.id }))).items).toHaveLength(1);
    const stage = { RestApiId: api.id, StageName: 'v1', DeploymentId: deployment.id };
    await stack.create('Stage', stage);
    await stack.create('Stage', stage);
    expect((await stack.client.send(new sdk.GetRestApiCommand({ restApiId: api.id }))).name).toBe('web-api');
  });

  it('change what is served by a new deployment that the stage moves to', async () => {
    await using stack = await stackIn();
    const { context } = stack;
    const before = {
      Name: 'WebApi',
      Description: 'old',
      Body: bodyOf({ 'GET /old': 'echo' }),
      BinaryMediaTypes: ['image/png'],
    };
    const api = await stack.create('RestApi', before);
    const first = await stack.create('Deployment', { RestApiId: api.id });
    const stage = {
      RestApiId: api.id,
      StageName: 'v1',
      DeploymentId: first.id,
      Variables: { a: '1', b: '2' },
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO' }],
    };
    await stack.create('Stage', stage);
    const after = { Name: 'WebApi2', Body: bodyOf({ 'GET /new': 'echo' }) };
    expect(await stack.type('RestApi').update(api.id, after, before, context)).toEqual({ attributes: api.attributes });
    const second = await stack.create('Deployment', { RestApiId: api.id });
    const moved = { RestApiId: api.id, StageName: 'v1', DeploymentId: second.id, Variables: { b: '3' } };
    await stack.type('Stage').update('v1', moved, stage, context);
    await stack.type('Deployment').delete(first.id, { RestApiId: api.id }, context);
    expect([(await stack.get(api.id, '/old')).status, (await stack.get(api.id, '/new')).status]).toEqual([403, 200]);
    const { name, binaryMediaTypes } = await stack.client.send(new sdk.GetRestApiCommand({ restApiId: api.id }));
    expect({ name, binaryMediaTypes }).toEqual({ name: 'WebApi2', binaryMediaTypes: undefined });
    const { variables, methodSettings, deploymentId } = await stack.client.send(
      new sdk.GetStageCommand({ restApiId: api.id, stageName: 'v1' }),
    );
    expect({ variables, methodSettings, deploymentId }).toEqual({
      variables: { b: '3' },
      methodSettings: {},
      deploymentId: second.id,
    });
  });

  it('update an API of properties alone', async () => {
    await using stack = await stackIn();
    const before = { Name: 'a', Description: 'old', BinaryMediaTypes: ['image/png'], MinimumCompressionSize: 10 };
    const api = await stack.create('RestApi', before);
    await stack.type('RestApi').update(api.id, { Name: 'b', BinaryMediaTypes: ['image/gif'] }, before, stack.context);
    const { name, description, binaryMediaTypes, minimumCompressionSize } = await stack.client.send(
      new sdk.GetRestApiCommand({ restApiId: api.id }),
    );
    expect({ name, description, binaryMediaTypes, minimumCompressionSize }).toEqual({
      name: 'b',
      binaryMediaTypes: ['image/gif'],
    });
  });

  it('deploy what RestApi synthesizes: resources, methods, an authorizer, a key and its plan', async () => {
    await using stack = await stackIn();
    const api = await stack.create('RestApi', { Name: 'by-hand' });
    const RestApiId = api.id;
    const validator = await stack.create('RequestValidator', {
      RestApiId,
      Name: 'parameters',
      ValidateRequestParameters: true,
    });
    const users = await stack.create('Resource', {
      RestApiId,
      ParentId: api.attributes?.RootResourceId,
      PathPart: 'users',
    });
    const post = {
      RestApiId,
      ResourceId: users.id,
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      ApiKeyRequired: true,
      RequestValidatorId: validator.id,
      RequestParameters: { 'method.request.querystring.limit': true },
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: functionUri('echo') },
    };
    const method = await stack.create('Method', post);
    await stack.create('Method', {
      RestApiId,
      ResourceId: users.id,
      HttpMethod: 'OPTIONS',
      MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.X-A': true } }],
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
        IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.X-A': "'a'" } }],
      },
    });
    await stack.create('GatewayResponse', { RestApiId, ResponseType: 'INVALID_API_KEY', StatusCode: '402' });
    const authorizer = await stack.create('Authorizer', {
      RestApiId,
      Name: 'user',
      Type: 'TOKEN',
      AuthorizerUri: functionUri('echo'),
      IdentitySource: 'method.request.header.X',
    });
    const deployment = await stack.create('Deployment', { RestApiId });
    await stack.create('Stage', { RestApiId, StageName: 'v1', DeploymentId: deployment.id });
    const key = await stack.create('ApiKey', {
      Enabled: true,
      Value: 'k'.repeat(20),
      StageKeys: [{ RestApiId, StageName: 'v1' }],
    });
    const { stageKeys } = await stack.client.send(new sdk.GetApiKeyCommand({ apiKey: key.id }));
    expect(stageKeys).toEqual([`${RestApiId}/v1`]);
    const plan = await stack.create('UsagePlan', {
      UsagePlanName: 'basic',
      ApiStages: [{ ApiId: RestApiId, Stage: 'v1', Throttle: {} }],
      Throttle: { RateLimit: 10.5, BurstLimit: 5 },
    });
    await stack.create('UsagePlanKey', { KeyId: key.id, KeyType: 'API_KEY', UsagePlanId: plan.id });

    const preflight = await stack.get(RestApiId, '/users', { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('x-a')]).toEqual([204, 'a']);
    expect((await stack.get(RestApiId, '/users?limit=1')).status).toBe(402);
    const headers = { 'x-api-key': 'k'.repeat(20) };
    expect((await stack.get(RestApiId, '/users', { headers })).status).toBe(400);
    expect(await (await stack.get(RestApiId, '/users?limit=1', { headers })).text()).toBe('/users');

    await stack
      .type('Method')
      .update(method.id, { ...post, AuthorizationType: 'CUSTOM', AuthorizerId: authorizer.id }, post, stack.context);
    await stack.type('Method').delete(method.id, post, stack.context);
    await stack.type('Authorizer').delete(authorizer.id, { RestApiId }, stack.context);
    await stack.type('Resource').delete(users.id, { RestApiId }, stack.context);
    await stack.type('RequestValidator').delete(validator.id, { RestApiId }, stack.context);
    expect(
      (await stack.client.send(new sdk.GetResourcesCommand({ restApiId: RestApiId }))).items?.map(({ path }) => path),
    ).toEqual(['/']);
  });

  it('make one of two method responses of one status code, as CDK writes them', async () => {
    await using stack = await stackIn();
    const { id: RestApiId, attributes } = await stack.create('RestApi', { Name: 'by-hand' });
    const parameters = (name: string) => ({ [`method.response.header.${name}`]: true });
    const place = { restApiId: RestApiId, resourceId: String(attributes?.RootResourceId), httpMethod: 'GET' };
    await stack.create('Method', {
      RestApiId,
      ResourceId: place.resourceId,
      HttpMethod: 'GET',
      MethodResponses: [
        { StatusCode: '200', ResponseParameters: parameters('A') },
        { StatusCode: '200', ResponseParameters: parameters('B') },
      ],
    });
    const { methodResponses } = await stack.client.send(new sdk.GetMethodCommand(place));
    expect(methodResponses?.['200']?.responseParameters).toEqual({ ...parameters('A'), ...parameters('B') });
  });

  it('delete everything, and succeed where it is gone already', async () => {
    await using stack = await stackIn();
    const api = await stack.create('RestApi', { Body: bodyOf({ 'GET /users': 'echo' }) });
    const deployment = await stack.create('Deployment', { RestApiId: api.id, StageName: 'v1' });
    for (let round = 0; round < 2; round++) {
      await stack.type('Stage').delete('v1', { RestApiId: api.id }, stack.context);
      await stack.type('Deployment').delete(deployment.id, { RestApiId: api.id, StageName: 'v1' }, stack.context);
      await stack.type('RestApi').delete(api.id, {}, stack.context);
    }
    expect((await stack.client.send(new sdk.GetRestApisCommand({}))).items).toEqual([]);
  });

  it('refuse by name what would change answers and is not there', async () => {
    await using stack = await stackIn();
    await expect(stack.create('RestApi', { Name: 'a', CloneFrom: 'b' })).rejects.toThrow(
      'the property CloneFrom of AWS::ApiGateway::RestApi: not supported',
    );
  });

  it('make a canary and a cache of a stage, and take them away again', async () => {
    await using stack = await stackIn();
    const { id: RestApiId } = await stack.create('RestApi', { Body: bodyOf({ 'GET /users': 'echo' }) });
    const { id: DeploymentId } = await stack.create('Deployment', { RestApiId });
    const stage = { RestApiId, StageName: 'v1', DeploymentId };
    const with_ = {
      ...stage,
      CacheClusterEnabled: true,
      CanarySetting: { DeploymentId, PercentTraffic: '10', StageVariableOverrides: { a: 'b' } },
    };
    await stack.create('Stage', with_);
    const get = () => stack.client.send(new sdk.GetStageCommand({ restApiId: RestApiId, stageName: 'v1' }));
    expect(await get()).toMatchObject({
      cacheClusterEnabled: true,
      cacheClusterSize: '0.5',
      canarySettings: { deploymentId: DeploymentId, percentTraffic: 10, stageVariableOverrides: { a: 'b' } },
    });
    await stack.type('Stage').update('v1', stage, with_, stack.context);
    expect((await get()).canarySettings).toBeUndefined();
  });

  it('keep parts and versions of the documentation, and links to networks', async () => {
    await using stack = await stackIn();
    const { id: RestApiId } = await stack.create('RestApi', { Name: 'api' });
    const part = await stack.create('DocumentationPart', {
      RestApiId,
      Location: { Type: 'API' },
      Properties: '{"description": "a"}',
    });
    await stack.create('DocumentationVersion', { RestApiId, DocumentationVersion: 'v1', Description: 'first' });
    const { items } = await stack.client.send(new sdk.GetDocumentationPartsCommand({ restApiId: RestApiId }));
    expect(items).toMatchObject([{ id: part.id, location: { type: 'API' } }]);
    const version = new sdk.GetDocumentationVersionCommand({ restApiId: RestApiId, documentationVersion: 'v1' });
    expect((await stack.client.send(version)).description).toBe('first');
    const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/net/a/b';
    const link = await stack.create('VpcLink', { Name: 'link', TargetArns: [balancer] });
    expect(await stack.client.send(new sdk.GetVpcLinkCommand({ vpcLinkId: link.id }))).toMatchObject({
      name: 'link',
      status: 'AVAILABLE',
      targetArns: [balancer],
    });
  });

  it('refuse access logs of a REST API in an account that has no role to write them', async () => {
    await using stack = await stackIn();
    const { id: RestApiId } = await stack.create('RestApi', { Body: bodyOf({ 'GET /users': 'echo' }) });
    const { id: DeploymentId } = await stack.create('Deployment', { RestApiId });
    const AccessLogSetting = {
      DestinationArn: 'arn:aws:logs:eu-west-1:000000000000:log-group:access:*',
      Format: '$context.requestId',
    };
    const stage = { RestApiId, StageName: 'v1', DeploymentId, AccessLogSetting };
    await expect(stack.create('Stage', stage)).rejects.toThrow(
      'CloudWatch Logs role ARN must be set in account settings to enable logging',
    );
    await stack.create('Account', { CloudWatchRoleArn: 'arn:aws:iam::000000000000:role/logs' });
    await stack.create('Stage', stage);
    const { accessLogSettings } = await stack.client.send(
      new sdk.GetStageCommand({ restApiId: RestApiId, stageName: 'v1' }),
    );
    expect(accessLogSettings?.format).toBe('$context.requestId');
  });

  it("keep the account's logging role", async () => {
    await using stack = await stackIn();
    const account = await stack.create('Account', { CloudWatchRoleArn: 'arn:aws:iam::000000000000:role/logs' });
    expect(account.attributes).toEqual({ Id: account.id });
    expect((await stack.client.send(new sdk.GetAccountCommand({}))).cloudwatchRoleArn).toBe(
      'arn:aws:iam::000000000000:role/logs',
    );
  });
});
