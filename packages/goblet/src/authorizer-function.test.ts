import { expect, test } from 'vitest';
import { App, allow, authorizer, Forbidden, Unauthorized } from './index.js';
import { lambdaHandler } from './lambda.js';
import type { LambdaContext } from './route-types.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const arn = 'arn:aws:execute-api:eu-west-1:123456789012:api/v1/GET/users/ann';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const app = new App('x', {
  logger: quiet,
  setup: () => ({ secret: 'open sesame' }),
  auth: {
    user: authorizer(async ({ token, deps, method, path, headers, query }) => {
      if (token === undefined) throw new Unauthorized();
      if (token === 'forbidden') throw new Forbidden();
      if (token === 'broken') throw new Error('database down');
      if (token !== (deps as { secret: string }).secret) return undefined;
      return allow('ann', { context: { method, path, trace: headers['x-trace'] ?? '', q: query.q ?? '' } });
    }),
    narrow: authorizer(() => allow('ann', { routes: ['GET /users/*', '/health'] }), { type: 'TOKEN', ttl: 0 }),
  },
});
const user = lambdaHandler(app, 'user');

const statement = (Effect: string, ...Resource: string[]) => ({
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
});
const api = 'arn:aws:execute-api:eu-west-1:123456789012:api/v1';

test('TOKEN: a caller who is let in may call every route, as the answer is kept for all of them', async () => {
  const event = { type: 'TOKEN', authorizationToken: 'open sesame', methodArn: arn };
  expect(await user(event, context)).toEqual({
    principalId: 'ann',
    ...statement('Allow', `${api}/*/*`),
    context: { method: 'GET', path: '/users/ann', trace: '', q: '' },
  });
});

test('REQUEST: headers, query and path reach the function', async () => {
  const event = {
    type: 'REQUEST',
    methodArn: arn,
    headers: { AUTHORIZATION: 'open sesame', 'X-Trace': 't' },
    queryStringParameters: { q: '1' },
  };
  expect(await user(event, context)).toMatchObject({ context: { trace: 't', q: '1', path: '/users/ann' } });
});

test('a caller who is not let in gets a Deny', async () => {
  expect(await user({ authorizationToken: 'wrong', methodArn: arn }, context)).toMatchObject(
    statement('Deny', `${api}/*/*`),
  );
  expect(await user({ authorizationToken: 'forbidden', methodArn: arn }, context)).toMatchObject(
    statement('Deny', `${api}/*/*`),
  );
});

test('Unauthorized is the message that API Gateway turns into 401', async () => {
  await expect(user({ methodArn: arn, headers: {} }, context)).rejects.toThrow(/^Unauthorized$/);
});

test('any other failure fails, and lets nobody in', async () => {
  await expect(user({ authorizationToken: 'broken', methodArn: arn }, context)).rejects.toThrow('database down');
});

test('routes narrow what may be called', async () => {
  expect(await lambdaHandler(app, 'narrow')({ authorizationToken: 'x', methodArn: arn }, context)).toMatchObject(
    statement('Allow', `${api}/GET/users/*`, `${api}/*/health`),
  );
});

test('payload 2.0 gets the simple response', async () => {
  const event = (token: string) => ({
    version: '2.0',
    type: 'REQUEST',
    routeArn: arn,
    identitySource: [token],
    headers: { authorization: token },
  });
  expect(await user(event('open sesame'), context)).toMatchObject({
    isAuthorized: true,
    context: { principalId: 'ann' },
  });
  expect(await user(event('wrong'), context)).toEqual({ isAuthorized: false, context: { principalId: 'anonymous' } });
});
