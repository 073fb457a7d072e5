import { describe, expect, it } from 'vitest';
import { document, functions, headerOf, lambda, request, served, textOf } from './fixtures/served.js';
import { usageByPlans } from './usage.js';

type Policy = { Effect: string; Action: string | string[]; Resource: string | string[]; Condition?: object };

function guarded(authorizer: object, more: object = {}) {
  return document(
    {
      '/me': { get: lambda('APIHandler', { security: [{ user: [] }] }) },
      '/users/{name}': { get: lambda('APIHandler', { security: [{ user: [] }] }) },
    },
    {
      components: {
        securitySchemes: {
          user: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'custom',
            'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'Authorizer', ...authorizer },
          },
        },
      },
      ...more,
    },
  );
}

const policy = (...Statement: Policy[]) => ({
  principalId: 'john',
  policyDocument: { Version: '2012-10-17', Statement },
  context: { tenant: 7, admin: true },
});
const allow = (event: Record<string, unknown>): Policy => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: String(event.methodArn),
});
const everything = 'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/*/*/*';
const ok = () => ({ statusCode: 200, body: 'ok' });

describe('a TOKEN authorizer', () => {
  it('is given the token and the method, and its context reaches the function as strings', async () => {
    const invoker = functions({ APIHandler: ok, Authorizer: (event) => policy(allow(event)) });
    const response = await served(guarded({}), invoker)(request('GET', '/users/j%20d', { authorization: 'Bearer x' }));
    expect(response.status).toBe(200);
    expect(invoker.invoked[0]?.event).toEqual({
      type: 'TOKEN',
      authorizationToken: 'Bearer x',
      methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/v1/GET/users/j%20d',
    });
    expect(invoker.invoked[0]?.sourceArn).toBe(
      'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/authorizers/user',
    );
    expect(invoker.invoked[1]?.event.requestContext).toMatchObject({
      authorizer: { principalId: 'john', tenant: '7', admin: 'true' },
    });
  });

  it('is not asked without a token: 401', async () => {
    const invoker = functions({ APIHandler: ok });
    const response = await served(guarded({}), invoker)(request('GET', '/me'));
    expect([response.status, textOf(response)]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(headerOf(response, 'x-amzn-errortype')).toBe('UnauthorizedException');
    expect(invoker.invoked).toEqual([]);
  });

  it('is not asked when the token does not match its expression: 401', async () => {
    const api = served(guarded({ identityValidationExpression: 'Bearer .+' }), functions({ APIHandler: ok }));
    expect((await api(request('GET', '/me', { authorization: 'Basic x' }))).status).toBe(401);
  });

  it('is not asked about a token for which its expression needs years', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = served(guarded({ identityValidationExpression: '(a+)+' }), invoker);
    expect((await api(request('GET', '/me', { authorization: `${'a'.repeat(40)}!` }))).status).toBe(401);
    expect(invoker.invoked).toEqual([]);
  });

  it('may give resources with as many asterisks as it likes', async () => {
    const document = policy({ Effect: 'Allow', Action: '*', Resource: `${'*a'.repeat(30)}*b` });
    const api = served(guarded({}), functions({ APIHandler: ok, Authorizer: () => document }));
    const path = `/users/${'a'.repeat(5_000)}`;
    expect((await api(request('GET', path, { authorization: 'x' }))).status).toBe(403);
  });

  it.each([
    [
      'denies',
      policy({ Effect: 'Deny', Action: '*', Resource: '*' }),
      403,
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
    ],
    [
      'allows something else',
      policy({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${everything}/x` }),
      403,
      '{"Message":"User is not authorized to access this resource"}',
    ],
    [
      'allows only on a condition',
      policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      403,
      '{"Message":"User is not authorized to access this resource"}',
    ],
    [
      'allows and denies',
      policy(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: ['execute-api:*'], Resource: ['*/GET/me'] },
      ),
      403,
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
    ],
    ['answers nothing', null, 500, '{"message":null}'],
    ['names no principal', { policyDocument: policy().policyDocument }, 500, '{"message":null}'],
    [
      'nests its context',
      { ...policy({ Effect: 'Allow', Action: '*', Resource: '*' }), context: { a: {} } },
      500,
      '{"message":null}',
    ],
  ])('that %s lets nobody in', async (_name, result, status, body) => {
    const invoker = functions({ APIHandler: ok, Authorizer: () => result });
    const response = await served(guarded({}), invoker)(request('GET', '/me', { authorization: 'x' }));
    expect([response.status, textOf(response)]).toEqual([status, body]);
    expect(invoker.invoked.map(({ uri }) => uri)).toEqual(['Authorizer']);
  });

  it.each([
    ['Unauthorized', 401, '{"message":"Unauthorized"}'],
    ['boom', 500, '{"message":null}'],
  ])('that throws %s is %i', async (message, status, body) => {
    const invoker = functions({
      Authorizer: () => {
        throw new Error(message);
      },
    });
    const response = await served(guarded({}), invoker)(request('GET', '/me', { authorization: 'x' }));
    expect([response.status, textOf(response)]).toEqual([status, body]);
  });

  it('is asked once for a token while its result lives, and the policy is asked for every method', async () => {
    let time = 0;
    const invoker = functions({ APIHandler: ok, Authorizer: (event) => policy(allow(event)) });
    const api = served(guarded({ authorizerResultTtlInSeconds: 60 }), invoker, { now: () => time });
    const call = (path: string, token: string) => api(request('GET', path, { authorization: token }));
    expect((await call('/me', 'a')).status).toBe(200);
    expect((await call('/me', 'a')).status).toBe(200);
    expect((await call('/users/x', 'a')).status).toBe(403);
    expect((await call('/me', 'b')).status).toBe(200);
    expect(invoker.invoked.filter(({ uri }) => uri === 'Authorizer')).toHaveLength(2);
    time = 60_000;
    await call('/me', 'a');
    expect(invoker.invoked.filter(({ uri }) => uri === 'Authorizer')).toHaveLength(3);
  });

  it('is asked every time when it has no time to live', async () => {
    const invoker = functions({ APIHandler: ok, Authorizer: (event) => policy(allow(event)) });
    const api = served(guarded({ authorizerResultTtlInSeconds: 0 }), invoker);
    await api(request('GET', '/me', { authorization: 'a' }));
    await api(request('GET', '/me', { authorization: 'a' }));
    expect(invoker.invoked.filter(({ uri }) => uri === 'Authorizer')).toHaveLength(2);
  });
});

describe('a REQUEST authorizer', () => {
  const sources = { type: 'request', identitySource: 'method.request.header.X-Key, method.request.querystring.tenant' };

  it('is given the request', async () => {
    const invoker = functions({ APIHandler: ok, Authorizer: (event) => policy(allow(event)) });
    const response = await served(guarded(sources), invoker)(request('GET', '/users/x?tenant=1', { 'x-key': 'k' }));
    expect(response.status).toBe(200);
    expect(invoker.invoked[0]?.event).toMatchObject({
      type: 'REQUEST',
      resource: '/users/{name}',
      path: '/users/x',
      httpMethod: 'GET',
      headers: { 'x-key': 'k' },
      multiValueQueryStringParameters: { tenant: ['1'] },
      pathParameters: { name: 'x' },
      requestContext: { stage: 'v1' },
    });
  });

  it('needs every identity source: 401', async () => {
    const api = served(guarded(sources), functions({ APIHandler: ok }));
    expect((await api(request('GET', '/me', { 'x-key': 'k' }))).status).toBe(401);
  });
});

describe('other authorization', () => {
  const signed = (scheme: object) =>
    document(
      { '/': { get: lambda('APIHandler', { security: [{ auth: [] }] }) } },
      { components: { securitySchemes: { auth: { type: 'apiKey', name: 'Authorization', in: 'header', ...scheme } } } },
    );
  const iam = signed({ 'x-amazon-apigateway-authtype': 'awsSigv4' });
  const cognito = signed({
    'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn:pool'] },
  });

  it('never opens without a verifier, and says what is missing', async () => {
    for (const api of [iam, cognito]) {
      const invoker = functions({ APIHandler: ok });
      const response = await served(api, invoker)(request('GET', '/', { authorization: 'x' }));
      expect(response.status).toBe(501);
      expect(textOf(response)).toContain('which this gateway does not have');
      expect(invoker.invoked).toEqual([]);
    }
  });

  it('puts the verified signer into the identity', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = served(iam, invoker, { verifySignature: async () => ({ identity: { userArn: 'arn:me' } }) });
    await api(request('GET', '/'));
    expect(invoker.invoked[0]?.event.requestContext).toMatchObject({ identity: { userArn: 'arn:me' } });
  });

  it('puts the claims of a verified token into the authorizer', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = served(cognito, invoker, {
      verifyToken: async (token) => (token === 'good' ? { claims: { sub: 'john' } } : { refused: 'invalid' }),
    });
    expect((await api(request('GET', '/', { authorization: 'Bearer bad' }))).status).toBe(401);
    await api(request('GET', '/', { authorization: 'Bearer good' }));
    expect(invoker.invoked[0]?.event.requestContext).toMatchObject({ authorizer: { claims: { sub: 'john' } } });
  });

  it('tells an old token from a wrong one, and from one that nothing here can verify', async () => {
    const api = served(cognito, functions({ APIHandler: ok }), {
      verifyToken: async (token) => (token === 'old' ? { refused: 'expired' } : { unavailable: 'https://pool' }),
      advice: 'ask the pool',
    });
    const answer = async (authorization: string) => {
      const response = await api(request('GET', '/', { authorization }));
      return [response.status, textOf(response)];
    };
    expect(await answer('old')).toEqual([401, '{"message":"The incoming token has expired"}']);
    expect(await answer('away')).toEqual([501, expect.stringContaining('https://pool')]);
    expect(await answer('')).toEqual([401, '{"message":"Unauthorized"}']);
  });
});

describe('API keys', () => {
  const keyed = document(
    { '/': { get: lambda('APIHandler', { security: [{ key: [] }] }) } },
    { components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } } },
  );

  it('are known by their plans: 403 Forbidden without one', async () => {
    const invoker = functions({ APIHandler: ok });
    const usage = usageByPlans([{ keys: [{ id: 'k1', value: 'secret', enabled: true }] }], () => 0);
    const api = served(keyed, invoker, { usage });
    const refused = await api(request('GET', '/', { 'x-api-key': 'other' }));
    expect([refused.status, textOf(refused)]).toEqual([403, '{"message":"Forbidden"}']);
    expect((await api(request('GET', '/', { 'x-api-key': 'secret' }))).status).toBe(200);
    expect(invoker.invoked[0]?.event.requestContext).toMatchObject({ identity: { apiKey: 'secret', apiKeyId: 'k1' } });
  });

  it('are throttled by rate and burst, and limited by quota', async () => {
    let time = 0;
    const plan = {
      keys: [{ id: 'k1', value: 'k', enabled: true }],
      throttle: { rateLimit: 1, burstLimit: 2 },
      quota: { limit: 3, period: 'DAY' as const },
    };
    const api = served(keyed, functions({ APIHandler: ok }), { usage: usageByPlans([plan], () => time) });
    const call = async () => {
      const response = await api(request('GET', '/', { 'x-api-key': 'k' }));
      return response.status === 200 ? 200 : textOf(response);
    };
    expect([await call(), await call(), await call()]).toEqual([200, 200, '{"message":"Too Many Requests"}']);
    time = 1000;
    expect(await call()).toBe(200);
    time = 5000;
    expect(await call()).toBe('{"message":"Limit Exceeded"}');
    time = 86_400_000;
    expect(await call()).toBe(200);
  });
});
