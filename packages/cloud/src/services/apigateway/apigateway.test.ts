import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { startCloud } from '../../cloud.js';
import { testCloud } from '../../testing/index.js';
import { iam } from '../iam/index.js';
import { sts } from '../sts/index.js';
import { definitionOf, functionUri, type LambdaCall, lambdaOf } from './fixtures/functions.js';
import { apigateway } from './index.js';

type Handler = (event: Record<string, unknown>) => unknown;

async function cloudWith(functions: Readonly<Record<string, Handler>> = {}, allow?: (name: string) => string) {
  const calls: LambdaCall[] = [];
  const cloud = await testCloud({ services: [apigateway, lambdaOf(functions, calls, allow), iam, sts] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  return {
    cloud,
    client,
    calls,
    url: (apiId: string, stage = 'v1') => `${cloud.endpoint}/_api/${apiId}/${stage}`,
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

async function deployed(client: sdk.APIGatewayClient, body: Uint8Array, stageName = 'v1'): Promise<string> {
  const { id = '' } = await client.send(new sdk.ImportRestApiCommand({ body }));
  await client.send(new sdk.CreateDeploymentCommand({ restApiId: id, stageName }));
  return id;
}

const echo: Handler = (event) => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: `${event.httpMethod} ${event.path}`,
});

describe('a deployed REST API', () => {
  it('answers at /_api/<id>/<stage> with what its function answers', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /users/{name}': 'echo' }));
    expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(api.cloud.context.apiIds.has(id)).toBe(true);
    const response = await fetch(`${api.url(id)}/users/john?x=1`);
    expect([response.status, await response.text()]).toEqual([200, 'GET /users/john']);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(api.calls[0]?.event).toMatchObject({
      requestContext: { stage: 'v1', apiId: id, path: '/v1/users/john' },
      queryStringParameters: { x: '1' },
    });
    expect(api.calls[0]?.call.principal).toEqual({
      kind: 'service',
      account: '000000000000',
      service: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:eu-west-1:000000000000:${id}/v1/GET/users/*`,
    });
    expect(api.cloud.events).toContainEqual(
      expect.objectContaining({ kind: 'request', apiId: id, method: 'GET', path: '/users/john', status: 200 }),
    );
  });

  it('answers browsers, and requests to its own host', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /': 'echo' }));
    const response = await fetch(`${api.url(id)}/`, { headers: { origin: 'https://app.test' } });
    expect([response.status, await response.text()]).toEqual([200, 'GET /']);
    expect((await fetch(api.url(id))).status).toBe(200);
  });

  it('answers 403 for what it does not have: Missing Authentication Token, and Forbidden for no such stage', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /users': 'echo' }));
    expect(await (await fetch(`${api.url(id)}/nope`)).text()).toBe('{"message":"Missing Authentication Token"}');
    const noStage = await fetch(`${api.url(id, 'v2')}/users`);
    expect([noStage.status, await noStage.text()]).toEqual([403, '{"message":"Forbidden"}']);
    expect((await fetch(`${api.url('nosuchapi0')}/users`)).status).toBe(403);
  });

  it('answers 500 when the function does not permit the method', async () => {
    await using api = await cloudWith({ echo }, () => 'arn:aws:execute-api:eu-west-1:000000000000:another');
    const id = await deployed(api.client, definitionOf({ 'GET /users': 'echo' }));
    const response = await fetch(`${api.url(id)}/users`);
    expect([response.status, await response.text()]).toEqual([500, '{"message": "Internal server error"}']);
    expect(api.calls).toEqual([]);
    expect(api.cloud.events).toContainEqual(
      expect.objectContaining({ kind: 'accessDenied', action: 'lambda:InvokeFunction', refused: true }),
    );
  });

  it('answers 502 when the function fails', async () => {
    await using api = await cloudWith({
      fails: () => {
        throw new Error('boom');
      },
    });
    const id = await deployed(api.client, definitionOf({ 'GET /': 'fails' }));
    expect((await fetch(`${api.url(id)}/`)).status).toBe(502);
    expect(api.cloud.events).toContainEqual(
      expect.objectContaining({ kind: 'warning', message: expect.stringContaining('boom') }),
    );
  });

  it('serves what was deployed, not what was edited since', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /old': 'echo' }));
    await api.client.send(
      new sdk.PutRestApiCommand({ restApiId: id, mode: 'overwrite', body: definitionOf({ 'GET /new': 'echo' }) }),
    );
    const statuses = async () => [
      (await fetch(`${api.url(id)}/old`)).status,
      (await fetch(`${api.url(id)}/new`)).status,
    ];
    expect(await statuses()).toEqual([200, 403]);
    const { id: deploymentId = '' } = await api.client.send(new sdk.CreateDeploymentCommand({ restApiId: id }));
    expect(await statuses()).toEqual([200, 403]);
    await api.client.send(
      new sdk.UpdateStageCommand({
        restApiId: id,
        stageName: 'v1',
        patchOperations: [{ op: 'replace', path: '/deploymentId', value: deploymentId }],
      }),
    );
    expect(await statuses()).toEqual([403, 200]);
  });

  it('gives the stage variables to the function', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /': 'echo' }));
    await api.client.send(
      new sdk.UpdateStageCommand({
        restApiId: id,
        stageName: 'v1',
        patchOperations: [{ op: 'replace', path: '/variables/colour', value: 'blue' }],
      }),
    );
    await fetch(`${api.url(id)}/`);
    expect(api.calls[0]?.event.stageVariables).toEqual({ colour: 'blue' });
  });

  it('throttles the methods of a stage that has limits', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /': 'echo', 'GET /users/{id}': 'echo' }));
    const limit = (method: string, name: string, value: string) => ({
      op: 'replace' as const,
      path: `/${method}/throttling/${name}`,
      value,
    });
    await api.client.send(
      new sdk.UpdateStageCommand({
        restApiId: id,
        stageName: 'v1',
        patchOperations: [
          limit('~1users~1{id}/GET', 'rateLimit', '0'),
          limit('~1users~1{id}/GET', 'burstLimit', '1'),
          limit('*/*', 'rateLimit', '1000'),
          limit('*/*', 'burstLimit', '1000'),
        ],
      }),
    );
    const statuses: number[] = [];
    for (const path of ['/users/a', '/users/b', '/', '/']) statuses.push((await fetch(`${api.url(id)}${path}`)).status);
    expect(statuses).toEqual([200, 429, 200, 200]);
  });

  it('is gone after its deletion', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /': 'echo' }));
    await api.client.send(new sdk.DeleteRestApiCommand({ restApiId: id }));
    expect((await fetch(`${api.url(id)}/`)).status).toBe(403);
    expect(api.cloud.context.apiIds.has(id)).toBe(false);
    await expect(api.client.send(new sdk.GetStageCommand({ restApiId: id, stageName: 'v1' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Invalid API identifier specified 000000000000:${id}`,
    });
  });

  it('is served again after a restart', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-apigateway-'));
    const start = () => startCloud({ port: 0, dataFolder, services: [apigateway, lambdaOf({ echo }), iam] });
    const config = (cloud: Awaited<ReturnType<typeof start>>) => ({
      endpoint: cloud.endpoint,
      region: 'eu-west-1',
      credentials: cloud.credentials(),
    });
    const first = await start();
    const id = await deployed(new sdk.APIGatewayClient(config(first)), definitionOf({ 'GET /': 'echo' }));
    await first.close();
    const second = await start();
    try {
      expect(second.context.apiIds.has(id)).toBe(true);
      expect(await (await fetch(`${second.endpoint}/_api/${id}/v1/`)).text()).toBe('GET /');
    } finally {
      await second.close();
      await rm(dataFolder, { recursive: true });
    }
  });

  it('lives in its own account and region', async () => {
    await using api = await cloudWith({ echo });
    const id = await deployed(api.client, definitionOf({ 'GET /': 'echo' }));
    const elsewhere = new sdk.APIGatewayClient(api.cloud.clientConfig({ account: '111111111111' }));
    await expect(elsewhere.send(new sdk.GetRestApiCommand({ restApiId: id }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect((await elsewhere.send(new sdk.GetRestApisCommand({}))).items).toEqual([]);
    expect((await api.client.send(new sdk.GetRestApisCommand({}))).items?.map((one) => one.id)).toEqual([id]);
  });
});

describe('the control plane', () => {
  it('builds an API of resources, methods and integrations', async () => {
    await using api = await cloudWith({ echo });
    const { client } = api;
    const { id: restApiId = '', rootResourceId = '' } = await client.send(
      new sdk.CreateRestApiCommand({
        name: 'by-hand',
        binaryMediaTypes: ['image/png'],
        endpointConfiguration: { types: ['REGIONAL'] },
        tags: { a: 'b' },
      }),
    );
    const { id: resourceId = '', path } = await client.send(
      new sdk.CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: '{name}' }),
    );
    expect(path).toBe('/{name}');
    await expect(client.send(new sdk.CreateDeploymentCommand({ restApiId }))).rejects.toMatchObject({
      message: "The REST API doesn't contain any methods",
    });
    const place = { restApiId, resourceId, httpMethod: 'GET' };
    await client.send(new sdk.PutMethodCommand({ ...place, authorizationType: 'NONE' }));
    await expect(client.send(new sdk.CreateDeploymentCommand({ restApiId }))).rejects.toMatchObject({
      message: 'No integration defined for method',
    });
    await client.send(
      new sdk.PutIntegrationCommand({
        ...place,
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri: functionUri('echo'),
      }),
    );
    const options = { ...place, httpMethod: 'OPTIONS' };
    await client.send(new sdk.PutMethodCommand({ ...options, authorizationType: 'NONE' }));
    await client.send(
      new sdk.PutMethodResponseCommand({
        ...options,
        statusCode: '204',
        responseParameters: { 'method.response.header.X-A': false },
      }),
    );
    await client.send(
      new sdk.PutIntegrationCommand({
        ...options,
        type: 'MOCK',
        requestTemplates: { 'application/json': '{statusCode:204}' },
      }),
    );
    await client.send(
      new sdk.PutIntegrationResponseCommand({
        ...options,
        statusCode: '204',
        responseParameters: { 'method.response.header.X-A': "'a'" },
      }),
    );
    await client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName: 'v1' }));

    const preflight = await fetch(`${api.url(restApiId)}/john`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('x-a')]).toEqual([204, 'a']);
    expect(await (await fetch(`${api.url(restApiId)}/john`)).text()).toBe('GET /john');
    const { items } = await client.send(new sdk.GetResourcesCommand({ restApiId, embed: ['methods'] }));
    const embedded = items?.find((one) => one.id === resourceId)?.resourceMethods?.GET;
    expect(embedded).toMatchObject({
      httpMethod: 'GET',
      methodIntegration: { type: 'AWS_PROXY', httpMethod: 'POST', uri: functionUri('echo') },
    });
    expect(await client.send(new sdk.GetIntegrationCommand(options))).toMatchObject({
      type: 'MOCK',
      integrationResponses: { 204: { statusCode: '204' } },
    });
    expect(await client.send(new sdk.GetRestApiCommand({ restApiId }))).toMatchObject({
      name: 'by-hand',
      binaryMediaTypes: ['image/png'],
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { a: 'b' },
      rootResourceId,
    });
    expect((await client.send(new sdk.GetRestApiCommand({ restApiId }))).createdDate).toBeInstanceOf(Date);
  });

  it('keeps the ids of resources that an import leaves in place', async () => {
    await using api = await cloudWith({});
    const { id: restApiId = '', rootResourceId } = await api.client.send(
      new sdk.ImportRestApiCommand({ body: definitionOf({ 'GET /a/b': 'f' }) }),
    );
    const ids = async () =>
      Object.fromEntries(
        (await api.client.send(new sdk.GetResourcesCommand({ restApiId }))).items?.map(({ path, id }) => [path, id]) ??
          [],
      );
    const before = await ids();
    await api.client.send(
      new sdk.PutRestApiCommand({
        restApiId,
        mode: 'overwrite',
        body: definitionOf({ 'POST /a/b': 'f', 'GET /c': 'f' }),
      }),
    );
    const after = await ids();
    expect(after).toEqual({ ...before, '/c': after['/c'] });
    expect(after['/']).toBe(rootResourceId);
  });

  it('imports YAML', async () => {
    await using api = await cloudWith({});
    const body = new TextEncoder().encode("openapi: 3.0.1\ninfo: { title: yaml-api, version: '1' }\npaths: {}\n");
    expect(await api.client.send(new sdk.ImportRestApiCommand({ body }))).toMatchObject({
      name: 'yaml-api',
      version: '1',
    });
  });

  it('refuses what an import may not have', async () => {
    await using api = await cloudWith({});
    const refusal = api.client.send(
      new sdk.ImportRestApiCommand({ body: definitionOf({ 'GET /{a}': 'f', 'GET /{b}/c': 'f' }) }),
    );
    await expect(refusal).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('only one is allowed'),
    });
    expect((await api.client.send(new sdk.GetRestApisCommand({}))).items).toEqual([]);
  });

  it('does not delete a deployment that a stage points to', async () => {
    await using api = await cloudWith({});
    const restApiId = await deployed(api.client, definitionOf({ 'GET /': 'f' }));
    const { items } = await api.client.send(new sdk.GetDeploymentsCommand({ restApiId }));
    const deploymentId = items?.[0]?.id ?? '';
    await expect(api.client.send(new sdk.DeleteDeploymentCommand({ restApiId, deploymentId }))).rejects.toMatchObject({
      message: 'Active stages pointing to this deployment must be moved or deleted',
    });
    await api.client.send(new sdk.DeleteStageCommand({ restApiId, stageName: 'v1' }));
    await api.client.send(new sdk.DeleteDeploymentCommand({ restApiId, deploymentId }));
    expect((await api.client.send(new sdk.GetDeploymentsCommand({ restApiId }))).items).toEqual([]);
  });

  it('keeps what is set of a stage', async () => {
    await using api = await cloudWith({});
    const restApiId = await deployed(api.client, definitionOf({ 'GET /': 'f' }));
    await api.client.send(
      new sdk.UpdateStageCommand({
        restApiId,
        stageName: 'v1',
        patchOperations: [
          { op: 'replace', path: '/*/*/throttling/rateLimit', value: '10' },
          { op: 'replace', path: '/~1users~1{id}/GET/logging/loglevel', value: 'INFO' },
          { op: 'replace', path: '/description', value: 'first' },
        ],
      }),
    );
    expect(await api.client.send(new sdk.GetStageCommand({ restApiId, stageName: 'v1' }))).toMatchObject({
      description: 'first',
      methodSettings: { '*/*': { throttlingRateLimit: 10 }, '~1users~1{id}/GET': { loggingLevel: 'INFO' } },
    });
  });

  it('answers patches that it does not know with their paths', async () => {
    await using api = await cloudWith({});
    const restApiId = await deployed(api.client, definitionOf({ 'GET /': 'f' }));
    const refusal = api.client.send(
      new sdk.UpdateRestApiCommand({ restApiId, patchOperations: [{ op: 'replace', path: '/magic', value: '1' }] }),
    );
    await expect(refusal).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining("Invalid patch path  '/magic' specified for op 'replace'. Must be one of: ["),
    });
  });
});
