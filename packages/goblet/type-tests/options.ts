// Every option of a route, a router, a mount and an app, and routers that need what another file's app has.
import {
  App,
  allow,
  apiKey,
  authorizer,
  cognito,
  compression,
  form,
  iam,
  multipart,
  NotFound,
  Router,
  raw,
} from 'goblet';
import * as z from 'zod';

const Claims = z.object({ sub: z.string() });
const Item = z.object({ id: z.string(), count: z.coerce.number() });

export const everything = new App('everything', {
  api: 'rest',
  alsoBehind: ['url', 'alb'],
  env: { NAME: String, SIZE: Number, LOUD: Boolean, REGION: z.enum(['eu', 'us']).default('eu') },
  auth: {
    user: cognito(Claims),
    key: apiKey(),
    machine: iam(),
    own: authorizer(({ token }) => (token ? allow(token, { context: { role: 'reader' } }) : undefined), { ttl: 0 }),
  },
  defaultAuth: 'user',
  cors: { origin: ['https://example.com'], credentials: true },
  debug: true,
  compression: compression(),
  logger: console,
  setup: ({ env, log }) => {
    log.info(env.NAME, { size: env.SIZE.toFixed(), loud: env.LOUD });
    const region: 'eu' | 'us' = env.REGION;
    return { region };
  },
  teardown: ({ region }) => {
    region.toUpperCase();
  },
});

everything.put(
  '/items/{id}/{rest+}',
  {
    body: Item,
    query: z.object({ limit: z.coerce.number().optional() }),
    params: z.object({ id: z.coerce.number(), rest: z.string() }),
    headers: z.object({ 'x-tenant': z.string() }),
    response: Item,
    status: 202,
    errors: [NotFound],
    auth: ['user', 'key'],
    scopes: ['items/write'],
    summary: 'Puts an item',
    description: 'Again where it is there',
    tags: ['items'],
    cors: false,
    stream: true,
  },
  ({ body, query, params, headers, auth }) => ({
    id: params.id.toFixed() + params.rest.toUpperCase() + headers['x-tenant'] + auth.user.sub + auth.key.apiKeyId,
    count: body.count + (query.limit ?? 0),
  }),
);
everything.route(
  ['PUT', 'PATCH'],
  '/several/{id}',
  { body: Item, response: Item, auth: 'own', tags: ['items'] },
  ({ body, params, auth }) => ({ ...body, id: params.id + auth.role.toUpperCase() }),
);
everything.get('/machine', { auth: 'machine' }, ({ auth }) => auth.userArn.toUpperCase());
everything.post('/form', { body: form(Item) }, ({ body }) => body.count.toFixed());
everything.post('/fields', { body: form() }, ({ body }) => body.name?.toUpperCase());
everything.post('/parts', { body: multipart() }, ({ body }) => body.files.picture?.bytes.length);
everything.post('/raw', { body: raw('image/*') }, ({ body }) => body.byteLength);
everything.head('/x', ({ method }) => method.toUpperCase());
everything.options('/x', ({ rawBody, cookies, all }) => [rawBody.length, cookies.a, all('tag').length]);

/** The needs of a router in a separate file. */
export interface Given {
  deps: { region: 'eu' | 'us' };
  env: { NAME: string };
  auth: { user: ReturnType<typeof cognito<typeof Claims>> };
  values: { tenant: string };
  params: { team: string };
  defaultAuth: 'user';
}
export const router = new Router<Given>({ defaultAuth: 'user', cors: true });
export const member = router.get('/members/{id}', ({ params, deps, env, auth, tenant }) => ({
  name: params.team + params.id + deps.region + env.NAME + auth.sub + tenant,
}));
router.get('/open', { auth: false }, ({ auth }) => {
  const nobody: undefined = auth;
  return nobody;
});
const counted = router.with({ count: ({ tenant }) => tenant.length });
counted.get('/count', ({ count }) => count.toFixed());
counted.use((request, next) => (request.count > 0 ? next() : undefined));

const teams = everything.with({ tenant: ({ headers }) => headers['x-tenant'] ?? 'none' });
teams.mount('/teams/{team}', router, { function: 'teams' });
