import * as fc from 'fast-check';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import type { LambdaContext } from '../declare/route-types.js';
import { App, allow, authorizer, Forbidden, Unauthorized } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const api = 'arn:aws:execute-api:eu-west-1:123456789012:api/v1';
const arn = `${api}/GET/users/ann`;

const lines: unknown[] = [];
const take = (level: string) => (message: string, fields?: object) => void lines.push({ level, message, ...fields });
const logger = { debug: take('debug'), info: take('info'), warn: take('warn'), error: take('error') };

type Options = Parameters<typeof authorizer>[1];

/** The Lambda function of an authorizer that decides so. */
function functionOf(decide: (token: string | undefined) => unknown, options?: Options) {
  const app = new App('x', {
    logger,
    auth: { user: authorizer(({ token }) => decide(token) as never, options) },
  });
  return (event: object) => lambdaHandler(app, 'user')(event, context);
}

const statement = (Effect: string, ...Resource: string[]) => ({
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
});

// What the developer guide shows of each: "Input to a Lambda authorizer" and "… authorizers for HTTP APIs".
const token = (authorizationToken: string) => ({ type: 'TOKEN', methodArn: arn, authorizationToken });
const request = (authorization: string) => ({
  type: 'REQUEST',
  methodArn: arn,
  headers: { Authorization: authorization },
});
const v1 = (authorization: string) => ({
  ...request(authorization),
  version: '1.0',
  identitySource: `${authorization},more`,
  authorizationToken: `${authorization},more`,
});
const v2 = (authorization: string, method = 'GET', path = '/users/ann') => ({
  version: '2.0',
  type: 'REQUEST',
  routeArn: `${api}/${method}${path}`,
  identitySource: [authorization],
  headers: { authorization },
});

afterEach(() => {
  lines.length = 0;
  vi.unstubAllEnvs();
});

const decide = (given: string | undefined) => {
  if (given === undefined) throw new Unauthorized();
  if (given === 'stranger') throw new Unauthorized();
  if (given === 'forbidden') throw new Forbidden();
  if (given === 'broken') throw new Error('database down');
  return given === 'open sesame' ? allow('ann', { context: { level: 3, admin: true } }) : undefined;
};

describe.each<[string, (authorization: string) => object]>([
  ['TOKEN', token],
  ['REQUEST', request],
  ['payload 1.0 of an HTTP API', v1],
])('%s is answered with a policy', (kind, event) => {
  const answer = functionOf(decide, kind === 'TOKEN' ? { type: 'TOKEN' } : {});
  const http = kind.startsWith('payload');

  test('that lets in for every route, as it is kept for all of them', async () => {
    expect(await answer(event('open sesame'))).toEqual({
      principalId: 'ann',
      ...statement('Allow', `${api}/*/*`),
      context: { level: 3, admin: true, ...(http && { principalId: 'ann' }) },
    });
  });

  test.each(['wrong', 'forbidden'])('that denies every route: %s', async (given) => {
    expect(await answer(event(given))).toEqual({
      principalId: 'anonymous',
      ...statement('Deny', `${api}/*/*`),
      context: {},
    });
    expect(lines).toEqual([]);
  });

  test('or with the failure that is 401, where the API has one', async () => {
    const refused = answer(event('stranger'));
    if (http) expect(await refused).toMatchObject(statement('Deny', `${api}/*/*`));
    else await expect(refused).rejects.toThrow(/^Unauthorized$/);
    expect(lines).toEqual([]);
  });

  test('or with any other failure, which lets nobody in and is logged', async () => {
    await expect(answer(event('broken'))).rejects.toThrow('database down');
    expect(lines).toMatchObject([{ level: 'error', requestId: 'r', error: { message: 'database down' } }]);
  });
});

describe('payload 2.0 is answered simply', () => {
  const answer = functionOf(decide);

  test('with yes, the context, and the caller’s name, which a route would not see', async () => {
    expect(await answer(v2('open sesame'))).toEqual({
      isAuthorized: true,
      context: { level: 3, admin: true, principalId: 'ann' },
    });
  });

  test.each(['wrong', 'forbidden', 'stranger'])('with no: %s', async (given) => {
    expect(await answer(v2(given))).toEqual({ isAuthorized: false, context: {} });
  });

  test('or with a failure, which lets nobody in', async () => {
    await expect(answer(v2('broken'))).rejects.toThrow('database down');
  });
});

describe('what names nobody lets nobody in', () => {
  test.each([undefined, null, true, 'ann', {}, { principalId: '' }, { principalId: 7 }, [], allow('')])(
    '%j',
    async (given) => {
      const answer = functionOf(() => given);
      expect(await answer(request('x'))).toMatchObject(statement('Deny', `${api}/*/*`));
      expect(await answer(v2('x'))).toEqual({ isAuthorized: false, context: {} });
    },
  );
});

describe('routes', () => {
  const narrow = (routes: readonly string[], options?: Options) => functionOf(() => allow('ann', { routes }), options);
  const resources = async (...routes: string[]) => {
    const { policyDocument } = (await narrow(routes)(request('x'))) as ReturnType<typeof statement>;
    return policyDocument.Statement.flatMap(({ Effect, Resource }) => (Effect === 'Allow' ? Resource : []));
  };

  test('are resources of the API and stage that was asked', async () => {
    expect(await resources('POST /users', '/health')).toEqual([`${api}/POST/users`, `${api}/*/health`]);
  });

  test('let HEAD in where GET is, as it is derived from it', async () => {
    expect(await resources('GET /users/*')).toEqual([`${api}/GET/users/*`, `${api}/HEAD/users/*`]);
  });

  test('cover what their variables stand for', async () => {
    expect(await resources('PUT /users/{id}/files/{path+}', '* /x')).toEqual([
      `${api}/PUT/users/*/files/*`,
      `${api}/*/x`,
    ]);
  });

  test('do not hang on the route that was asked, since the answer is kept for the others', async () => {
    const answer = narrow(['GET /a']);
    const first = await answer({ ...request('x'), methodArn: `${api}/GET/a` });
    expect(await answer({ ...request('x'), methodArn: `${api}/POST/b/c` })).toEqual(first);
  });

  test('that are none deny every route', async () => {
    expect(await narrow([])(request('x'))).toMatchObject(statement('Deny', `${api}/*/*`));
    expect(await narrow([], { ttl: 0 })(v2('x'))).toEqual({ isAuthorized: false, context: {} });
  });

  test.each(['users', 'get /users', 'GET users', 'GET  /users', 'GET /a /b', ''])(
    'that are no routes fail: %j',
    async (route) => {
      await expect(narrow([route])(request('x'))).rejects.toThrow('GOBLET_AUTHORIZER_ROUTE');
      expect(lines).toMatchObject([{ level: 'error' }]);
    },
  );

  test('are refused in an HTTP API that caches yes or no for every route', async () => {
    await expect(narrow(['GET /users/*'])(v2('x'))).rejects.toThrow(
      'GOBLET_AUTHORIZER_ROUTE: an HTTP API caches yes or no',
    );
  });

  test.each([
    ['GET', '/users/ann', true],
    ['HEAD', '/users/ann', true],
    ['POST', '/users/ann', false],
    ['GET', '/users', false],
    ['GET', '/admin/users/ann', false],
    ['DELETE', '/a.b', true],
    ['DELETE', '/aXb', false],
    ['GET', '/', false],
  ])('narrow an HTTP API that keeps nothing: %s %s', async (method, path, isAuthorized) => {
    const answer = narrow(['GET /users/{id}', '/a.b'], { ttl: 0 });
    expect(await answer(v2('x', method, path))).toMatchObject({ isAuthorized });
  });

  test('cover in an HTTP API what the policy of a REST API would', async () => {
    const segment = fc.constantFrom('a', 'b', '*', '{id}', 'a.b', 'a?b', '(', '[x]', '+');
    const path = fc.array(segment, { maxLength: 3 }).map((segments) => `/${segments.join('/')}`);
    // The slow, obvious reading of a wildcard.
    const matches = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      if (pattern[0] === '*')
        return [...Array(text.length + 1).keys()].some((n) => matches(pattern.slice(1), text.slice(n)));
      return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && matches(pattern.slice(1), text.slice(1));
    };
    await fc.assert(
      fc.asyncProperty(path, path, async (route, asked) => {
        const [resource = ''] = await resources(route);
        const answer = await narrow([route], { ttl: 0 })(v2('x', 'PUT', asked));
        expect(answer).toMatchObject({ isAuthorized: matches(resource, `${api}/PUT${asked}`) });
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});

describe('the context', () => {
  const withContext = (values: object) => functionOf(() => allow('ann', { context: values as never }));

  test.each<[unknown, string]>([
    [{ a: 1 }, 'an object'],
    [['a'], 'a list'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('of %j is refused by name', async (value, shown) => {
    const answer = withContext({ role: value });
    const message = `GOBLET_AUTHORIZER_CONTEXT: role is ${shown}; a context has strings, numbers and booleans`;
    await expect(answer(request('x'))).rejects.toThrow(message);
    await expect(answer(v2('x'))).rejects.toThrow(message);
  });

  test('cannot take the name that API Gateway has for the caller', async () => {
    await expect(withContext({ principalId: 'root' })(v2('x'))).rejects.toThrow('the name "principalId"');
  });

  test('has the names that its answers have, whatever their values', () => {
    const user = authorizer(({ token }) =>
      token === 'a'
        ? allow('a', { context: { role: 'admin', level: 1 } })
        : allow('b', { context: { role: 'reader', level: 2 } }),
    );
    expectTypeOf(user._auth).toEqualTypeOf<
      ({ readonly principalId: string } & { readonly role: string; readonly level: string }) | undefined
    >();
    expect(user.kind).toBe('authorizer');
  });

  test('reaches handlers as text, from a REST and from an HTTP API', async () => {
    const app = new App('x', {
      auth: { user: authorizer(() => allow('ann', { context: { level: 3, admin: true } })) },
    });
    app.get('/', { auth: 'user' }, ({ auth }) => ({ ...auth, types: [typeof auth.level, typeof auth.admin] }));
    for (const gateway of ['rest', 'http'] as const) {
      await using client = testClient(app, {
        gateway,
        auth: { user: { principalId: 'ann', level: 3, admin: true } as never },
      });
      expect((await client.get('/')).body).toEqual({
        principalId: 'ann',
        level: '3',
        admin: 'true',
        types: ['string', 'string'],
      });
    }
  });
});

describe('what an authorizer goes by', () => {
  const seen = (options: Options) => {
    const tokens: unknown[] = [];
    const answer = functionOf((given) => {
      tokens.push(given);
      return undefined;
    }, options);
    return { tokens, answer };
  };

  test('is the Authorization header, unless told', () => {
    expect(authorizer(() => undefined).options).toMatchObject({ header: ['Authorization'], query: [], ttl: 300 });
    expect(authorizer(() => undefined, { query: 'token' }).options).toMatchObject({ header: [], query: ['token'] });
    expect(authorizer(() => undefined, { header: ['A', 'B'], query: ['c'], ttl: 0 }).options).toMatchObject({
      header: ['A', 'B'],
      query: ['c'],
      ttl: 0,
    });
  });

  test('is its token, in whatever letters the header comes', async () => {
    const { tokens, answer } = seen({ header: 'X-Session' });
    const event = { type: 'REQUEST', methodArn: arn, authorizationToken: 'not this', headers: { 'x-SESSION': 'mine' } };
    await answer(event);
    await answer({ ...event, version: '2.0', routeArn: arn, identitySource: ['not this'] });
    expect(tokens).toEqual(['mine', 'mine']);
  });

  test('is the query where it names one', async () => {
    const { tokens, answer } = seen({ query: 'token' });
    await answer({ type: 'REQUEST', methodArn: arn, headers: null, queryStringParameters: { token: 't' } });
    expect(tokens).toEqual(['t']);
  });

  test('is undefined to the function where the request lacks it', async () => {
    const { tokens, answer } = seen({});
    await answer({ type: 'REQUEST', methodArn: arn, headers: { cookie: 'x' } });
    expect(tokens).toEqual([undefined]);
  });

  test('is seen with the rest of the request, deps and env', async () => {
    vi.stubEnv('TABLE', 'sessions');
    let asked: Record<string, unknown> = {};
    const app = new App('x', {
      logger,
      env: { TABLE: String },
      setup: ({ env }) => ({ table: env.TABLE }),
      auth: {
        user: authorizer((given) => {
          asked = { ...given };
          return undefined;
        }),
      },
    });
    const event = {
      ...request('t'),
      queryStringParameters: { q: '1' },
      pathParameters: { id: 'ann', __proto__: null },
    };
    await lambdaHandler(app, 'user')(event, context);
    expect(asked).toMatchObject({
      token: 't',
      method: 'GET',
      path: '/users/ann',
      headers: { authorization: 't' },
      query: { q: '1' },
      params: { id: 'ann' },
      deps: { table: 'sessions' },
      env: { TABLE: 'sessions' },
      event,
      context,
    });
    await lambdaHandler(app, 'user')({ ...event, methodArn: `${api}/POST/` }, context);
    expect(asked).toMatchObject({ method: 'POST', path: '/' });
  });
});

describe('is refused at declaration', () => {
  test.each<[object, string]>([
    [{ ttl: -1 }, 'has the ttl -1; it must be 0 to 3600 seconds'],
    [{ ttl: 3601 }, 'has the ttl 3601'],
    [{ ttl: 1.5 }, 'has the ttl 1.5'],
    [{ ttl: '300' }, 'has the ttl 300'],
    [{ type: 'token' }, 'has the type "token"'],
    [{ header: '' }, 'has the header ""'],
    [{ header: 'X Token' }, 'has the header "X Token", which API Gateway does not accept'],
    [{ header: "It's" }, 'has the header "It\'s"'],
    [{ header: [] }, 'has no identity source'],
    [{ query: 'a b' }, 'has the query parameter "a b"'],
    [{ type: 'TOKEN', header: ['A', 'B'] }, 'is of type TOKEN, which has one header as its identity source'],
    [{ type: 'TOKEN', query: 'token' }, 'is of type TOKEN, which has one header as its identity source'],
    [{ type: 'TOKEN', header: 'A', query: 'token' }, 'is of type TOKEN, which has one header as its identity source'],
  ])('with %j', (options, message) => {
    expect(() => authorizer(() => undefined, options)).toThrow(`GOBLET_AUTHORIZER: authorizer() ${message}`);
  });

  test('without a function', () => {
    expect(() => authorizer(undefined as never)).toThrow('has no function that decides');
  });

  test('with its line, under tooling', () => {
    vi.stubEnv('GOBLET_INVENTORY', '1');
    expect(() => authorizer(() => undefined, { ttl: -1 })).toThrow(
      /GOBLET_AUTHORIZER: authorizer-function\.test\.ts:\d+ has the ttl -1/,
    );
  });
});

test.each([{}, { methodArn: 'arn' }, { methodArn: 'arn:aws:s3:::bucket/key' }, null, undefined])(
  'an event that is none of API Gateway’s fails: %j',
  async (event) => {
    const decided = vi.fn();
    await expect(functionOf(decided)(event as never)).rejects.toThrow('GOBLET_EVENT_UNKNOWN');
    expect(decided).not.toHaveBeenCalled();
  },
);

test('nothing that a client sends can widen the policy', async () => {
  const answer = functionOf(() => allow('ann', { routes: ['GET /users/*'] }));
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.dictionary(fc.string(), fc.string()), async (path, headers) => {
      const event = { ...request('x'), methodArn: `${api}/GET/${path}`, headers, queryStringParameters: headers };
      expect(await answer(event)).toMatchObject(statement('Allow', `${api}/GET/users/*`, `${api}/HEAD/users/*`));
    }),
  );
});

describe('of a WebSocket API', () => {
  const connect = (authorization: string) => ({ ...request(authorization), methodArn: `${api}/$connect` });

  test('who is allowed may connect', async () => {
    const answer = await functionOf(() => allow('ann', { context: { role: 'admin' } }))(connect('good'));
    expect(answer).toEqual({
      principalId: 'ann',
      ...statement('Allow', `${api}/$connect`),
      context: { role: 'admin' },
    });
  });

  test.each([undefined, allow('ann', { routes: ['GET /users'] }), allow('ann', { routes: [] })])(
    'who is not allowed, or some routes alone, may not',
    async (answer) => {
      expect(await functionOf(() => answer)(connect('good'))).toEqual({
        principalId: 'anonymous',
        ...statement('Deny', `${api}/$connect`),
        context: {},
      });
    },
  );

  test('Unauthorized is 401', async () => {
    await expect(functionOf(decide)(connect('stranger'))).rejects.toThrow(/^Unauthorized$/);
  });
});
