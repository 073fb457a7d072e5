// Programs that must not compile. Each `expect` names what the error on the next line says.
import { App, type Authorizer, bucket, bus, iam, queue, Router, reply, tableStream, topic, websocket } from 'goblet';
import { testClient } from 'goblet/testing';
import * as z from 'zod';
import { Goblet } from './construct.js';
import { router as needy } from './options.js';
import { app, createUser, getUser, User } from './service.js';
import { app as sources } from './sources.js';

// expect: goblet: unknown route option 'respnse'
app.post('/users', { body: User, respnse: User }, async () => ({ a: 1 }));

// expect: goblet: write '{id}', not ':id'
app.get('/users/:id', async () => 1);

// expect: goblet: unbalanced braces
app.get('/users/{id', async () => 1);

// expect: Property 'usernme' does not exist
app.get('/users/{username}', async ({ params }) => params.usernme);

// expect: 'email' is missing
app.post('/users', { body: User, response: User }, async () => ({ username: '1' }));

// expect: 'void' is not assignable
app.get('/users/{username}', { response: User }, async ({ params }) => {
  params.username.toUpperCase();
});

// expect: "usr"' is not assignable
app.get('/me', { auth: 'usr' }, () => 1);

// expect: "jbs"' is not assignable
app.on('jbs', () => 1);

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  // expect: 'DYNAMODB_TABLE_NAM' does not exist
  environment: { DYNAMODB_TABLE_NAM: 't', PAGE_SIZE: '1' },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

// expect: 'sources' is missing
new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  environment: { DYNAMODB_TABLE_NAME: 't', PAGE_SIZE: '1' },
  auth: { user: { issuer: 'i' } },
});

const router = new Router<{ deps: { other: number } }>();
// expect: goblet: the router needs values that this app does not provide
app.mount('/x', router);

const Ticket = z.object({ ticket: z.string() });
// expect: 'ticket' is missing
app.get('/multi', { response: { 200: User, 202: Ticket } }, async () => reply(202, { tickt: 't' }));

const client = testClient(app);
// expect: 'usernam' does not exist
await client.call(getUser, { params: { usernam: 'x' } });

// expect: 'email' is missing
await client.call(createUser, { body: { username: 'x' } });

// expect: Property 'mesage' does not exist
sources.on('placed', ({ records }) => records.map(({ mesage }) => mesage));

sources.on('changes', ({ records }) => {
  // expect: is possibly 'undefined'
  for (const record of records) record.newImage.id.toUpperCase();
});

// expect: Property 'fail' does not exist
sources.on('alarms', ({ records }) => records.map((record) => record.fail()));

// expect: 'placed' is missing
await testClient(sources).send('jobs', { id: 'a' });

sources.on('chat', ({ records: [event] }) => {
  // expect: Property 'body' does not exist
  event.body;
  if (event.kind !== 'message' || event.routeKey !== 'note') return;
  // expect: Property 'placed' does not exist on type 'string'
  event.body.placed;
});

// expect: '"plaice"' is not assignable
await testClient(sources).send('chat', { kind: 'message', routeKey: 'plaice', body: 'text' });

// expect: 'placed' is missing
await testClient(sources).send('echo', { kind: 'message', body: { id: 'a' } });

// expect: not assignable to parameter of type 'TypedMessages'
websocket(queue(User));

// expect: 'batchSize' does not exist
websocket(User, { batchSize: 5 });

// expect: 'pattern' is missing
bus(User, {});

// expect: "S3:ObjectCreated:*"' is not assignable
bucket({ events: ['S3:ObjectCreated:*'] });

// expect: '"IMAGES"' is not assignable
tableStream(User, { view: 'IMAGES' });

// expect: not assignable to parameter of type 'TypedContent'
queue(tableStream(User));

// expect: 'batchSize' does not exist
topic(User, { batchSize: 5 });

// expect: 'boddy' does not exist in type 'RouteOptions
app.route(['GET', 'POST'], '/several', { boddy: User }, () => 1);

// expect: "FETCH"' is not assignable
app.route(['FETCH'], '/several', () => 1);

// expect: goblet: write '{rest+}', not '*'
app.route(['GET'], '/files/*', () => 1);

// expect: goblet: a path starts with '/'
app.get('users', () => 1);

// expect: goblet: unbalanced braces
app.get('/users}/{id}', () => 1);

// expect: goblet: write '{id}', not ':id'
app.mount('/:id', new Router());

// expect: 'string' is not assignable to type 'true'
app.get('/stream', { stream: 'yes' }, () => 1);

// expect: 'string' is not assignable to type 'readonly string[]'
app.get('/scopes', { scopes: 'read' }, () => 1);

// expect: 'string' is not assignable to type 'number'
app.get('/status', { status: '201' }, () => 1);

// expect: missing the following properties from type 'AnyErrorClass': code, status, title
app.get('/errors', { errors: [Error] }, () => 1);

// expect: 'name' does not exist in type
app.get('/body', { body: { name: 'string' } }, () => 1);

// expect: "usr"' is not assignable
app.get('/me', { auth: ['usr'] }, () => 1);

// expect: Property 'sub' does not exist
app.get('/me', { auth: ['user'] }, ({ auth }) => auth.sub);

// expect: 'auth' is possibly 'undefined'
app.get('/me', { auth: false }, ({ auth }) => auth.sub);

// expect: Property 'tenant' does not exist
app.get('/x', ({ tenant }) => tenant);

// expect: Property 'toUpperCase' does not exist
app.with({ count: () => 1 }).get('/x', ({ count }) => count.toUpperCase());

// expect: 'Reply<404, { ticket: string; }>' is not assignable
app.get('/multi', { response: { 200: User, 202: Ticket } }, () => reply(404, { ticket: 't' }));

// expect: goblet: the router needs values that this app does not provide
app.mount('/teams', needy);

// expect: goblet: the router needs values that this app does not provide
app.with({ tenant: () => 'a' }).mount('/{team}', needy);

// expect: 'functions' does not exist in type 'MountOptions'
app.mount('/x', new Router(), { functions: 'reports' });

// expect: "usr"' is not assignable
new Router<{ auth: { user: Authorizer<{ sub: string }> } }>({ defaultAuth: 'usr' });

// expect: Expected 1 arguments, but got 0
new Router<{ auth: { user: Authorizer<{ sub: string }> }; defaultAuth: 'user' }>();

// expect: 'origin' does not exist in type 'RouterOptions
new Router({ origin: '*' });

// expect: "usr"' is not assignable
new App('x', { auth: { user: iam() }, defaultAuth: 'usr' });

// expect: 'setpu' does not exist
new App('x', { setpu: () => ({}) });

// expect: 'PAGE_SIZ' does not exist
testClient(app, { env: { PAGE_SIZ: '1' } });

// expect: 'number' is not assignable to type 'string'
testClient(app, { env: { PAGE_SIZE: 1 } });

// expect: 'environment' is missing
new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  // expect: 'DYNAMODB_TABLE_NAME' is missing
  environment: { PAGE_SIZE: '1' },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  // expect: 'number' is not assignable to type 'string'
  environment: { DYNAMODB_TABLE_NAME: 't', PAGE_SIZE: 1 },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  environment: { DYNAMODB_TABLE_NAME: 't' },
  sources: { jobs: { queueArn: 'a' } },
  // expect: 'userPool' does not exist
  auth: { user: { userPool: 'i' } },
});
