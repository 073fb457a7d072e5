import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apiDefinition } from './api-definition/api-definition.js';
import { BuildError } from './build-error.js';
import { project } from './fixtures/project.js';
import { type TakeInventoryOptions, takeInventory } from './take-inventory.js';

const quiet = { onOutput: () => {} };

const app = (body = '', options = '{}') => `
import { App } from 'goblet';
import * as z from 'zod';
${body}
export const app = new App('service', ${options});
`;

async function take(files: Readonly<Record<string, string>>, options: TakeInventoryOptions = {}) {
  using service = project(files);
  return await takeInventory({ directory: service.folder, ...quiet, ...options });
}

async function refusal(files: Readonly<Record<string, string>>, options: TakeInventoryOptions = {}) {
  const error = await take(files, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BuildError)) throw new Error(`no BuildError but ${String(error)}`);
  return error;
}

describe('an inventory', () => {
  test('says routes with their schemas, errors, handles and lines', async () => {
    const { inventory } = await take({
      'app.ts': `${app(`
import { NotFound } from 'goblet';
export const User = z.object({ name: z.string(), age: z.number().default(1) });`)}
export const getUser = app.get('/users/{name}', { response: User, errors: [NotFound], summary: 'Read' }, () => ({ name: 'a' }));
app.post('/users', { body: User, status: 201 }, () => 1);
`,
    });
    expect(inventory.routes).toEqual([
      {
        method: 'GET',
        path: '/users/{name}',
        function: 'APIHandler',
        auth: [],
        handle: 'getUser',
        summary: 'Read',
        responses: [{ status: 200, schema: 'User' }],
        errors: [{ code: 'NOT_FOUND', status: 404, title: 'Not found' }],
        source: { file: 'app.ts', line: 9 },
      },
      {
        method: 'POST',
        path: '/users',
        function: 'APIHandler',
        auth: [],
        body: { kind: 'json', contentTypes: ['application/json'], schema: 'User' },
        responses: [{ status: 201 }],
        errors: [],
        source: { file: 'app.ts', line: 10 },
      },
    ]);
    expect(inventory.source).toEqual({ file: 'app.ts', line: 7 });
  });

  test('comes with what deserves a look before the app is deployed', async () => {
    const { warnings } = await take({ 'app.ts': `${app()}\napp.get('/ping', () => 1);` });
    expect(warnings).toEqual([
      {
        code: 'GOBLET_BUILD_PATH_RESERVED',
        message: expect.stringContaining('GET /ping cannot be reached under a custom domain'),
        source: { file: 'app.ts', line: 7 },
      },
    ]);
  });

  test('has a schema both ways: defaults may be left out of requests and are in responses', async () => {
    const { inventory } = await take({
      'app.ts': `${app('export const User = z.object({ age: z.number().default(1) });')}
app.get('/', { response: User }, () => ({}));`,
    });
    expect(inventory.schemas.User?.input).not.toHaveProperty('required');
    expect(inventory.schemas.User?.output).toMatchObject({ required: ['age'] });
  });

  test('says why a schema has no JSON Schema', async () => {
    const { inventory } = await take({
      'app.ts': `
import { App } from 'goblet';
import * as v from 'valibot';
export const app = new App('service');
app.post('/valibot', { body: v.object({ n: v.number() }) }, () => 1);`,
    });
    expect(inventory.schemas.PostValibotBody).toEqual({
      vendor: 'valibot',
      reason: 'valibot does not implement Standard JSON Schema',
    });
  });

  test.each([
    ['zod', "import * as z from 'zod';", 'z.object({ id: z.string(), at: z.date() })'],
    ['arktype', "import { type } from 'arktype';", "type({ id: 'string', at: 'Date' })"],
  ])(
    'has what %s can say of a schema: a date is no JSON in requests, and text in responses',
    async (vendor, imported, record) => {
      const { inventory } = await take({
        'app.ts': `
import { App } from 'goblet';
${imported}
export const Record = ${record};
export const app = new App('service');
app.post('/records', { body: Record, response: Record }, ({ body }) => body);`,
      });
      const { input, output } = inventory.schemas.Record ?? {};
      expect(inventory.schemas.Record?.vendor).toBe(vendor);
      expect(input).toMatchObject({ properties: { id: { type: 'string' }, at: {} } });
      expect(output).toMatchObject({
        properties: { id: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
      });
      expect(input).not.toHaveProperty('properties.at.type');
    },
  );

  test('says of a schema that its library cannot say in whole why not', async () => {
    const { inventory } = await take({
      'app.ts': `${app()}
app.get('/lengths', { response: z.object({ id: z.string(), length: z.string().transform((text) => text.length) }) }, () => ({ id: 'a', length: 'b' }));`,
    });
    const { output, reason } = inventory.schemas.GetLengthsResponse ?? {};
    expect(output).toMatchObject({ properties: { id: { type: 'string' }, length: {} }, required: ['id', 'length'] });
    expect(reason).toBe('Transforms cannot be represented in JSON Schema');
  });

  test('tells variables that must be bound from those with a default', async () => {
    const { inventory } = await take({
      'app.ts': app(
        '',
        '{ env: { NAME: String, PORT: Number, DEBUG: Boolean, RATE: z.coerce.number(), SIZE: z.coerce.number().default(20) } }',
      ),
    });
    expect(inventory.environment).toEqual([
      { name: 'NAME', type: 'string', required: true },
      { name: 'PORT', type: 'number', required: true },
      { name: 'DEBUG', type: 'boolean', required: true },
      { name: 'RATE', type: 'schema', required: true },
      { name: 'SIZE', type: 'schema', required: false },
    ]);
  });

  test('has a function for the routes and one for each source', async () => {
    const { inventory } = await take({
      'app.ts': `
import { App, queue, schedule } from 'goblet';
import * as z from 'zod';
export const app = new App('service', { sources: { jobs: queue(z.object({ id: z.string() }), { batchSize: 5 }), nightly: schedule('rate(1 day)') } });
app.get('/', () => 1);
app.on('jobs', () => {});
app.on('nightly', () => {});`,
    });
    expect(inventory.functions.map(({ name, kind }) => [name, kind])).toEqual([
      ['APIHandler', 'api'],
      ['jobs', 'source'],
      ['nightly', 'source'],
    ]);
    expect(inventory.sources[0]).toMatchObject({
      name: 'jobs',
      kind: 'queue',
      function: 'jobs',
      options: { batchSize: 5 },
      source: { file: 'app.ts', line: 6 },
    });
  });

  test('describes what no gateway would take too, and warns of it: the artifacts refuse it', async () => {
    const { inventory, warnings } = await take({
      'app.ts': `
import { App, jwt } from 'goblet';
import * as z from 'zod';
export const app = new App('service', { auth: { user: jwt(z.object({ sub: z.string() })) } });
app.get('/me', { auth: 'user' }, () => 1);`,
    });
    expect(inventory).toMatchObject({ api: 'rest', authorizers: [{ name: 'user', kind: 'jwt' }] });
    expect(warnings).toEqual([
      {
        code: 'GOBLET_BUILD_NOT_SUPPORTED',
        message: expect.stringMatching(
          /^JWT authorizers on REST APIs are not supported yet, and user is one \(app\.ts:5\); declare/,
        ),
      },
    ]);
    expect(() => apiDefinition(inventory, { functionUri: (name) => name })).toThrow(
      /^GOBLET_BUILD_NOT_SUPPORTED: JWT authorizers on REST APIs are not supported yet, and user is one \(app\.ts:5\)/,
    );
  });

  test('does not run setup', async () => {
    const { inventory } = await take({ 'app.ts': app('', "{ setup: () => { throw new Error('setup ran'); } }") });
    expect(inventory.name).toBe('service');
  });

  test('is the same whatever this process has in its environment', async () => {
    process.env.GOBLET_TEST_SECRET = 'x';
    const files = {
      'app.ts': app("if (process.env.GOBLET_TEST_SECRET || process.env.AWS_REGION) throw new Error('leaked');"),
    };
    const { inventory } = await take(files);
    expect(inventory.name).toBe('service');
  });

  test('comes with every file of the app for a watcher', async () => {
    using service = project({ 'app.ts': app("import './other.js';"), 'other.ts': 'export {};' });
    const { inputs } = await takeInventory({ directory: service.folder, ...quiet });
    expect(inputs).toContain(service.path('app.ts'));
    expect(inputs).toContain(service.path('other.ts'));
  });

  test('leaves nothing in the source tree', async () => {
    using service = project({ 'app.ts': app() });
    const before = readdirSync(service.folder);
    await takeInventory({ directory: service.folder, ...quiet });
    expect(readdirSync(service.folder)).toEqual(before);
  });

  test('is not disturbed by what the app prints', async () => {
    const printed: string[] = [];
    const { inventory } = await take(
      { 'app.ts': app("console.log('to stdout'); process.stdout.write('raw'); console.error('to stderr');") },
      { onOutput: (chunk) => printed.push(chunk.toString()) },
    );
    expect(inventory.name).toBe('service');
    expect(printed.join('')).toMatch(/to stdout[\s\S]*raw[\s\S]*to stderr/);
  });

  test('is not held up by timers that the app leaves running', async () => {
    const { inventory } = await take({ 'app.ts': app('setInterval(() => {}, 1000);') });
    expect(inventory.name).toBe('service');
  });
});

describe('an app may be made of', () => {
  test('path aliases, subpath imports, JSON, CommonJS and top-level await', async () => {
    const { inventory } = await take({
      'package.json': '{ "type": "module", "imports": { "#greeting": "./lib/greeting.ts" } }',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
      'app.ts': `
import { App } from 'goblet';
import { greeting } from '#greeting';
import { farewell } from '@/farewell';
import numbers from './numbers.json' with { type: 'json' };
import legacy from './legacy.cjs';
const later = await Promise.resolve('later');
export const app = new App([greeting, farewell, numbers.one, legacy.separator, later].join(' '));`,
      'lib/greeting.ts': "export const greeting: string = 'hello';",
      'lib/farewell.ts': "export const farewell: string = 'bye';",
      'numbers.json': '{ "one": 1 }',
      'legacy.cjs': "const { sep } = require('node:path'); exports.separator = sep;",
    });
    expect(inventory.name).toBe('hello bye 1 / later');
  });

  test('packages that are not bundled, found where the app finds them', async () => {
    const source = app("import { stringify } from 'yaml';", '{}').replace("'service'", "stringify('external').trim()");
    const { inventory, inputs } = await take({ 'app.ts': source }, { external: ['yaml'] });
    expect(inventory.name).toBe('external');
    expect(inputs.filter((path) => path.includes('/node_modules/yaml/'))).toEqual([]);
  });

  test('the packages of a monorepo, whose lines are told from the app', async () => {
    using repository = project({
      'services/api/package.json': '{ "type": "module" }',
      'services/api/app.ts':
        "import { App } from 'goblet'; import { add } from '@acme/routes'; export const app = new App('api'); add(app);",
      'packages/routes/package.json': '{ "name": "@acme/routes", "type": "module", "exports": "./index.ts" }',
      'packages/routes/index.ts':
        "import type { App } from 'goblet';\n\nexport const add = (app: any) => app.get('/added', () => 1);",
    });
    mkdirSync(repository.path('node_modules/@acme'), { recursive: true });
    symlinkSync('../../packages/routes', repository.path('node_modules/@acme/routes'));
    const { inventory } = await takeInventory({ entry: repository.path('services/api/app.ts'), ...quiet });
    expect(inventory.routes[0]?.source).toEqual({ file: '../../packages/routes/index.ts', line: 3 });
  });
});

describe('an app that does not load is refused', () => {
  test('with its own stack, in lines of its source', async () => {
    const error = await refusal({
      'app.ts': "import { fail } from './deep.js';\nfail();\nexport const app = 1;",
      'deep.ts': "export function fail(): void {\n  throw new RangeError('too far');\n}",
    });
    expect(error.message).toBe('GOBLET_BUILD_APP_THREW: app.ts threw while it loaded: too far');
    expect(error.detail).toMatch(/RangeError: too far[\s\S]*deep\.ts:2:\d+[\s\S]*app\.ts:2:\d+/);
  });

  test('when it throws what is no error', async () => {
    expect(await refusal({ 'app.ts': "throw 'text';" })).toMatchObject({ code: 'GOBLET_BUILD_APP_THREW' });
    expect(await refusal({ 'app.ts': 'throw undefined;' })).toMatchObject({ code: 'GOBLET_BUILD_APP_THREW' });
  });

  test('when it does not compile, at the place', async () => {
    expect((await refusal({ 'app.ts': '\nconst = 1;' })).message).toMatch(
      /^GOBLET_BUILD_BUNDLE_FAILED: app\.ts:2:7: Expected identifier/,
    );
  });

  test('when it imports what is not there', async () => {
    expect((await refusal({ 'app.ts': "import 'no-such-package';" })).message).toMatch(
      /GOBLET_BUILD_BUNDLE_FAILED: app\.ts:1:8: Could not resolve "no-such-package"/,
    );
  });

  test('when it exports no app, or something else', async () => {
    expect((await refusal({ 'app.ts': 'export const other = 1;' })).message).toMatch(
      /^GOBLET_BUILD_APP_NOT_EXPORTED: app\.ts does not export `app`; write/,
    );
    expect((await refusal({ 'app.ts': 'export const app = {};' })).message).toMatch(/exports something else as `app`/);
  });

  test('when it is made by another version of the framework', async () => {
    const files = { 'app.ts': "export const app = { [Symbol.for('goblet.app')]: { version: 2 } };" };
    expect((await refusal(files)).message).toMatch(
      /GOBLET_BUILD_APP_VERSION: .* version 2, but these tools read version 1/,
    );
  });

  test('when it ends the process', async () => {
    const error = await refusal({ 'app.ts': '\nprocess.exit(3);' });
    expect(error.message).toBe('GOBLET_BUILD_APP_EXITED: app.ts called process.exit(3) while it loaded');
    expect(error.detail).toMatch(/app\.ts:2:\d+/);
  });

  test('when it is killed', async () => {
    expect(
      await refusal({
        'app.ts': "process.kill(process.pid, 'SIGTERM'); await new Promise(() => setTimeout(() => {}, 9999));",
      }),
    ).toMatchObject({
      code: 'GOBLET_BUILD_APP_EXITED',
    });
  });

  const never = 'await new Promise(() => {});';
  test.each<{ where: string; files: Readonly<Record<string, string>>; stack: RegExp }>([
    {
      where: 'in its second line',
      files: { 'app.ts': `const one = await 1;\n${never}` },
      stack: /^ +at .*app\.ts:2:7$/,
    },
    {
      where: 'in a function of another file',
      files: {
        'app.ts': "import { connect } from './connect.js';\n\nawait connect();\nawait connect();",
        'connect.ts': `let calls = 0;\nexport async function connect() {\n  await null;\n  if (calls++) ${never}\n}`,
      },
      stack: /^ +at connect \(.*connect\.ts:4:\d+\)\n +at async .*app\.ts:4:1$/,
    },
    {
      where: 'in one of several calls',
      files: {
        'app.ts': `async function one() {\n  await null;\n}\nasync function two() {\n  ${never}\n}\nawait Promise.all([one(), two()]);`,
      },
      stack: /^ +at two \(.*app\.ts:5:\d+\)\n +at .*app\.ts:7:\d+$/,
    },
    {
      where: 'in a file that it imports',
      files: { 'app.ts': "import './settings.js';", 'settings.ts': `\n${never}` },
      stack: /^ +at .*settings\.ts:2:\d+$/,
    },
    {
      where: 'beside callbacks that wait as well',
      files: {
        'app.ts': `setTimeout(async () => {\n  ${never}\n}, 1);\n(async () => {\n  await 1;\n  ${never}\n})();\n${never}`,
      },
      stack: /^ +at .*app\.ts:8:\d+$/,
    },
  ])('when it waits for what never comes $where, with the line', async ({ files, stack }) => {
    const { message, detail } = await refusal(files);
    expect(message).toBe(
      'GOBLET_BUILD_APP_TIMEOUT: app.ts waits at a top-level await that never resolves; move the waiting code into setup',
    );
    expect(detail).toMatch(stack);
  });

  test('when it loops for longer than the limit, with the lines where it loops', { timeout: 30_000 }, async () => {
    const files = {
      'app.ts': "import { spin } from './spin.js';\n\nspin();",
      'spin.ts': 'export function spin(): void {\n  for (;;) {}\n}',
    };
    const error = await refusal(files, { timeout: 3000 });
    expect(error.message).toMatch(/^GOBLET_BUILD_APP_TIMEOUT: .*app\.ts was still loading after 3 seconds/);
    expect(error.detail).toMatch(/spin\.ts:2:\d+[\s\S]*app\.ts:3:\d+/);
  });

  test('when it waits for longer than the limit, with the line where it waits', { timeout: 30_000 }, async () => {
    const wait = 'export const wait = () =>\n  new Promise((resolve) => setTimeout(resolve, 60_000));';
    const files = { 'app.ts': "import { wait } from './wait.js';\n\nawait wait();", 'wait.ts': wait };
    const error = await refusal(files, { timeout: 2000 });
    expect(error.message).toMatch(/still loading after 2 seconds/);
    expect(error.detail).toMatch(/^ +at .*app\.ts:3:\d+$/);
  });

  test('when a declaration is wrong, with the lines that the framework names', async () => {
    const error = await refusal({ 'app.ts': `${app()}\napp.get('/a', () => 1);\napp.get('/a', () => 2);` });
    expect(error.message).toMatch(/GOBLET_BUILD_APP_THREW: app\.ts threw while it loaded: GOBLET_ROUTE_DUPLICATE/);
    expect(error.message).toMatch(/app\.ts:7 and app\.ts:8/);
  });
});

test('an app that is wrong as a whole is refused as one that throws', async () => {
  const error = await refusal({ 'app.ts': `${app()}\napp.get('/a', { auth: 'nobody' as never }, () => 1);` });
  expect(error.message).toMatch(
    /^GOBLET_BUILD_APP_THREW: app\.ts threw .* GOBLET_AUTH_UNKNOWN: app\.ts:7 requires "nobody"/,
  );
});

test('two apps of one process do not see each other', async () => {
  const [one, two] = await Promise.all([
    take({ 'app.ts': "import { App } from 'goblet'; export const app = new App('one'); app.get('/one', () => 1);" }),
    take({ 'app.ts': "import { App } from 'goblet'; export const app = new App('two'); app.get('/two', () => 1);" }),
  ]);
  expect(one.inventory.routes.map(({ path }) => path)).toEqual(['/one']);
  expect(two.inventory.routes.map(({ path }) => path)).toEqual(['/two']);
});
