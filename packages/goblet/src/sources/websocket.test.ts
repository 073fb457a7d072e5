import * as fc from 'fast-check';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import * as z from 'zod';
import { propertyRuns } from '../../../../tests/property-runs.js';
import { APP } from '../definition.js';
import {
  App,
  allow,
  apiKey,
  authorizer,
  ConnectionGone,
  cognito,
  defineError,
  Forbidden,
  iam,
  Router,
  reply,
  websocket,
} from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';
import { context, fixture, keeping } from './fixtures/source-fixtures.js';

const Join = z.object({ action: z.literal('join'), room: z.string() });
const Say = z.object({ action: z.literal('say'), text: z.string() });

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a handler of a chat sees of an event, and what API Gateway is answered. */
async function handled(event: unknown, answer: () => unknown = () => undefined) {
  const { lines, logger } = keeping();
  const app = new App('x', { logger, sources: { chat: websocket({ join: Join, say: Say }) } });
  const seen: unknown[] = [];
  app.on('chat', ({ records: [{ connections, ...record }] }) => {
    seen.push(record);
    return answer();
  });
  return { answer: await lambdaHandler(app, 'chat')(event, context), seen, lines };
}

const connection = {
  connectionId: 'WyHPAfymhcwCENw=',
  connectedAt: new Date('2026-03-19T09:39:18.417Z'),
  domainName: 'abcdef123.execute-api.us-east-1.amazonaws.com',
  stage: 'prod',
  callbackUrl: 'https://abcdef123.execute-api.us-east-1.amazonaws.com/prod',
  sourceIp: '203.0.113.7',
  userAgent: 'wscat',
};

test('a handler sees who connects, with headers, query and what the authorizer says', async () => {
  const { seen, answer } = await handled(fixture('websocket-connect'));
  expect(seen).toEqual([
    {
      ...connection,
      kind: 'connect',
      headers: expect.objectContaining({ headerauth1: 'headerValue1', 'sec-websocket-protocol': 'chat.v2, chat.v1' }),
      query: { room: 'blue sky' },
      authorizer: { principalId: 'ann', role: 'admin', integrationLatency: 11 },
    },
  ]);
  expect(answer).toEqual({ statusCode: 200 });
});

test('a handler sees a message by its route, as its schema gives it', async () => {
  const { seen, answer } = await handled(fixture('websocket-message'));
  expect(seen).toEqual([
    {
      ...connection,
      kind: 'message',
      id: 'WyHQBfZ6hcwCENw=',
      routeKey: 'say',
      body: { action: 'say', text: 'hello' },
      authorizer: { principalId: 'ann', role: 'admin' },
    },
  ]);
  expect(answer).toEqual({ statusCode: 200 });
});

test('a handler sees who is gone, and why', async () => {
  const { seen, answer } = await handled(fixture('websocket-disconnect'));
  expect(seen).toEqual([
    { ...connection, kind: 'disconnect', code: 1005, reason: 'Client-side close frame status not set' },
  ]);
  expect(answer).toEqual({ statusCode: 200 });
});

test('what a handler returns for a message is not sent, as API Gateway takes no more than a status', async () => {
  expect((await handled(fixture('websocket-message'), () => ({ ok: true }))).answer).toEqual({ statusCode: 200 });
});

test('behind a custom domain connections are reached at the API itself, whose path has the stage', async () => {
  for (const [region, host] of [
    ['eu-west-1', 'abcdef123.execute-api.eu-west-1.amazonaws.com'],
    ['cn-north-1', 'abcdef123.execute-api.cn-north-1.amazonaws.com.cn'],
  ]) {
    vi.stubEnv('AWS_REGION', region);
    const event = fixture('websocket-message');
    event.requestContext.domainName = 'chat.example';
    const { seen } = await handled(event);
    expect(seen).toMatchObject([{ domainName: 'chat.example', callbackUrl: `https://${host}/prod` }]);
  }
});

class RoomFull extends defineError('ROOM_FULL', 409, 'The room is full') {}

test.for<[string, () => unknown, object]>([
  ['nothing', () => undefined, { statusCode: 200 }],
  ['a reply of 200', () => reply(200), { statusCode: 200, headers: {} }],
  [
    'a reply that chooses a subprotocol',
    () => reply(200, undefined, { headers: { 'Sec-WebSocket-Protocol': 'chat.v1' } }),
    { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat.v1' } },
  ],
])('a connection is opened by %s', async ([, answer, expected]) => {
  expect((await handled(fixture('websocket-connect'), answer)).answer).toEqual(expected);
});

test.for<[string, () => unknown, number]>([
  ['a reply', () => reply(401), 401],
  [
    'an error',
    () => {
      throw new Forbidden();
    },
    403,
  ],
  [
    'an error of the app',
    () => {
      throw new RoomFull();
    },
    409,
  ],
])('a connection is refused with the status of %s', async ([, answer, statusCode]) => {
  const { lines, ...rest } = await handled(fixture('websocket-connect'), answer);
  expect(rest.answer).toMatchObject({ statusCode });
  expect(lines).toEqual([]);
});

test.for<[string, unknown]>([
  ['false', false],
  ['true', true],
  ['null', null],
  ['what a Lambda function would return', { statusCode: 403 }],
  ['a status', 403],
  ['a reply of no status', reply(Number.NaN)],
  ['a reply of a status that is none', reply(1008)],
])('a handler that returns %s opens no connection, and its log says why', async ([, returned]) => {
  const { answer, lines } = await handled(fixture('websocket-connect'), () => returned);
  expect(answer).toEqual({ statusCode: 500 });
  expect(lines).toMatchObject([{ message: expect.stringContaining('GOBLET_WEBSOCKET_ANSWER') }]);
});

test('a handler that fails fails the invocation, which opens no connection', async () => {
  const fail = () => {
    throw new Error('why');
  };
  for (const name of ['websocket-connect', 'websocket-message', 'websocket-disconnect'])
    await expect(handled(fixture(name), fail)).rejects.toThrow('why');
});

test.for(['nonsense', '{"action":"say"}', '', null, undefined])(
  'a message that its schema refuses is logged, and reaches nobody: %j',
  async (body) => {
    const { seen, lines, answer } = await handled({ ...fixture('websocket-message'), body });
    expect(seen).toEqual([]);
    expect(lines).toMatchObject([
      { message: 'The record does not match its schema', fields: { record: 'WyHPAfymhcwCENw=', source: 'chat' } },
    ]);
    expect(answer).toEqual({ statusCode: 400 });
  },
);

test('a schema that throws fails the invocation', async () => {
  const Throwing = z.string().refine(() => {
    throw new Error('why');
  });
  const app = new App('x', { logger: keeping().logger, sources: { chat: websocket(Throwing) } });
  app.on('chat', () => {});
  await using client = testClient(app);
  await expect(client.send('chat', { kind: 'message', body: 'a' })).rejects.toThrow('why');
});

const { requestContext } = fixture('websocket-connect');
test.for([
  undefined,
  null,
  7,
  {},
  { requestContext: null },
  { requestContext: { ...requestContext, eventType: 'OTHER' } },
  { requestContext: { ...requestContext, connectionId: '' } },
  { requestContext: { ...requestContext, stage: 7 } },
  { requestContext: { ...requestContext, domainName: 'abcdef123.evil/' } },
  { requestContext: { ...requestContext, connectedAt: 'today' } },
  fixture('queue'),
  fixture('bus'),
])('an event of something else is refused by its code: %j', async (event) => {
  await expect(handled(event)).rejects.toThrow('GOBLET_EVENT_SOURCE: the event is not one of a WebSocket API');
});

test('a message of a route that the source does not declare is refused by its code', async () => {
  const event = fixture('websocket-message');
  event.requestContext.routeKey = 'shout';
  await expect(handled(event)).rejects.toThrow('GOBLET_EVENT_SOURCE');
});

test('whatever the event is, a connection opens only where the handler saw a connect and returned nothing', async () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('', '$connect', 'CONNECT', 'say', '{"action":"say","text":"a"}'),
  );
  const members = fc.dictionary(fc.constantFrom(...Object.keys(requestContext)), odd, { maxKeys: 2 });
  const events = fc.record(
    {
      requestContext: fc.oneof(
        odd,
        members.map((changed) => ({ ...requestContext, ...changed })),
      ),
      headers: odd,
      queryStringParameters: odd,
      body: odd,
      isBase64Encoded: odd,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(events, async (event) => {
      const { answer, seen } = await handled(event).catch((error: Error) => {
        expect(error.message).toMatch(/^GOBLET_EVENT_SOURCE/);
        return { answer: undefined, seen: [] };
      });
      const opened = (answer as { statusCode?: number } | undefined)?.statusCode === 200;
      expect(opened).toBe(seen.length === 1);
      for (const record of seen as { kind: string; connectionId: unknown; body?: unknown }[]) {
        expect(typeof record.connectionId).toBe('string');
        if (record.kind === 'message') expect(Say.or(Join).safeParse(record.body).success).toBe(true);
      }
    }),
    { numRuns: propertyRuns(300) },
  );
});

test('text arrives as it is', async () => {
  const app = new App('x', { sources: { echo: websocket(String) } });
  app.on('echo', async ({ records: [event] }) => {
    if (event.kind === 'message') await event.connections.send(event.connectionId, event.body);
  });
  await using client = testClient(app);
  await client.send('echo', { kind: 'message', body: 'not json' });
  expect(client.posted).toEqual([{ connectionId: 'test', data: 'not json' }]);
});

test('a test sees what a handler sends, and says which connections are gone', async () => {
  const app = new App('x', { sources: { chat: websocket({ join: Join, say: Say }) }, setup: () => new Set<string>() });
  app.on('chat', async ({ records: [event], deps: members }) => {
    expectTypeOf(event.connectionId).toBeString();
    if (event.kind === 'connect' && event.query.room === undefined) return reply(400);
    if (event.kind === 'disconnect') members.delete(event.connectionId);
    if (event.kind !== 'message') return;
    if (event.routeKey === 'join') members.add(event.connectionId);
    else
      for (const id of members)
        await event.connections.send(id, { text: event.body.text }).catch((error: unknown) => {
          if (!(error instanceof ConnectionGone)) throw error;
          members.delete(error.connectionId);
        });
  });
  await using client = testClient(app);
  expect(await client.send('chat', { kind: 'connect' })).toMatchObject({ statusCode: 400 });
  expect(await client.send('chat', { kind: 'connect', query: { room: 'a' } })).toEqual({ statusCode: 200 });
  for (const connectionId of ['ann', 'ben', 'cas'])
    await client.send('chat', { kind: 'message', connectionId, routeKey: 'join', body: { action: 'join', room: 'a' } });
  await client.send('chat', { kind: 'disconnect', connectionId: 'ben' });
  client.gone.add('cas');
  const say = { kind: 'message', routeKey: 'say', body: { action: 'say', text: 'hello' } } as const;
  await client.send('chat', say);
  client.gone.delete('cas');
  await client.send('chat', say);
  expect(client.posted).toEqual([
    { connectionId: 'ann', data: { text: 'hello' } },
    { connectionId: 'ann', data: { text: 'hello' } },
  ]);
});

test('a mounted router may have the handler', async () => {
  const chat = websocket(String);
  const router = new Router<{ sources: { chat: typeof chat } }>();
  router.on('chat', async ({ records: [event] }) => {
    if (event.kind === 'message') await event.connections.send('other', event.body);
  });
  const app = new App('x', { sources: { chat } });
  app.mount('/any', router);
  await using client = testClient(app);
  await client.send('chat', { kind: 'message', body: 'hello' });
  expect(client.posted).toEqual([{ connectionId: 'other', data: 'hello' }]);
});

test('a connection that a handler closed is gone', async () => {
  const app = new App('x', { sources: { chat: websocket(String) } });
  app.on('chat', async ({ records: [{ connections, connectionId }] }) => {
    expect((await connections.info(connectionId)).sourceIp).toBe('127.0.0.1');
    await connections.close(connectionId);
  });
  await using client = testClient(app);
  await client.send('chat', { kind: 'message', body: '' });
  expect(client.gone).toEqual(new Set(['test']));
  await expect(client.send('chat', { kind: 'message', body: '' })).rejects.toThrow('GOBLET_CONNECTION_GONE');
});

test('a test cannot send a message of a route that the source does not have', async () => {
  const app = new App('x', { sources: { chat: websocket({ join: Join }) } });
  app.on('chat', () => {});
  await using client = testClient(app);
  await expect(client.send('chat', { kind: 'message', routeKey: 'joyn', body: {} } as never)).rejects.toThrow(
    'GOBLET_TEST_SEND: the source has no route key "joyn"; it has join',
  );
});

test.for<[unknown, string]>([
  [undefined, 'the messages are undefined; give a schema, String, or one of them for each route key'],
  [{}, 'the messages are [object Object]'],
  [7, 'the messages are 7'],
  [{ $connect: String }, '"$connect" is not a route key of messages'],
  [{ '': String }, '"" is not a route key of messages'],
  [{ say: Number }, 'the message of say is function Number'],
  [{ say: null }, 'the message of say is null'],
])('messages that are none are refused where they are declared: %j', ([messages, message]) => {
  expect(() => websocket(messages as never)).toThrow(`GOBLET_WEBSOCKET: ${message}`);
});

describe('a guarded WebSocket API', () => {
  const auth = { own: authorizer(() => allow('ann')), caller: iam(), key: apiKey(), pool: cognito(z.unknown()) };
  const guardedBy = (name: string) => {
    const app = new App('x', { auth, logger: keeping().logger, sources: { chat: websocket(String, { auth: name }) } });
    const seen: unknown[] = [];
    app.on('chat', ({ records: [{ kind, authorizer }] }) => void seen.push([kind, authorizer]));
    return { app, seen };
  };

  test.each([
    ['own', { authorizer: { principalId: 'ann', level: 3 } }, { principalId: 'ann', level: '3' }],
    [
      'caller',
      { identity: { userArn: 'arn:ann', accountId: '1', caller: 'c' } },
      { userArn: 'arn:ann', accountId: '1', callerId: 'c' },
    ],
  ])('opens to whom %s admits', async (name, sent, caller) => {
    const { app, seen } = guardedBy(name);
    await using client = testClient(app);
    expect(await client.send('chat', { kind: 'connect', ...sent })).toEqual({ statusCode: 200 });
    expect(seen).toEqual([['connect', caller]]);
  });

  test.each([
    ['own', {}],
    ['own', { authorizer: { role: 'admin' } }],
    ['own', { identity: { userArn: 'arn:ann' } }],
    ['caller', {}],
    ['caller', { identity: { accountId: '1' } }],
    ['caller', { authorizer: { principalId: 'ann' } }],
  ])('refuses who came past %s with 401, before the handler', async (name, sent) => {
    const { app, seen } = guardedBy(name);
    await using client = testClient(app);
    expect(await client.send('chat', { kind: 'connect', ...sent })).toEqual({ statusCode: 401 });
    expect(seen).toEqual([]);
  });

  test('has messages and ends of whom it admitted', async () => {
    const { app, seen } = guardedBy('own');
    await using client = testClient(app);
    await client.send('chat', { kind: 'message', body: '' });
    await client.send('chat', { kind: 'disconnect' });
    expect(seen).toEqual([
      ['message', undefined],
      ['disconnect', undefined],
    ]);
  });

  test('keeps what checks authorizers in its bundle', () => {
    expect(guardedBy('own').app[APP].bundleConditions).not.toContain('goblet-without-auth');
  });

  test.each([
    ['onw', 'GOBLET_AUTH_UNKNOWN: the source "chat" requires "onw", which is not under auth'],
    ['key', 'GOBLET_WEBSOCKET_AUTH: the source "chat" is guarded by "key"'],
    ['pool', 'GOBLET_WEBSOCKET_AUTH: the source "chat" is guarded by "pool"'],
  ])('by %s is refused where it is declared', (name, message) => {
    expect(() => guardedBy(name).app[APP]).toThrow(message);
  });

  test('by an authorizer of type TOKEN is refused where it is declared', () => {
    const own = authorizer(() => allow('ann'), { type: 'TOKEN' });
    const app = new App('x', { auth: { own }, sources: { chat: websocket(String, { auth: 'own' }) } });
    expect(() => app[APP]).toThrow('GOBLET_WEBSOCKET_AUTH');
  });
});

test.each(['', 'action', '$request.header.action', '${request.body.action'])(
  'a route selection expression that is none is refused where it is declared: %j',
  (routeSelectionExpression) => {
    expect(() => websocket(String, { routeSelectionExpression })).toThrow(
      'GOBLET_WEBSOCKET: the routeSelectionExpression',
    );
  },
);

test.each(['$request.body.type', '$request.body.message.kind', '${request.body.service}-${request.body.action}'])(
  'a route selection expression may be %j',
  (routeSelectionExpression) => {
    expect(websocket(String, { routeSelectionExpression }).options).toMatchObject({ routeSelectionExpression });
  },
);
