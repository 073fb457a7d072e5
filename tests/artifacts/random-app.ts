import type { Inventory, InventoryAuthorizer, InventoryRoute } from '@goblet/build';
import fc from 'fast-check';
import { App, apiKey, authorizer, cognito, iam, jwt } from 'goblet';
import { APP, type AppDefinition } from 'goblet/definition';
import * as z from 'zod';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
const text = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength });

/** What a literal of a path may be made of, and some that are. */
const LITERALS = {
  rest: { characters: 'aZ9_-.:,$', some: ['users', 'a', 'b.c', 'x,y', '$batch', 'v1:batch'] },
  http: { characters: 'aZ9_-.:', some: ['users', 'a', 'b.c', 'v1:batch'] },
} as const;
type Api = keyof typeof LITERALS;

// Few names, so that random paths share levels and come into each other's way; and what stands at the edge.
const segment = (api: Api) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...LITERALS[api].some) },
    { weight: 6, arbitrary: fc.constantFrom('{id}', '{name}', '{a-b.c_d}') },
    { weight: 1, arbitrary: fc.constantFrom('{rest+}', '{a}-{b}', 'with space', '%20', ':id', '*', '', '{a b}', 'é') },
    { weight: 1, arbitrary: text(LITERALS[api].characters, 300) },
    { weight: 1, arbitrary: text('a{}+ ~!@%&()*;=\'"?#/\\', 6) },
  );
const path = (api: Api) =>
  fc
    .oneof(
      { weight: 4, arbitrary: fc.array(segment(api), { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.array(segment(api), { minLength: 5, maxLength: 30 }) },
    )
    .map((segments) => `/${segments.join('/')}`);
const cors = fc.constantFrom(
  undefined,
  true,
  { origin: 'https://a.example', maxAge: 60, headers: ['X-A'] },
  { origin: "https://it's.example" },
  { origin: 'https://b.example', headers: ["It's"], credentials: true },
);
const names = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('user', 'own', 'my-pool.eu') },
    fc.constantFrom('a'.repeat(128), 'a'.repeat(129)),
    text("aZ9_-. ~'/é", 8),
  ),
  { maxLength: 2 },
);
/** An HTTP API has one CORS configuration, which its app declares. */
const route = (api: Api) =>
  fc.record({
    method: fc.constantFrom(...METHODS),
    path: path(api),
    cors: api === 'rest' ? cors : fc.constant(undefined),
    auth: fc.nat(5),
  });

const Claims = z.object({ sub: z.string() });
const header = fc.oneof(fc.constantFrom('Authorization', 'X-Token', "It's", 'a b', ''), text('aZ9_-.$!#%&*+^|~', 200));
const guard = fc.oneof(
  fc.constantFrom(
    iam,
    apiKey,
    () => cognito(Claims),
    () => jwt(Claims),
  ),
  fc
    .record(
      {
        type: fc.constantFrom('TOKEN' as const, 'REQUEST' as const),
        header: fc.oneof(header, fc.array(header, { maxLength: 3 })),
        query: fc.oneof(fc.constantFrom('key', 'a b', "it's"), fc.array(text('aZ9_-.$', 40), { maxLength: 3 })),
        ttl: fc.oneof(fc.constantFrom(0, 300, 3600, 3601, -1, 0.5), fc.integer()),
      },
      { requiredKeys: [] },
    )
    .map((options) => () => authorizer(() => undefined, options)),
);
/** Apps at the edge of what the framework takes, and beyond it. */
export const service = (api: Api) =>
  fc.record({
    api: fc.constant(api),
    cors: api === 'http' ? cors : fc.constant(undefined),
    name: fc.oneof(
      fc.constantFrom('random', 'n'.repeat(128), 'n'.repeat(129)),
      fc.string({ minLength: 1, unit: 'grapheme' }),
    ),
    guards: fc.tuple(names, fc.array(guard, { minLength: 2, maxLength: 2 })),
    routes: fc.array(route(api), { minLength: 1, maxLength: 12 }),
  });
export type Service = ReturnType<typeof service> extends fc.Arbitrary<infer S> ? S : never;

/** What an app takes of the service: it refuses where they are declared what API Gateway would. */
export function declared(described: Service): AppDefinition | undefined {
  const {
    name,
    api,
    guards: [guardNames, makers],
    routes,
  } = described;
  const auth = unlessRefused(() => Object.fromEntries(guardNames.map((key, n) => [key, makers[n]?.() ?? iam()])));
  const app = unlessRefused(
    () => new App(name, { api, ...withCors(described.cors), ...(auth === undefined ? {} : { auth }) }),
  );
  if (app === undefined) return undefined;
  const known = Object.keys(auth ?? {});
  for (const { method, path: at, cors: allowed, auth: guarded } of routes) {
    const key = known[guarded];
    unlessRefused(() =>
      app.route(
        [method],
        at as '/a',
        {
          ...withCors(allowed),
          ...(key === undefined ? {} : { auth: key as never }),
        },
        () => 1,
      ),
    );
  }
  // What only the whole app shows is refused where it is read.
  return unlessRefused(() => Reflect.get(app, APP) as AppDefinition);
}

/** The compiler would see one kind of value. */
function withCors(cors: Service['cors']): { readonly cors?: true } {
  return cors === undefined ? {} : { cors: cors as true };
}

/** What is made, `undefined` where our own refuse to. */
export function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('GOBLET_')) return undefined;
    throw error;
  }
}

/** The inventory of an app whose functions and schemas make no difference. */
export function inventoryOf({ name, api, routes, auth }: AppDefinition): Inventory {
  return {
    version: 1,
    name,
    api,
    entry: 'app.ts',
    functions: [{ name: 'APIHandler', kind: 'api' }],
    routes: routes.map(
      ({ method, path: at, function: fn, auth: guards, cors: allowed }): InventoryRoute => ({
        method,
        path: at,
        function: fn,
        auth: guards,
        responses: [],
        errors: [],
        ...(allowed === undefined
          ? {}
          : {
              cors: {
                origins: allowed.origins,
                headers: allowed.headers,
                exposeHeaders: allowed.exposeHeaders,
                credentials: allowed.credentials,
                ...(allowed.maxAge === undefined ? {} : { maxAge: allowed.maxAge }),
              },
            }),
      }),
    ),
    authorizers: Object.entries(auth).map(
      ([key, { kind, options }]): InventoryAuthorizer => ({
        name: key,
        kind,
        function: key,
        options: { ...options },
      }),
    ),
    sources: [],
    environment: [],
    schemas: {},
    bundleConditions: [],
  };
}
