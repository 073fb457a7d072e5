// Programs that must not compile. Each `expect` names what the error on the next line says.
import { bucket, bus, queue, Router, reply, tableStream, topic } from 'goblet';
import { testClient } from 'goblet/testing';
import * as z from 'zod';
import { Goblet } from './construct.js';
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
