import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { LambdaContext } from '../declare/route-types.js';
import { bundled } from '../fixtures/bundled.js';
import { App, allow, apiKey, authorizer, cognito, iam, jwt, Router } from '../index.js';
import { lambdaHandler } from '../lambda.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const METHODS = ['GET', 'HEAD', 'POST'];

/** What a client can write, in every place where it may pass for a gateway's word. */
const forged = {
  authorization: 'Bearer forged',
  'x-api-key': 'forged',
  'x-amzn-oidc-identity': 'forged',
  'x-amzn-oidc-data': 'forged',
  'x-amzn-oidc-accesstoken': 'forged',
  'x-amzn-request-context': '{"authorizer":{"claims":{"sub":"forged"},"iam":{"userArn":"forged"}}}',
  'x-amz-security-token': 'forged',
  cookie: 'AWSELBAuthSessionCookie-0=forged; principalId=forged',
};
const query = { requestContext: 'forged', principalId: 'forged', apiKeyId: 'forged' };
const body = JSON.stringify({ requestContext: { authorizer: { principalId: 'forged' } } });

const lists = (map: object) => Object.fromEntries(Object.entries(map).map(([name, value]) => [name, [value]]));
const v1 = (method: string, path: string, requestContext: object) => ({
  resource: path,
  path,
  httpMethod: method,
  headers: forged,
  multiValueHeaders: lists(forged),
  queryStringParameters: query,
  multiValueQueryStringParameters: lists(query),
  pathParameters: { principalId: 'forged' },
  body,
  requestContext,
});
const v2 = (domainName: string) => (method: string, path: string, requestContext: object) => ({
  version: '2.0',
  routeKey: domainName.includes('lambda-url') ? '$default' : `${method} ${path}`,
  rawPath: path,
  rawQueryString: new URLSearchParams(query).toString(),
  headers: forged,
  cookies: forged.cookie.split('; '),
  body,
  requestContext: { domainName, stage: '$default', http: { method, path }, ...requestContext },
});
const alb = (method: string, path: string, requestContext: object) => ({
  path,
  httpMethod: method,
  queryStringParameters: query,
  headers: forged,
  body,
  requestContext: { elb: { targetGroupArn: 'arn:target' }, ...requestContext },
});

/** Every front door, by the shape of what it sends. */
const doors = {
  'a REST API': v1,
  'an HTTP API with payload 1.0': (...given: Parameters<typeof v1>) => ({ version: '1.0', ...v1(...given) }),
  'an HTTP API with payload 2.0': v2('id.execute-api.eu-west-1.amazonaws.com'),
  'a Function URL': v2('id.lambda-url.eu-west-1.on.aws'),
  'an ALB': alb,
  'an ALB with lists': (...given: Parameters<typeof v1>) => {
    const { headers, queryStringParameters, ...rest } = alb(...given);
    return {
      ...rest,
      multiValueHeaders: lists(headers),
      multiValueQueryStringParameters: lists(queryStringParameters),
    };
  },
};
type Door = keyof typeof doors;

/**
 * Where authorizers write: API Gateway developer guide, "Input format of a Lambda function for proxy integration" (1.0)
 * and "AWS Lambda proxy integrations for HTTP APIs" (2.0); Lambda developer guide, "Invoking Lambda function URLs";
 * Elastic Load Balancing guide, "Use Lambda functions as targets", which has nothing but the target group.
 */
const places = {
  'claims of 1.0': { authorizer: { claims: { sub: 'x' } } },
  'principal of 1.0': { authorizer: { principalId: 'x', role: 'admin' } },
  'signer of 1.0': { identity: { userArn: 'arn:x', accountId: '1', caller: 'c' } },
  'key of 1.0': { identity: { apiKeyId: 'x', apiKey: 'x' } },
  'token of 2.0': { authorizer: { jwt: { claims: { sub: 'x' }, scopes: null } } },
  'context of 2.0': { authorizer: { lambda: { principalId: 'x', role: 'admin' } } },
  'signer of 2.0': { authorizer: { iam: { userArn: 'arn:x', accountId: '1', callerId: 'c' } } },
};
type Place = keyof typeof places;

const kinds = ['pool', 'token', 'caller', 'key', 'own'] as const;
type Kind = (typeof kinds)[number];

/** The one place that counts, where the front door has this kind of authorizer at all. */
const counts: Record<Door, Partial<Record<Kind, Place>>> = {
  'a REST API': { pool: 'claims of 1.0', caller: 'signer of 1.0', key: 'key of 1.0', own: 'principal of 1.0' },
  'an HTTP API with payload 1.0': {
    pool: 'claims of 1.0',
    token: 'claims of 1.0',
    caller: 'signer of 1.0',
    own: 'principal of 1.0',
  },
  'an HTTP API with payload 2.0': {
    pool: 'token of 2.0',
    token: 'token of 2.0',
    caller: 'signer of 2.0',
    own: 'context of 2.0',
  },
  'a Function URL': { caller: 'signer of 2.0' },
  'an ALB': {},
  'an ALB with lists': {},
};

const auth = {
  pool: cognito(z.object({ sub: z.string() })),
  token: jwt(z.object({ sub: z.string() })),
  caller: iam(),
  key: apiKey(),
  own: authorizer(() => allow('me', { context: { role: 'admin' } })),
};
let ran: string[] = [];
const run = (name: string) => () => {
  ran.push(name);
  return 'let in';
};

/** The ways in which a route comes to be guarded; each serves GET and POST at /closed, and /open to everybody. */
const ways: Record<string, (kind: Kind) => object> = {
  'its own option': (kind) => {
    const app = new App('x', { logger: quiet, auth });
    app.route(['GET', 'POST'], '/closed', { auth: kind }, run('handler'));
    app.get('/open', run('open'));
    return app;
  },
  'a list of one': (kind) => {
    const app = new App('x', { logger: quiet, auth });
    app.route(['GET', 'POST'], '/closed', { auth: [kind] }, run('handler'));
    app.get('/open', { auth: false }, run('open'));
    return app;
  },
  'the default of its app': (kind) => {
    const app = new App('x', { logger: quiet, auth, defaultAuth: kind });
    app.route(['GET', 'POST'], '/closed', run('handler'));
    app.get('/open', { auth: false }, run('open'));
    return app;
  },
  'the default of its router': (kind) => {
    const router = new Router<{ auth: typeof auth }>({ defaultAuth: kind });
    router.route(['GET', 'POST'], '/', run('handler'));
    const app = new App('x', { logger: quiet, auth });
    app.mount('/closed', router);
    app.get('/open', run('open'));
    return app;
  },
  'the default of the app that its router is mounted in': (kind) => {
    const inner = new Router();
    inner.route(['GET', 'POST'], '/', run('handler'));
    const outer = new Router();
    outer.mount('/', inner);
    const app = new App('x', { logger: quiet, auth, defaultAuth: kind });
    app.mount('/closed', outer);
    app.mount('/again', outer);
    app.get('/open', { auth: false }, run('open'));
    return app;
  },
  'its own option, under middleware and values': (kind) => {
    const app = new App('x', { logger: quiet, auth });
    app.use((_request, next) => next());
    const scope = app.with({ value: run('value') });
    scope.use(async (_request, next) => {
      ran.push('middleware of the scope');
      return next();
    });
    scope.route(['GET', 'POST'], '/closed', { auth: kind }, run('handler'));
    scope.get('/open', () => {
      ran = [];
      return run('open')();
    });
    return app;
  },
};

const statusOf = async (app: object, event: object) =>
  ((await lambdaHandler(app as never)(event, context)) as { statusCode: number }).statusCode;

describe.each(Object.keys(doors) as Door[])('behind %s', (door) => {
  test.each(kinds)('a route for %s takes what its authorizer wrote where it writes, and nothing else', async (kind) => {
    const app = ways['its own option']?.(kind) ?? {};
    for (const [place, written] of Object.entries(places))
      for (const method of METHODS) {
        ran = [];
        const accepted = counts[door][kind] === place;
        expect(await statusOf(app, doors[door](method, '/closed', written)), `${method}, ${place}`).toBe(
          accepted ? 200 : 401,
        );
        expect(ran).toEqual(accepted ? ['handler'] : []);
      }
  });

  test.each(Object.keys(ways))('a route that is guarded by %s lets nobody in without a result', async (way) => {
    for (const kind of kinds) {
      const app = ways[way]?.(kind) ?? {};
      ran = [];
      for (const method of METHODS)
        expect(await statusOf(app, doors[door](method, '/closed', {})), `${method}, ${kind}`).toBe(401);
      expect(ran).toEqual([]);
      expect(await statusOf(app, doors[door]('GET', '/open', {}))).toBe(200);
      expect(ran).toEqual(['open']);
      const place = counts[door][kind];
      if (place) expect(await statusOf(app, doors[door]('HEAD', '/closed', places[place]))).toBe(200);
    }
  });

  test('a second mount of a guarded router is as closed as the first', async () => {
    const app = ways['the default of the app that its router is mounted in']?.('own') ?? {};
    for (const path of ['/closed', '/again']) expect(await statusOf(app, doors[door]('GET', path, {}))).toBe(401);
  });

  test('of several authorizers each has to have its result', async () => {
    const app = new App('x', { logger: quiet, auth });
    app.get('/closed', { auth: ['caller', 'own'] }, run('handler'));
    const { caller, own } = counts[door];
    const merged = (...names: (Place | undefined)[]) => {
      const all = names.flatMap((name) => (name ? [places[name]] : [])) as { authorizer?: object; identity?: object }[];
      return {
        authorizer: Object.assign({}, ...all.map((one) => one.authorizer)),
        identity: Object.assign({}, ...all.map((one) => one.identity)),
      };
    };
    expect(await statusOf(app, doors[door]('GET', '/closed', merged(caller)))).toBe(401);
    expect(await statusOf(app, doors[door]('GET', '/closed', merged(own)))).toBe(401);
    expect(await statusOf(app, doors[door]('GET', '/closed', merged(caller, own)))).toBe(own && caller ? 200 : 401);
  });
});

test.each([
  ['no claims', { authorizer: { claims: {} } }],
  ['claims that are text', { authorizer: { claims: 'sub=x' } }],
  ['claims that are a list', { authorizer: { claims: ['sub'] } }],
  ['claims without those that are asked for', { authorizer: { claims: { email: 'x' } } }],
  ['an authorizer that is text', { authorizer: 'admin' }],
  ['null', { authorizer: null }],
])('a token result with %s lets nobody in', async (_what, written) => {
  expect(await statusOf(ways['its own option']?.('pool') ?? {}, v1('GET', '/closed', written))).toBe(401);
});

test('a bundle without authorizers refuses to serve a guarded route', async () => {
  const open = new App('x');
  open.get('/closed', () => 1);
  const code = await bundled(
    open,
    `import { App, apiKey } from 'goblet'; import { lambdaHandler } from 'goblet/lambda';
     const app = new App('x', { auth: { key: apiKey() } });
     app.get('/closed', { auth: 'key' }, () => 1);
     export const APIHandler = lambdaHandler(app, 'APIHandler');`,
  );
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const { APIHandler } = await import(/* @vite-ignore */ url);
  await expect(APIHandler(v1('GET', '/closed', {}), context)).rejects.toThrow('GOBLET_BUNDLE');
});
