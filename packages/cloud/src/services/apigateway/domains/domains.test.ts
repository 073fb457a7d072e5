import { request } from 'node:http';
import * as sdk from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { iam } from '../../iam/index.js';
import { definitionOf, lambdaOf } from '../fixtures/functions.js';
import { apigateway } from '../index.js';
import { mappingOf } from '../serving/domain-mapping.js';

/** A cloud with an API of one function, at two stages, and a domain. */
async function cloudWithDomain() {
  const echo = ({ path, requestContext }: Record<string, unknown>) => ({
    body: JSON.stringify({ path, contextPath: Reflect.get(Object(requestContext), 'path') }),
  });
  const cloud = await testCloud({ services: [apigateway, lambdaOf({ echo }), iam] });
  const client = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { id: restApiId = '' } = await client.send(
    new sdk.ImportRestApiCommand({ body: definitionOf({ 'GET /users': 'echo', 'GET /': 'echo' }) }),
  );
  for (const stageName of ['v1', 'v2']) await client.send(new sdk.CreateDeploymentCommand({ restApiId, stageName }));
  const domainName = 'api.shop.example';
  const regionalCertificateArn = 'arn:aws:acm:eu-west-1:000000000000:certificate/a';
  const created = await client.send(
    new sdk.CreateDomainNameCommand({
      domainName,
      regionalCertificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
    }),
  );
  return {
    client,
    restApiId,
    domainName,
    created,
    map: (basePath: string | undefined, stage: string | undefined) =>
      client.send(new sdk.CreateBasePathMappingCommand({ domainName, restApiId, stage, basePath })),
    /** Status and body of a request whose Host is `host`. */
    get: (host: string, path: string) =>
      new Promise<readonly [number, string]>((resolve, reject) => {
        const sent = request(`${cloud.endpoint}${path}`, { headers: { host } }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (text) => {
            body += text;
          });
          response.on('end', () => resolve([response.statusCode ?? 0, body]));
        });
        sent.on('error', reject).end();
      }),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await cloud.close();
    },
  };
}

describe('a custom domain name', () => {
  it('serves the stage that the longest path is mapped to, and tells the function the whole path', async () => {
    await using cloud = await cloudWithDomain();
    await cloud.map(undefined, 'v1');
    await cloud.map('shop', 'v2');
    const answer = (path: string) => [200, JSON.stringify({ path, contextPath: path })];
    expect(await cloud.get('api.shop.example', '/users')).toEqual(answer('/users'));
    expect(await cloud.get('API.shop.example:4566', '/shop/users')).toEqual(answer('/shop/users'));
    expect(await cloud.get('api.shop.example.localhost:4566', '/shop')).toEqual(answer('/shop'));
    expect((await cloud.get('api.shop.example', '/shopping'))[0]).toBe(403);
  });

  it('takes the stage from the path where the mapping has none', async () => {
    await using cloud = await cloudWithDomain();
    const { basePath, stage } = await cloud.map('shop', undefined);
    expect([basePath, stage]).toEqual(['shop', undefined]);
    const answer = [200, JSON.stringify({ path: '/shop/v2/users', contextPath: '/shop/v2/users' })];
    expect(await cloud.get('api.shop.example', '/shop/v2/users')).toEqual(answer);
    expect((await cloud.get('api.shop.example', '/shop/v3/users'))[0]).toBe(403);
    expect((await cloud.get('api.shop.example', '/shop'))[0]).toBe(403);
  });

  it('answers 403 where nothing is mapped, and a stranger is not answered at all', async () => {
    await using cloud = await cloudWithDomain();
    expect(await cloud.get('api.shop.example', '/users')).toEqual([403, '{"message":"Forbidden"}']);
    const [status, body] = await cloud.get('other.shop.example', '/users');
    expect([status, body]).toEqual([403, expect.stringContaining('does not answer for the host')]);
  });

  it('does not lead to the control plane', async () => {
    await using cloud = await cloudWithDomain();
    expect(await cloud.get('api.shop.example', '/restapis')).toEqual([403, '{"message":"Forbidden"}']);
    expect(await cloud.get('api.shop.example', '/_goblet/health')).toEqual([403, '{"message":"Forbidden"}']);
  });

  it('is the only way to an API whose own endpoint is disabled', async () => {
    await using cloud = await cloudWithDomain();
    const { client, restApiId } = cloud;
    await cloud.map('shop', 'v1');
    const patchOperations = [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' } as const];
    await client.send(new sdk.UpdateRestApiCommand({ restApiId, patchOperations }));
    expect((await cloud.get('127.0.0.1', `/_api/${restApiId}/v1/users`))[0]).toBe(403);
    expect((await cloud.get('api.shop.example', '/shop/users'))[0]).toBe(200);
  });

  it('is told of, changed and deleted as on AWS', async () => {
    await using cloud = await cloudWithDomain();
    const { client, domainName, restApiId, created } = cloud;
    expect(created.regionalDomainName).toMatch(/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/);
    await expect(client.send(new sdk.CreateDomainNameCommand({ domainName }))).rejects.toThrow(
      'The domain name you provided already exists.',
    );
    await cloud.map('shop', 'v1');
    await expect(cloud.map('shop', 'v2')).rejects.toThrow('Base path already exists for this domain name');
    await expect(cloud.map('a/b', 'v2')).rejects.toThrow('Base path may only contain');
    await expect(cloud.map('other', 'v3')).rejects.toThrow('Invalid stage identifier specified');
    const patchOperations = [{ op: 'replace', path: '/stage', value: 'v2' } as const];
    await client.send(new sdk.UpdateBasePathMappingCommand({ domainName, basePath: 'shop', patchOperations }));
    const { items } = await client.send(new sdk.GetBasePathMappingsCommand({ domainName }));
    expect(items).toEqual([{ basePath: 'shop', restApiId, stage: 'v2' }]);
    await client.send(new sdk.DeleteBasePathMappingCommand({ domainName, basePath: 'shop' }));
    await client.send(new sdk.DeleteDomainNameCommand({ domainName }));
    await expect(client.send(new sdk.GetDomainNameCommand({ domainName }))).rejects.toThrow(
      'Invalid domain name identifier specified',
    );
  });
});

it('a mapping of several levels wins over those of fewer', () => {
  const mappings = ['', 'shop', 'shop/v1', 'shop/v10'].map((basePath) => ({
    id: basePath,
    basePath,
    apiId: 'a',
    stage: 's',
  }));
  const domain = {
    domainName: 'a.example',
    endpointType: 'REGIONAL',
    securityPolicy: 'TLS_1_2',
    target: '',
    created: 0,
    tags: {},
  } as const;
  const chosen = (path: string) => mappingOf({ ...domain, mappings }, path)?.basePath;
  expect(['/', '/shopping', '/shop', '/shop/v1', '/shop/v1/users', '/shop/v10/users', '/shop/v2'].map(chosen)).toEqual([
    ...['', '', 'shop', 'shop/v1', 'shop/v1', 'shop/v10', 'shop'],
  ]);
});
