import { App, Conflict, defineError, jwt, NotFound, queue, Router, reply, schedule } from 'goblet';
import { testClient } from 'goblet/testing';
import * as z from 'zod';
import { Goblet } from './construct.js';

export const User = z.object({ username: z.string().min(1), email: z.email() });
const Job = z.object({ id: z.string() });
const Ticket = z.object({ ticket: z.string() });
export class UserExists extends defineError('USER_EXISTS', 409, 'The user exists') {}

interface Users {
  find(name: string): Promise<z.infer<typeof User> | undefined>;
  create(user: z.infer<typeof User>): Promise<z.infer<typeof User>>;
  remove(name: string): Promise<void>;
}
declare function usersTable(name: string): Users;

export const app = new App('web-api', {
  env: { DYNAMODB_TABLE_NAME: String, PAGE_SIZE: z.coerce.number().default(20) },
  sources: { jobs: queue(Job, { batchSize: 10 }), nightly: schedule('rate(1 day)') },
  auth: { user: jwt(z.object({ sub: z.string() })) },
  setup: async ({ env }) => ({ users: usersTable(env.DYNAMODB_TABLE_NAME), size: env.PAGE_SIZE }),
  teardown: async ({ users, size }) => users.remove(size.toFixed()),
});

export const createUser = app.post(
  '/users',
  { body: User, response: User, status: 201, errors: [UserExists] },
  async ({ body, deps }) => deps.users.create(body),
);
export const getUser = app.get(
  '/users/{username}',
  { response: User, errors: [NotFound] },
  async ({ params, deps }) => {
    const user = await deps.users.find(params.username);
    if (!user) throw new NotFound(params.username);
    return user;
  },
);
export const deleteUser = app.delete('/users/{username}', ({ params, deps }) => deps.users.remove(params.username));
app.get('/me', { auth: 'user' }, ({ auth }) => auth.sub.toUpperCase());
app.get('/both', { auth: ['user'] }, ({ auth }) => auth.user.sub.toUpperCase());
app.get('/open', ({ auth }) => {
  const nobody: undefined = auth;
  return nobody;
});
app.on('jobs', ({ records, deps }) => {
  for (const record of records) record.body.id.toUpperCase();
  deps.size.toFixed();
});

const scoped = app.with({ tenant: async ({ headers }) => headers['x-tenant'] ?? 'none', n: () => 1 });
scoped.get('/t', ({ tenant, n }) => tenant.toUpperCase() + n.toFixed());
const deeper = scoped.with({ both: ({ tenant }) => tenant.length });
deeper.get('/t2', ({ tenant, both }) => both.toFixed() + tenant);

const router = new Router<{ deps: { users: Users }; params: { tenant: string } }>();
router.get('/x/{id}', ({ params, deps }) => {
  params.tenant.toUpperCase();
  return deps.users.find(params.id);
});
app.mount('/tenants/{tenant}', router);

export const multi = app.get('/multi', { response: { 200: User, 202: Ticket } }, async () =>
  Math.random() > 2 ? { username: 'a', email: 'b@c.de' } : reply(202, { ticket: 't' }),
);
app.get('/moved', { response: User }, () => reply(301, undefined, { headers: { location: '/multi' } }));
app.route(['GET', 'POST'], '/several', { query: z.object({ n: z.coerce.number() }) }, ({ query }) => query.n.toFixed());
app.use(async (request, next) => {
  request.deps.users.find(request.path);
  const response = await next();
  return reply(response.status, response.body, { headers: { ...response.headers, 'x-n': 1 } });
});
app.onError((error) => (error instanceof TypeError ? reply(400, { message: error.message }) : undefined));

// A default that guards, and a route that it does not.
const guarded = new App('guarded', {
  auth: { user: jwt(z.object({ sub: z.string() })) },
  defaultAuth: 'user',
});
guarded.get('/mine', ({ auth }) => auth.sub);
guarded.get('/all', { auth: false }, ({ auth }) => {
  const nobody: undefined = auth;
  return nobody;
});

export const test = async (users: Users): Promise<void> => {
  await using client = testClient(app, {
    deps: { users, size: 3 },
    env: { PAGE_SIZE: '2' },
    auth: { user: { sub: 's' } },
  });
  const created = await client.call(createUser, { body: { username: 'a', email: 'b' } });
  if (created.status === 201) created.body.email.toUpperCase();
  else {
    const code: 'USER_EXISTS' = created.body.code;
    code.toLowerCase();
  }
  const got = await client.call(getUser, { params: { username: 'ann' } });
  if (got.status === 404) {
    const code: 'NOT_FOUND' = got.body.code;
    code.toLowerCase();
  }
  const several = await client.call(multi);
  if (several.status === 202) several.body.ticket.toUpperCase();
};

new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  environment: { DYNAMODB_TABLE_NAME: 't', PAGE_SIZE: '1' },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

declare const computed: string;
app.get(computed, ({ params }) => params.anything);
throw new Conflict('detail', { cause: new Error(), extensions: { of: 1 } });
