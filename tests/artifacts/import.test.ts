import { type ApiDefinition, apiDefinition, type Inventory, type InventoryRoute } from '@goblet/build';
import { executeApi, importOpenApi } from '@goblet/cloud/execute-api';
import fc from 'fast-check';
import { App } from 'goblet';
import { APP, type AppDefinition } from 'goblet/definition';
import { expect, test } from 'vitest';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

// Few names, so that random paths share levels and come into each other's way.
const segment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('users', 'a', 'b.c', 'x,y', '$batch', 'v1:batch') },
  { weight: 3, arbitrary: fc.constantFrom('{id}', '{name}', '{a-b.c_d}') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{rest+}',
      '{a}-{b}',
      'with space',
      '%20',
      ':id',
      '*',
      '',
      '~x',
      "it's(1)",
      '@me',
      '{a b}',
      'é',
    ),
  },
);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
const cors = fc.constantFrom(undefined, true, { origin: 'https://a.example', maxAge: 60, headers: ['X-A'] });
const route = fc.record({ method: fc.constantFrom(...METHODS), path, cors });

/** What an app takes of the routes: it refuses where they are declared what API Gateway would. */
function declared(
  routes: readonly { method: (typeof METHODS)[number]; path: string; cors: unknown }[],
): AppDefinition | undefined {
  const app = new App('random');
  for (const { method, path: at, cors: allowed } of routes) {
    unlessRefused(() =>
      app.route([method], at as '/a', { ...(allowed === undefined ? {} : { cors: allowed as true }) }, () => 1),
    );
  }
  // What only the whole app shows is refused where it is read.
  return unlessRefused(() => Reflect.get(app, APP) as AppDefinition);
}

function unlessRefused<T>(declare: () => T): T | undefined {
  try {
    return declare();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('GOBLET_')) return undefined;
    throw error;
  }
}

function definitionOf({ name, api, routes }: AppDefinition): ApiDefinition {
  const inventory: Inventory = {
    version: 1,
    name,
    api,
    entry: 'app.ts',
    functions: [{ name: 'APIHandler', kind: 'api' }],
    routes: routes.map(
      ({ method, path: at, function: fn, auth, cors: allowed }): InventoryRoute => ({
        method,
        path: at,
        function: fn,
        auth,
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
    authorizers: [],
    sources: [],
    environment: [],
    schemas: {},
    bundleDefine: {},
  };
  return apiDefinition(inventory, { functionUri: (fn) => fn });
}

/** 0 for a literal, 1 for a variable, 2 for a greedy one, segment by segment; `undefined` where the path is another. */
function rank(resource: string, segments: readonly string[]): string | undefined {
  const parts = resource === '/' ? [] : resource.slice(1).split('/');
  const greedy = parts.at(-1)?.endsWith('+}') === true;
  if (greedy ? segments.length < parts.length : segments.length !== parts.length) return undefined;
  const ranks = parts.map((part, n) =>
    part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : part === segments[n] ? 0 : 9,
  );
  return ranks.includes(9) ? undefined : ranks.join('');
}

/** The slow, obvious matcher: of all paths that fit, the one that is most literal from the left. */
function expected(resources: readonly string[], segments: readonly string[]): string | undefined {
  const fitting = resources.flatMap((resource) => {
    const ranked = rank(resource, segments);
    return ranked === undefined ? [] : [[ranked, resource] as const];
  });
  return fitting.sort(([a], [b]) => (a < b ? -1 : 1))[0]?.[1];
}

test('no route set that an app takes is refused by the import of API Gateway, and the gateway finds each of its routes', async () => {
  let imported = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(route, { minLength: 1, maxLength: 12 }), async (routes) => {
      const definition = declared(routes);
      if (definition === undefined || definition.routes.length === 0) return;
      imported += 1;
      const model = importOpenApi(JSON.parse(JSON.stringify(definitionOf(definition))));
      const resources = [...new Set(definition.routes.map(({ path: at }) => at))];
      let reached: unknown;
      const answer = executeApi({
        model,
        stage: 'v1',
        apiId: 'api',
        account: '000000000000',
        region: 'us-east-1',
        invoker: {
          invoke: async (_uri, event) => {
            reached = Reflect.get(Object(event), 'resource');
            return { payload: { statusCode: 200, body: '' } };
          },
        },
      });
      for (const { method, path: at } of definition.routes) {
        const segments =
          at === '/'
            ? []
            : at
                .slice(1)
                .split('/')
                .flatMap((part) => segmentsFor(part));
        reached = undefined;
        const { status } = await answer({
          method,
          path: `/${segments.map(encodeURIComponent).join('/')}`,
          query: '',
          headers: [['host', 'api.example']],
          body: new Uint8Array(),
          sourceIp: '127.0.0.1',
          signal: new AbortController().signal,
        });
        const resource = expected(resources, segments);
        const answered =
          method === 'OPTIONS' && hasPreflight(definition, resource) ? [204, undefined] : [200, resource];
        expect([status, reached]).toEqual(answered);
      }
    }),
    { numRuns: 300 },
  );
  expect(imported).toBeGreaterThan(100);
});

/** Whether the gateway answers OPTIONS by itself: the path's routes allow one origin, and none of them is OPTIONS. */
function hasPreflight({ routes }: AppDefinition, resource: string | undefined): boolean {
  const own = routes.filter(({ path: at }) => at === resource);
  const origins = new Set(own.flatMap(({ cors: allowed }) => allowed?.origins ?? []));
  return origins.size === 1 && !own.some(({ method }) => method === 'OPTIONS');
}

/** What stands in a request for a segment of a path; a variable's value may be a literal beside it. */
function segmentsFor(part: string): readonly string[] {
  if (part.endsWith('+}')) return ['users', 'x', 'y'];
  return [part.startsWith('{') ? 'a' : part];
}
