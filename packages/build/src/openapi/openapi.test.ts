import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { project } from '../fixtures/project.js';
import { takeInventory } from '../take-inventory.js';
import { type OpenApiDocument, openApi, renderDocument } from './openapi.js';

const APP = `
import { App, NotFound, apiKey, authorizer, cognito, defineError, form, iam, multipart, raw } from 'goblet';
import * as v from 'valibot';
import * as z from 'zod';
export const User = z.object({ name: z.string(), age: z.number().default(1) });
export const Address = z.object({ street: z.string() });
export const Page = z.object({ items: z.array(Address) });
type Tree = { children: Tree[] };
export const Tree: z.ZodType<Tree> = z.object({ get children() { return z.array(Tree); } });
export class Taken extends defineError('NAME_TAKEN', 409, 'The name is taken') {}
export const app = new App('service', {
  auth: { user: cognito(z.object({ sub: z.string() })), signed: iam(), key: apiKey(), session: authorizer(() => undefined, { header: 'X-Session', query: 'tenant' }) },
});
export const createUser = app.post('/users', { body: User, response: User, status: 201, errors: [Taken], summary: 'Create', description: 'At length.', tags: ['users'] }, () => ({ name: 'a' }));
app.get('/users/{id}', { params: z.object({ id: z.coerce.number().int() }), query: z.object({ full: z.boolean().optional(), at: z.string().describe('When') }), headers: z.object({ 'x-trace': z.string() }), response: { 200: Address, 404: Page }, errors: [NotFound] }, () => ({ street: 's' }));
app.get('/pages', { response: Page }, () => ({ items: [] }));
app.get('/tree', { response: Tree }, () => ({ children: [] }));
app.get('/files/{path+}', () => 1);
app.post('/valibot', { body: v.object({ n: v.number() }) }, () => 1);
app.get('/me', { auth: 'user', scopes: ['read'] }, () => 1);
app.get('/internal', { auth: 'signed' }, () => 1);
app.get('/sessions', { auth: 'session' }, () => 1);
app.get('/partners', { auth: 'key' }, () => 1);
app.delete('/gone/{id}', { status: 202 }, () => {});
app.delete('/gone', { status: 204 }, () => {});
app.put('/pictures', { body: multipart() }, () => 1);
export const Problem = z.object({ mine: z.string() });
app.get('/problem', { response: Problem }, () => ({ mine: 'yes' }));
app.put('/bytes', { body: raw() }, () => 1);
app.put('/images', { body: raw('image/png') }, () => 1);
app.put('/form', { body: form(Address) }, () => 1);
`;

let cached: Promise<OpenApiDocument> | undefined;
function document(): Promise<OpenApiDocument> {
  cached ??= (async () => {
    using service = project({ 'app.ts': APP });
    const { inventory } = await takeInventory({ directory: service.folder, onOutput: () => {} });
    return openApi(inventory, { servers: ['https://api.example.com/v1'] });
  })();
  return cached;
}

/** What is at a JSON pointer's keys. */
async function at(...keys: readonly string[]): Promise<unknown> {
  return keys.reduce<unknown>((found, key) => Reflect.get(Object(found), key), await document());
}

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('an operation', () => {
  test('has the words of its route, and its export’s name as id', async () => {
    expect(await at('paths', '/users', 'post')).toMatchObject({
      operationId: 'createUser',
      summary: 'Create',
      description: 'At length.',
      tags: ['users'],
    });
    expect(await at('paths', '/pages', 'get', 'operationId')).toBe('getPages');
  });

  test('has path, query and header parameters one by one', async () => {
    expect(await at('paths', '/users/{id}', 'get', 'parameters')).toEqual([
      { name: 'id', in: 'path', required: true, schema: expect.objectContaining({ type: 'integer' }) },
      { name: 'full', in: 'query', schema: { type: 'boolean' } },
      { name: 'at', in: 'query', required: true, description: 'When', schema: { type: 'string' } },
      { name: 'x-trace', in: 'header', required: true, schema: { type: 'string' } },
    ]);
  });

  test('of a greedy path has its variable without the plus', async () => {
    expect(await at('paths', '/files/{path}', 'get', 'parameters')).toEqual([
      { name: 'path', in: 'path', required: true, description: 'May contain slashes.', schema: { type: 'string' } },
    ]);
  });

  test('asks for what a request carries, and answers what a response carries', async () => {
    expect(await at('paths', '/users', 'post', 'requestBody')).toEqual({
      required: true,
      content: { 'application/json': { schema: schema('UserInput') } },
    });
    expect(await at('paths', '/users', 'post', 'responses', '201', 'content')).toEqual({
      'application/json': { schema: schema('User') },
    });
  });

  test('answers each status of a response map', async () => {
    expect(
      await at('paths', '/users/{id}', 'get', 'responses', '200', 'content', 'application/json', 'schema'),
    ).toEqual(schema('Address'));
  });

  test('answers its own errors and those that come before its handler, as problems', async () => {
    expect(Object.keys(Object(await at('paths', '/users', 'post', 'responses')))).toEqual([
      '201',
      '400',
      '409',
      '415',
      '422',
      '500',
      'default',
    ]);
    expect(await at('paths', '/users', 'post', 'responses', '409', 'content')).toEqual({
      'application/problem+json': { schema: schema('NameTakenProblem') },
    });
    expect(await at('components', 'schemas', 'NameTakenProblem')).toMatchObject({
      allOf: [schema('Problem2'), { properties: { code: { const: 'NAME_TAKEN' }, status: { const: 409 } } }],
    });
  });

  test.each([
    ['/users', 'post', ['201', '400', '409', '415', '422']],
    ['/form', 'put', ['400', '415', '422', '2XX']],
    ['/images', 'put', ['415', '2XX']],
    ['/bytes', 'put', ['2XX']],
    ['/pictures', 'put', ['400', '413', '415', '2XX']],
    ['/users/{id}', 'get', ['200', '400', '404', '422']],
    ['/me', 'get', ['401', '403', '2XX']],
    ['/pages', 'get', ['200']],
  ])('of %s %s answers each status exactly where it can occur: %j, 500 and what the gateway says', async (...given) => {
    const [path, method, statuses] = given;
    const found = Object.keys(Object(await at('paths', path, method, 'responses')));
    expect(found.sort()).toEqual([...statuses, '500', 'default'].sort());
  });

  test('of an HTTP API has its path decoded by the gateway, and cannot refuse it', async () => {
    using service = project({
      'app.ts': `import { App } from 'goblet';
export const app = new App('service', { api: 'http' });
app.get('/users/{id}', () => 1);`,
    });
    const { inventory } = await takeInventory({ directory: service.folder, onOutput: () => {} });
    const { responses } = Object(openApi(inventory).paths['/users/{id}']?.get);
    expect(Object.keys(responses)).toEqual(['500', '2XX', 'default']);
  });

  test('that declares a schema and an error of one status answers with both', async () => {
    expect(await at('paths', '/users/{id}', 'get', 'responses', '404')).toEqual({
      description: 'Not Found; Not found',
      content: {
        'application/json': { schema: schema('Page') },
        'application/problem+json': { schema: schema('NotFoundProblem') },
      },
    });
  });

  test('that is guarded is refused by the function with a code, by the gateway without', async () => {
    for (const [status, problem] of [
      ['401', 'UnauthorizedProblem'],
      ['403', 'InsufficientScopeProblem'],
    ] as const) {
      expect(await at('paths', '/me', 'get', 'responses', status, 'content')).toEqual({
        'application/problem+json': { schema: schema(problem) },
        'application/json': { schema: schema('GatewayMessage') },
      });
    }
    expect(await at('components', 'schemas', 'GatewayMessage', 'properties', 'code')).toBe(false);
  });

  test('that fails says by which request', async () => {
    expect(await at('components', 'schemas', 'InternalServerErrorProblem')).toMatchObject({
      allOf: [schema('Problem2'), { properties: { code: { const: 'INTERNAL_SERVER_ERROR' }, requestId: {} } }],
    });
  });

  test('without a declared schema may answer anything, and nothing under a status without a body', async () => {
    const anything = { content: { '*/*': {} } };
    expect(await at('paths', '/internal', 'get', 'responses', '2XX')).toMatchObject(anything);
    expect(await at('paths', '/gone/{id}', 'delete', 'responses', '202')).toMatchObject(anything);
    expect(await at('paths', '/gone', 'delete', 'responses', '204')).toEqual({ description: 'No Content' });
  });

  test('names its authorizer and its scopes', async () => {
    expect(await at('paths', '/me', 'get', 'security')).toEqual([{ user: ['read'] }]);
    expect(await at('paths', '/partners', 'get', 'security')).toEqual([{ key: [] }]);
    expect(await at('components', 'securitySchemes')).toMatchObject({
      user: { type: 'http', scheme: 'bearer' },
      signed: { type: 'apiKey', name: 'Authorization' },
      key: { type: 'apiKey', name: 'x-api-key' },
      session: { type: 'apiKey', name: 'X-Session', in: 'header', description: 'Also required: query tenant.' },
    });
  });
});

describe('a component', () => {
  test('is one for a schema that reads the same both ways, and two for one that does not', async () => {
    const names = Object.keys(Object(await at('components', 'schemas')));
    expect(names).toEqual(expect.arrayContaining(['Address', 'User', 'UserInput']));
    expect(names).not.toContain('AddressInput');
  });

  test('is referred to where a schema contains it', async () => {
    expect(await at('components', 'schemas', 'Page', 'properties', 'items', 'items')).toEqual(schema('Address'));
  });

  test('of the app keeps its name beside those of the document', async () => {
    expect(await at('components', 'schemas', 'Problem', 'properties')).toEqual({ mine: { type: 'string' } });
    expect(await at('components', 'schemas', 'Problem2', 'description')).toBe('A problem document (RFC 9457).');
  });

  test('may contain itself', async () => {
    expect(await at('components', 'schemas', 'Tree', 'properties', 'children', 'items')).toEqual(schema('Tree'));
  });

  test('says why it says nothing', async () => {
    expect(await at('paths', '/valibot', 'post', 'requestBody', 'content', 'application/json', 'schema')).toEqual({
      $comment: 'valibot does not implement Standard JSON Schema',
    });
  });
});

describe('a component of a schema that Zod names by an id', () => {
  async function documentOf(body: string) {
    using service = project({
      'app.ts': `import { App } from 'goblet';
import * as z from 'zod';
export const app = new App('service');
${body}`,
    });
    const { inventory } = await takeInventory({ directory: service.folder, onOutput: () => {} });
    return openApi(inventory);
  }
  const names = ({ components }: OpenApiDocument) =>
    Object.keys(components.schemas).filter((name) => !isOfDocument(name));
  const isOfDocument = (name: string) => name === 'Problem' || name.endsWith('Problem') || name === 'GatewayMessage';

  test('has that id, and is one wherever the schema stands', async () => {
    const made = await documentOf(`
const Address = z.object({ street: z.string() }).meta({ id: 'Address' });
const User = z.object({ home: Address, work: Address.optional() }).meta({ id: 'User' });
app.post('/users', { body: User, response: User }, ({ body }) => body);
app.get('/shops', { response: z.object({ at: Address }) }, () => ({ at: { street: '' } }));`);
    expect(names(made)).toEqual(['Address', 'GetShopsResponse', 'User']);
    expect(made.components.schemas.User).toMatchObject({
      properties: { home: schema('Address'), work: schema('Address') },
    });
    expect(made.components.schemas.GetShopsResponse).toMatchObject({ properties: { at: schema('Address') } });
  });

  test('is another where a definition of the same name says something else', async () => {
    const made = await documentOf(`
const standard = (field: string) => {
  const json = { type: 'object', properties: { at: { $ref: '#/$defs/At' } }, $defs: { At: { type: 'object', properties: { [field]: {} } } } };
  return { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }), jsonSchema: { input: () => json, output: () => json } } } as const;
};
app.get('/a', { response: standard('a') }, () => ({}));
app.get('/b', { response: standard('b') }, () => ({}));
app.get('/c', { response: standard('a') }, () => ({}));`);
    expect(made.components.schemas.GetAResponse).toMatchObject({ properties: { at: schema('At') } });
    expect(made.components.schemas.GetBResponse).toMatchObject({ properties: { at: schema('At2') } });
    expect(made.components.schemas.GetCResponse).toMatchObject({ properties: { at: schema('At') } });
    expect([made.components.schemas.At, made.components.schemas.At2]).toEqual([
      { type: 'object', properties: { a: {} } },
      { type: 'object', properties: { b: {} } },
    ]);
  });

  test('is found in parameters too', async () => {
    const made = await documentOf(`
const Role = z.enum(['admin', 'user']).meta({ id: 'Role' });
app.get('/users', { query: z.object({ role: Role.optional() }).meta({ id: 'UserQuery' }) }, () => 1);`);
    expect(names(made)).toEqual(['Role']);
    expect(made.paths['/users']?.get).toMatchObject({
      parameters: [{ name: 'role', in: 'query', schema: schema('Role') }],
    });
  });
});

describe('a component of an exported schema', () => {
  async function schemasOf(body: string): Promise<OpenApiDocument['components']['schemas']> {
    using service = project({
      'app.ts': `import { App } from 'goblet';
import * as z from 'zod';
export const app = new App('service');
${body}`,
    });
    const { inventory } = await takeInventory({ directory: service.folder, onOutput: () => {} });
    return openApi(inventory).components.schemas;
  }

  test('is there where it stands only within others', async () => {
    const schemas = await schemasOf(`
export const Role = z.enum(['admin', 'user']);
export const Address = z.object({ street: z.string() });
export const Unused = z.object({ unused: z.string() });
app.get('/users', { response: z.array(z.object({ role: Role, at: z.array(Address) })) }, () => []);`);
    expect(schemas.GetUsersResponse).toMatchObject({
      items: { properties: { role: schema('Role'), at: { items: schema('Address') } } },
    });
    expect(Object.keys(schemas)).not.toContain('Unused');
  });

  test('is referred to where it is a choice', async () => {
    const schemas = await schemasOf(`
export const Circle = z.object({ kind: z.literal('circle'), r: z.number() });
export const Square = z.object({ kind: z.literal('square'), a: z.number() });
export const Shape = z.discriminatedUnion('kind', [Circle, Square]);
app.get('/shapes', { response: z.array(Shape) }, () => []);
app.post('/shapes', { body: Shape }, () => 1);`);
    expect(schemas.GetShapesResponse).toMatchObject({ items: schema('Shape') });
    expect(schemas.Shape).toEqual({ oneOf: [schema('Circle'), schema('Square')] });
  });

  test('that contains itself is one within others too', async () => {
    const schemas = await schemasOf(`
type Tree = { children: Tree[] };
export const Tree: z.ZodType<Tree> = z.object({ get children() { return z.array(Tree); } });
app.get('/forest', { response: z.object({ trees: z.array(Tree) }) }, () => ({ trees: [] }));`);
    expect(schemas.GetForestResponse).toMatchObject({ properties: { trees: { items: schema('Tree') } } });
    expect(schemas.Tree).toMatchObject({ properties: { children: { items: schema('Tree') } } });
  });

  test('keeps its name beside the input of another', async () => {
    const schemas = await schemasOf(`
export const User = z.object({ age: z.number().default(1) });
export const UserInput = z.object({ mine: z.string() });
app.post('/users', { body: User, response: User }, ({ body }) => body);
app.post('/inputs', { body: UserInput }, () => 1);`);
    expect(schemas.UserInput).toMatchObject({ properties: { mine: {} } });
    expect(schemas.UserInput2).toMatchObject({ properties: { age: {} } });
  });

  test('has a name that OpenAPI takes', async () => {
    const schemas = await schemasOf(`
export const Größe$ = z.object({ cm: z.number() });
app.get('/sizes', { response: Größe$ }, () => ({ cm: 1 }));`);
    expect(Object.keys(schemas)).toContain('Gr__e_');
  });
});

test('every reference leads somewhere', async () => {
  const text = JSON.stringify(await document());
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(10);
  const names = Object.keys(Object(await at('components', 'schemas')));
  expect(references.filter((name = '') => !names.includes(name))).toEqual([]);
});

test('the document reads the same as YAML and as JSON', async () => {
  const made = await document();
  expect(parse(renderDocument(made, 'yaml'))).toEqual(JSON.parse(renderDocument(made, 'json')));
});

const VALIDATOR = [
  '-c',
  'import sys, json; from openapi_spec_validator import validate; validate(json.load(sys.stdin))',
];
const atHand =
  process.env.GOBLET_TESTS === 'full' &&
  spawnSync('python3', ['-c', 'import openapi_spec_validator'], { stdio: 'ignore' }).status === 0;

test.skipIf(!atHand)(
  'an independent validator finds nothing (openapi-spec-validator; slow tier, skipped where it is not installed)',
  async () => {
    const { status, stderr } = spawnSync('python3', VALIDATOR, { input: JSON.stringify(await document()) });
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
  },
);
