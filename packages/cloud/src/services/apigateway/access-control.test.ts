import * as sdk from '@aws-sdk/client-api-gateway';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam } from '../iam/index.js';
import { sts } from '../sts/index.js';
import { definitionOf, functionUri, type LambdaCall, lambdaOf } from './fixtures/functions.js';
import { apigateway } from './index.js';

type Handler = (event: Record<string, unknown>) => unknown;

const echo: Handler = () => ({ statusCode: 200, body: 'in' });

async function cloudWith(functions: Readonly<Record<string, Handler>>) {
  const calls: LambdaCall[] = [];
  const cloud = await testCloud({ services: [apigateway, lambdaOf(functions, calls), iam, sts] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  return {
    cloud,
    client,
    calls,
    /** Deploys an API of `GET /` that asks for this security scheme. */
    deploy: async (scheme: object, more: object = {}) => {
      const document = JSON.parse(Buffer.from(definitionOf({ 'GET /': 'echo' }, more)).toString());
      document.paths['/'].get.security = [{ auth: [] }];
      document.components = {
        securitySchemes: { auth: { type: 'apiKey', name: 'Authorization', in: 'header', ...scheme } },
      };
      const { id = '' } = await client.send(
        new sdk.ImportRestApiCommand({ body: new TextEncoder().encode(JSON.stringify(document)) }),
      );
      await client.send(new sdk.CreateDeploymentCommand({ restApiId: id, stageName: 'v1' }));
      return { id, url: `${cloud.endpoint}/_api/${id}/v1/` };
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

/** Signs a GET with the signer of an SDK client. */
async function signedHeaders(
  url: string,
  credentials: { accessKeyId: string; secretAccessKey: string },
  signingService = 'execute-api',
) {
  const { hostname, host, pathname, port } = new URL(url);
  const client = new sdk.APIGatewayClient({ region: 'eu-west-1', credentials });
  const signer = await client.config.signer();
  const request = {
    method: 'GET',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: pathname,
    query: {},
    headers: { host },
  };
  const signed = await signer.sign(request, { signingService, signingRegion: 'eu-west-1' });
  const { host: _, ...headers } = signed.headers;
  return headers;
}

describe('AWS_IAM methods', () => {
  const scheme = { 'x-amazon-apigateway-authtype': 'awsSigv4' };

  it('let in who signs and may invoke, and tell the function who it is', async () => {
    await using api = await cloudWith({ echo });
    const { url } = await api.deploy(scheme);
    const response = await fetch(url, { headers: await signedHeaders(url, api.cloud.credentials()) });
    expect([response.status, await response.text()]).toEqual([200, 'in']);
    expect(api.calls[0]?.event.requestContext).toMatchObject({
      identity: {
        accountId: '000000000000',
        accessKey: 'GOBLET000000000000',
        userArn: 'arn:aws:iam::000000000000:root',
      },
    });
  });

  it('answer 403 without a signature, with a wrong one, and for another account', async () => {
    await using api = await cloudWith({ echo });
    const { url } = await api.deploy(scheme);
    const answer = async (headers: Record<string, string>) => {
      const response = await fetch(url, { headers });
      return [response.status, response.headers.get('x-amzn-errortype')];
    };
    expect(await answer({})).toEqual([403, 'MissingAuthenticationTokenException']);
    const wrong = { ...api.cloud.credentials(), secretAccessKey: 'x'.repeat(40) };
    expect(await answer(await signedHeaders(url, wrong))).toEqual([403, 'InvalidSignatureException']);
    expect(await answer(await signedHeaders(url, api.cloud.credentials('111111111111')))).toEqual([
      403,
      'AccessDeniedException',
    ]);
    expect(await answer(await signedHeaders(url, api.cloud.credentials(), 'lambda'))).toEqual([
      403,
      'InvalidSignatureException',
    ]);
    expect(api.calls).toEqual([]);
  });
});

describe('Lambda authorizers', () => {
  it('are invoked under their role', async () => {
    const Authorizer: Handler = ({ methodArn }) => ({
      principalId: 'john',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
      },
    });
    await using api = await cloudWith({ echo, Authorizer });
    const roles = new IAMClient(api.cloud.clientConfig());
    const statement = (more: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
    const trust = statement({ Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' });
    await roles.send(new CreateRoleCommand({ RoleName: 'invoker', AssumeRolePolicyDocument: trust }));
    const PolicyDocument = statement({ Action: 'lambda:InvokeFunction', Resource: '*' });
    await roles.send(new PutRolePolicyCommand({ RoleName: 'invoker', PolicyName: 'p', PolicyDocument }));
    roles.destroy();
    const authorizer = { type: 'token', authorizerUri: functionUri('Authorizer') };
    const under = (role: string) =>
      api.deploy({
        'x-amazon-apigateway-authorizer': {
          ...authorizer,
          authorizerCredentials: `arn:aws:iam::000000000000:role/${role}`,
        },
      });
    const headers = { authorization: 'x' };
    expect((await fetch((await under('invoker')).url, { headers })).status).toBe(200);
    expect(api.calls[0]?.call.principal).toMatchObject({ kind: 'assumedRole', roleName: 'invoker' });
    expect((await fetch((await under('nobody')).url, { headers })).status).toBe(500);
  });

  it('are invoked with the permission of the authorizer', async () => {
    const Authorizer: Handler = ({ methodArn }) => ({
      principalId: 'john',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }],
      },
    });
    await using api = await cloudWith({ echo, Authorizer });
    const { id, url } = await api.deploy({
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri('Authorizer') },
    });
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'x' } })).status).toBe(200);
    const { items } = await api.client.send(new sdk.GetAuthorizersCommand({ restApiId: id }));
    expect(items).toMatchObject([
      {
        name: 'auth',
        type: 'TOKEN',
        identitySource: 'method.request.header.Authorization',
      },
    ]);
    expect(api.calls[0]?.call.principal).toMatchObject({
      sourceArn: `arn:aws:execute-api:eu-west-1:000000000000:${id}/authorizers/${items?.[0]?.id}`,
    });
  });

  it('are tested without a deployment', async () => {
    const Authorizer: Handler = ({ authorizationToken, methodArn }) => ({
      principalId: `of ${authorizationToken}`,
      policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: methodArn }] },
    });
    await using api = await cloudWith({ echo, Authorizer });
    const { id: restApiId } = await api.deploy({
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri('Authorizer') },
    });
    const { items } = await api.client.send(new sdk.GetAuthorizersCommand({ restApiId }));
    const test = (headers: Record<string, string>) =>
      api.client.send(new sdk.TestInvokeAuthorizerCommand({ restApiId, authorizerId: items?.[0]?.id, headers }));
    expect(await test({ Authorization: 'x' })).toMatchObject({
      clientStatus: 200,
      principalId: 'of x',
      policy: expect.stringContaining('"Effect":"Deny"'),
      log: expect.stringContaining('Using valid authorizer policy for principal: of x'),
    });
    expect((await test({})).clientStatus).toBe(401);
  });

  it('are created, changed and not deleted while a method needs them', async () => {
    await using api = await cloudWith({ echo });
    const { id: restApiId = '', rootResourceId: resourceId = '' } = await api.client.send(
      new sdk.CreateRestApiCommand({ name: 'a' }),
    );
    const { id: authorizerId = '' } = await api.client.send(
      new sdk.CreateAuthorizerCommand({
        restApiId,
        name: 'user',
        type: 'TOKEN',
        authorizerUri: functionUri('echo'),
        identitySource: 'method.request.header.X',
      }),
    );
    const changed = await api.client.send(
      new sdk.UpdateAuthorizerCommand({
        restApiId,
        authorizerId,
        patchOperations: [{ op: 'replace', path: '/authorizerResultTtlInSeconds', value: '5' }],
      }),
    );
    expect(changed).toMatchObject({
      id: authorizerId,
      authorizerResultTtlInSeconds: 5,
      identitySource: 'method.request.header.X',
    });
    await api.client.send(
      new sdk.PutMethodCommand({ restApiId, resourceId, httpMethod: 'GET', authorizationType: 'CUSTOM', authorizerId }),
    );
    await expect(api.client.send(new sdk.DeleteAuthorizerCommand({ restApiId, authorizerId }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await api.client.send(new sdk.DeleteMethodCommand({ restApiId, resourceId, httpMethod: 'GET' }));
    await api.client.send(new sdk.DeleteAuthorizerCommand({ restApiId, authorizerId }));
    await expect(api.client.send(new sdk.GetAuthorizerCommand({ restApiId, authorizerId }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('API keys', () => {
  it('open the stages of their usage plans', async () => {
    await using api = await cloudWith({ echo });
    const { id, url } = await api.deploy({ name: 'x-api-key' });
    const { id: keyId = '', value = '' } = await api.client.send(
      new sdk.CreateApiKeyCommand({ name: 'partner', enabled: true }),
    );
    const status = async () => (await fetch(url, { headers: { 'x-api-key': value } })).status;
    expect(await status()).toBe(403);
    const { id: usagePlanId = '' } = await api.client.send(
      new sdk.CreateUsagePlanCommand({
        name: 'basic',
        apiStages: [{ apiId: id, stage: 'v1' }],
        quota: { limit: 2, period: 'DAY' },
        throttle: { rateLimit: 100, burstLimit: 10 },
      }),
    );
    await api.client.send(new sdk.CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    expect((await api.client.send(new sdk.GetUsagePlanKeysCommand({ usagePlanId }))).items).toMatchObject([
      { id: keyId, name: 'partner' },
    ]);
    await api.client.send(
      new sdk.UpdateApiKeyCommand({
        apiKey: keyId,
        patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }],
      }),
    );
    expect(await status()).toBe(403);
    expect((await fetch(url)).status).toBe(403);
    expect((await api.client.send(new sdk.GetApiKeyCommand({ apiKey: keyId }))).value).toBeUndefined();
    expect((await api.client.send(new sdk.GetApiKeyCommand({ apiKey: keyId, includeValue: true }))).value).toBe(value);
    await api.client.send(new sdk.DeleteApiKeyCommand({ apiKey: keyId }));
    expect((await api.client.send(new sdk.GetUsagePlanKeysCommand({ usagePlanId }))).items).toEqual([]);
  });
});

describe('gateway responses', () => {
  it('are put, listed and served once deployed', async () => {
    await using api = await cloudWith({ echo });
    const { id: restApiId, url } = await api.deploy({ name: 'x-api-key' });
    await api.client.send(
      new sdk.PutGatewayResponseCommand({
        restApiId,
        responseType: 'INVALID_API_KEY',
        statusCode: '402',
        responseParameters: { 'gatewayresponse.header.x-pay': "'please'" },
        responseTemplates: { 'application/json': '{"said":$context.error.messageString}' },
      }),
    );
    expect((await fetch(url)).status).toBe(403);
    await api.client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
    const response = await fetch(url);
    expect([response.status, response.headers.get('x-pay'), await response.text()]).toEqual([
      402,
      'please',
      '{"said":"Forbidden"}',
    ]);
    const { items } = await api.client.send(new sdk.GetGatewayResponsesCommand({ restApiId }));
    expect(items?.filter(({ defaultResponse }) => !defaultResponse).map(({ responseType }) => responseType)).toEqual([
      'INVALID_API_KEY',
    ]);
    await api.client.send(new sdk.DeleteGatewayResponseCommand({ restApiId, responseType: 'INVALID_API_KEY' }));
    expect(
      await api.client.send(new sdk.GetGatewayResponseCommand({ restApiId, responseType: 'INVALID_API_KEY' })),
    ).toMatchObject({ defaultResponse: true });
  });
});

describe('exports and tags', () => {
  it('exports what can be imported again', async () => {
    await using api = await cloudWith({ echo });
    const { id: restApiId, url } = await api.deploy(
      { name: 'x-api-key' },
      { 'x-amazon-apigateway-binary-media-types': ['image/png'] },
    );
    const exported = await api.client.send(
      new sdk.GetExportCommand({
        restApiId,
        stageName: 'v1',
        exportType: 'oas30',
        parameters: { extensions: 'apigateway' },
      }),
    );
    expect(exported.contentType).toBe('application/octet-stream');
    const body = exported.body ?? new Uint8Array();
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({
      openapi: '3.0.1',
      info: { title: 'web-api' },
      'x-amazon-apigateway-binary-media-types': ['image/png'],
    });
    await api.client.send(new sdk.PutRestApiCommand({ restApiId, mode: 'overwrite', body }));
    await api.client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
    expect((await fetch(url)).status).toBe(403);
  });

  it('tags and untags', async () => {
    await using api = await cloudWith({ echo });
    const { id } = await api.deploy({ name: 'x-api-key' });
    const resourceArn = `arn:aws:apigateway:eu-west-1::/restapis/${id}/stages/v1`;
    await api.client.send(new sdk.TagResourceCommand({ resourceArn, tags: { a: '1', b: '2' } }));
    await api.client.send(new sdk.UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
    expect((await api.client.send(new sdk.GetTagsCommand({ resourceArn }))).tags).toEqual({ b: '2' });
  });
});
