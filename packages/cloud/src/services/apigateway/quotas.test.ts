import * as sdk from '@aws-sdk/client-api-gateway';
import { describe, expect, test } from 'vitest';
import type { Quotas } from '../../core/quotas.js';
import { rootCall } from '../../testing/fixtures/root-call.js';
import { testCloud } from '../../testing/index.js';
import { definitionOf, functionUri } from './fixtures/functions.js';
import { apigateway } from './index.js';

const times = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

async function cloudWith(quotas: Partial<Quotas> = {}) {
  const cloud = await testCloud({ services: [apigateway], quotas });
  const rest = new sdk.APIGatewayClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  return {
    rest,
    /** An operation of the API Gateway V2 API, or why it was refused. */
    http: (operation: string, input: object): Promise<Record<string, unknown>> =>
      cloud.context.dispatch('apigateway', `V2${operation}`, input, rootCall),
    [Symbol.asyncDispose]: async () => {
      rest.destroy();
      await cloud.close();
    },
  };
}

const resources = (count: number) => definitionOf(Object.fromEntries(times(count, (n) => [`GET /r${n}`, 'f'])));
const importing = (body: Uint8Array) => new sdk.ImportRestApiCommand({ body });
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );

const NO_MORE_RESOURCES =
  'LimitExceededException: Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.';

describe('a REST API', () => {
  test('has 300 resources at most, its root among them', async () => {
    await using cloud = await cloudWith();
    expect(await refusal(cloud.rest.send(importing(resources(300))))).toBe(NO_MORE_RESOURCES);
    expect(await cloud.rest.send(new sdk.GetRestApisCommand({}))).toMatchObject({ items: [] });

    const { id: restApiId, rootResourceId: parentId } = await cloud.rest.send(importing(resources(299)));
    const more = new sdk.CreateResourceCommand({ restApiId, parentId, pathPart: 'more' });
    expect(await refusal(cloud.rest.send(more))).toBe(NO_MORE_RESOURCES);
    const put = (mode: 'merge' | 'overwrite', body: Uint8Array) => new sdk.PutRestApiCommand({ restApiId, mode, body });
    expect(await refusal(cloud.rest.send(put('merge', definitionOf({ 'GET /other': 'f' }))))).toBe(NO_MORE_RESOURCES);
    expect(await refusal(cloud.rest.send(put('overwrite', definitionOf({ 'GET /other': 'f' }))))).toBe('accepted');
  });

  test('counts every level of a path', async () => {
    await using cloud = await cloudWith({ resourcesPerRestApi: 4 });
    expect(await refusal(cloud.rest.send(importing(definitionOf({ 'GET /a/{b}/c': 'f' }))))).toBe('accepted');
    const four = definitionOf({ 'GET /a/{b}/c': 'f', 'GET /a/{b}/d': 'f' });
    expect(await refusal(cloud.rest.send(importing(four)))).toBe(NO_MORE_RESOURCES);
  });

  test('has more where the quota was raised', async () => {
    await using cloud = await cloudWith({ resourcesPerRestApi: 400 });
    expect(await refusal(cloud.rest.send(importing(resources(399))))).toBe('accepted');
  });

  test('has ten authorizers at most', async () => {
    await using cloud = await cloudWith();
    const schemes = (count: number) => {
      const authorizer = (name: string) => ({
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri(name) },
      });
      const securitySchemes = Object.fromEntries(times(count, (n) => [`a${n}`, authorizer(`a${n}`)]));
      return definitionOf({ 'GET /': 'f' }, { components: { securitySchemes } });
    };
    const tooMany =
      'LimitExceededException: Maximum number of Authorizers for this API has been reached.  Please contact AWS if you need additional Authorizers.';
    expect(await refusal(cloud.rest.send(importing(schemes(11))))).toBe(tooMany);
    const { id: restApiId } = await cloud.rest.send(importing(schemes(10)));
    const eleventh = new sdk.CreateAuthorizerCommand({
      restApiId,
      name: 'a10',
      type: 'TOKEN',
      authorizerUri: functionUri('f'),
      identitySource: 'method.request.header.Authorization',
    });
    expect(await refusal(cloud.rest.send(eleventh))).toBe(tooMany);
  });

  test('is imported from 6 MiB at most', async () => {
    await using cloud = await cloudWith();
    const padded = (bytes: number) => {
      const body = definitionOf({ 'GET /': 'f' });
      return Buffer.concat([body, Buffer.alloc(bytes - body.length, ' ')]);
    };
    expect(await refusal(cloud.rest.send(importing(padded(6 * 1024 * 1024))))).toBe('accepted');
    expect(await refusal(cloud.rest.send(importing(padded(6 * 1024 * 1024 + 1))))).toMatch(
      /^BadRequestException: .*at most 6291456 bytes/,
    );
  });

  test('has stages of a hundred variables at most, of limited lengths', async () => {
    await using cloud = await cloudWith();
    const { id: restApiId } = await cloud.rest.send(importing(definitionOf({ 'GET /': 'f' })));
    const { id: deploymentId } = await cloud.rest.send(new sdk.CreateDeploymentCommand({ restApiId }));
    const stage = (stageName: string, variables: Record<string, string>) =>
      refusal(cloud.rest.send(new sdk.CreateStageCommand({ restApiId, deploymentId, stageName, variables })));
    const some = (count: number) => Object.fromEntries(times(count, (n) => [`v${n}`, 'v']));
    expect(await stage('many', some(101))).toMatch(/^BadRequestException: .*at most 100 stage variables/);
    expect(await stage('long', { ['n'.repeat(65)]: 'v' })).toMatch(/^BadRequestException: .*64 characters/);
    expect(await stage('long', { a: 'v'.repeat(513) })).toMatch(/^BadRequestException: .*512/);
    expect(await stage('empty', { a: '' })).toMatch(/^BadRequestException: Stage variable value for a is invalid/);
    expect(await stage('right', { ...some(98), ['n'.repeat(64)]: 'v'.repeat(512) })).toBe('accepted');
    const add = (path: string) =>
      cloud.rest.send(
        new sdk.UpdateStageCommand({
          restApiId,
          stageName: 'right',
          patchOperations: [{ op: 'add', path, value: 'v' }],
        }),
      );
    expect(await refusal(add('/variables/hundredth'))).toBe('accepted');
    expect(await refusal(add('/variables/another'))).toMatch(/at most 100 stage variables/);
  });
});

describe('an HTTP API', () => {
  const no = (more: string) =>
    `ConflictException: Maximum number of ${more} for this API has been reached. Please contact AWS if you need additional ${more}.`;
  const uri = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

  async function apiOf(cloud: Awaited<ReturnType<typeof cloudWith>>) {
    const { ApiId } = await cloud.http('CreateApi', { Name: 'api', ProtocolType: 'HTTP' });
    return {
      create: (one: string, input: object) => refusal(cloud.http(`Create${one}`, { ApiId, ...input })),
      route: (path: string, more: object = {}) =>
        refusal(cloud.http('CreateRoute', { ApiId, RouteKey: `GET ${path}`, ...more })),
      jwt: (name: string, more: object = {}) =>
        cloud.http('CreateAuthorizer', {
          ApiId,
          Name: name,
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['a'], ...more },
        }),
    };
  }

  test('has 300 routes at most', async () => {
    await using cloud = await cloudWith();
    const api = await apiOf(cloud);
    for (let n = 0; n < 300; n += 1) expect(await api.route(`/r${n}`)).toBe('accepted');
    expect(await api.route('/beyond')).toBe(no('Routes'));
  });

  test('has more where the quota was raised', async () => {
    await using cloud = await cloudWith({ routesPerHttpApi: 301 });
    const api = await apiOf(cloud);
    for (let n = 0; n < 301; n += 1) expect(await api.route(`/r${n}`)).toBe('accepted');
    expect(await api.route('/beyond')).toBe(no('Routes'));
  });

  test('has 300 integrations and ten authorizers at most', async () => {
    await using cloud = await cloudWith();
    const api = await apiOf(cloud);
    const integration = { IntegrationType: 'AWS_PROXY', IntegrationUri: uri, PayloadFormatVersion: '2.0' };
    for (let n = 0; n < 300; n += 1) expect(await api.create('Integration', integration)).toBe('accepted');
    expect(await api.create('Integration', integration)).toBe(no('Integrations'));
    for (let n = 0; n < 10; n += 1) expect(await refusal(api.jwt(`a${n}`))).toBe('accepted');
    expect(await refusal(api.jwt('a10'))).toBe(no('Authorizers'));
  });

  test.each(['/~x', '/a,b', '/$batch', "/it's", '/a{b}', '/{a~b}'])('does not take the path %s', async (path) => {
    await using cloud = await cloudWith();
    const api = await apiOf(cloud);
    expect(await api.route(path)).toMatch(/^BadRequestException: One or more path parts appear to be invalid\. /);
    expect(await api.route('/v1:batch/{a.b-c:d+}')).toBe('accepted');
  });

  test('takes names, scopes, audiences and ages within their limits', async () => {
    await using cloud = await cloudWith();
    const api = await apiOf(cloud);
    const { AuthorizerId } = await api.jwt('user');
    const guarded = (AuthorizationScopes: readonly string[]) => ({
      AuthorizationType: 'JWT',
      AuthorizerId,
      AuthorizationScopes,
    });
    const ten = times(10, (n) => `scope${n}`);
    expect(await api.route('/a', guarded(ten))).toBe('accepted');
    expect(await api.route('/b', guarded([...ten, 'more']))).toMatch(/^BadRequestException: .*takes 10/);
    expect(await api.route('/b', guarded(['s'.repeat(65)]))).toMatch(/^BadRequestException: .*64 characters/);
    expect(await refusal(api.jwt('many', { Audience: times(51, String) }))).toMatch(/^BadRequestException: .*takes 50/);
    expect(await refusal(api.jwt('n'.repeat(129)))).toMatch(/^BadRequestException: .*takes 1 to 128/);
    const made = (more: object) => refusal(cloud.http('CreateApi', { Name: 'api', ProtocolType: 'HTTP', ...more }));
    expect(await made({ Name: 'n'.repeat(129) })).toMatch(/^BadRequestException: .*takes 1 to 128/);
    expect(await made({ Description: 'd'.repeat(1025) })).toMatch(/^BadRequestException: .*takes 0 to 1024/);
    expect(await made({ CorsConfiguration: { MaxAge: 86_401 } })).toMatch(/^BadRequestException: .*-1 to 86400/);
    expect(await made({ CorsConfiguration: { MaxAge: 86_400 } })).toBe('accepted');
  });

  test('keeps decisions for an hour at most, and only where there is something to keep them by', async () => {
    await using cloud = await cloudWith();
    const api = await apiOf(cloud);
    const authorizer = (ttl: number, sources: readonly string[]) =>
      api.create('Authorizer', {
        Name: 'own',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: functionUri('own'),
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: ttl,
        IdentitySource: sources,
      });
    const source = ['$request.header.Authorization'];
    expect(await authorizer(3600, source)).toBe('accepted');
    expect(await authorizer(3601, source)).toMatch(/^BadRequestException: .*0 to 3600/);
    expect(await authorizer(0, [])).toBe('accepted');
    expect(await authorizer(1, [])).toBe(
      'BadRequestException: Identity source must be set if authorizer caching is enabled (TTL is greater than 0)',
    );
  });
});
