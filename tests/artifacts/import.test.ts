import { apiDefinition } from '@goblet/build';
import { executeApi, importOpenApi } from '@goblet/cloud/execute-api';
import fc from 'fast-check';
import type { AppDefinition } from 'goblet/definition';
import { expect, test } from 'vitest';
import { propertyRuns } from '../property-runs.js';
import { declared, inventoryOf, service, unlessRefused } from './random-app.js';

const bindings = {
  functionUri: (fn: string) => fn,
  userPoolArns: () => ['arn:aws:cognito-idp:eu-west-1:000000000000:userpool/a'],
};

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

/** What every authorizer of an app's own answers here. */
const DENIAL = {
  principalId: 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: '*' }],
  },
};
/** A gateway that is given nothing to verify signatures or keys by answers 501 for them. */
const REFUSED = [401, 403, 501];

test('no app that is taken is refused by the import of API Gateway, and the gateway finds each of its routes', async () => {
  let imported = 0;
  let guarded = 0;
  await fc.assert(
    fc.asyncProperty(service('rest'), async (described) => {
      const app = declared(described);
      if (app === undefined || app.routes.length === 0) return;
      const definition = unlessRefused(() => apiDefinition(inventoryOf(app), bindings));
      if (definition === undefined) return;
      imported += 1;
      const model = importOpenApi(JSON.parse(JSON.stringify(definition)));
      const resources = [...new Set(app.routes.map(({ path: at }) => at))];
      let reached: unknown;
      const answer = executeApi({
        model,
        stage: 'v1',
        apiId: 'api',
        account: '000000000000',
        region: 'us-east-1',
        invoker: {
          invoke: async (uri, event) => {
            if (uri !== 'APIHandler') return { payload: DENIAL };
            reached = Reflect.get(Object(event), 'resource');
            return { payload: { statusCode: 200, body: '' } };
          },
        },
      });
      for (const { method, path: at } of app.routes) {
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
        if (method === 'OPTIONS' && hasPreflight(app, resource)) {
          expect([status, reached]).toEqual([204, undefined]);
        } else if (isGuarded(app, method, resource)) {
          guarded += 1;
          expect(REFUSED).toContain(status);
          expect(reached).toBeUndefined();
        } else {
          expect([status, reached]).toEqual([200, resource]);
        }
      }
    }),
    { numRuns: propertyRuns(3000) },
  );
  expect(imported).toBeGreaterThan(150);
  expect(guarded).toBeGreaterThan(20);
});

/** Whether the method of the resource asks who calls: HEAD does as GET where it has no route of its own. */
function isGuarded({ routes }: AppDefinition, method: string, resource: string | undefined): boolean {
  const own = routes.filter(({ path: at }) => at === resource);
  const of = (wanted: string) => own.find((candidate) => candidate.method === wanted);
  const asked = of(method) ?? (method === 'HEAD' ? of('GET') : undefined);
  return asked !== undefined && asked.auth.length > 0;
}

/** Whether the gateway answers OPTIONS by itself: the path's routes allow one origin, in words that a mapping can have, and none of them is OPTIONS. */
function hasPreflight({ routes }: AppDefinition, resource: string | undefined): boolean {
  const own = routes.filter(({ path: at }) => at === resource);
  const allowed = own.flatMap(({ cors: one }) => one ?? []);
  const origins = new Set(allowed.flatMap((one) => one.origins));
  const words = allowed.flatMap((one) => [...one.origins, ...one.headers]);
  return (
    origins.size === 1 && !words.some((word) => word.includes("'")) && !own.some(({ method }) => method === 'OPTIONS')
  );
}

/** What stands in a request for a segment of a path; a variable's value may be a literal beside it. */
function segmentsFor(part: string): readonly string[] {
  if (part.endsWith('+}')) return ['users', 'x', 'y'];
  return [part.startsWith('{') ? 'a' : part];
}
