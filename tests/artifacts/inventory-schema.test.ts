import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Inventory, takeInventory } from '@goblet/build';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { GOBLET, root } from '../processes/commands.js';

const published = readFileSync(new URL(import.meta.resolve('@goblet/build/inventory.schema.json')), 'utf8');
const schema = JSON.parse(published) as { readonly $defs: Readonly<Record<string, Definition>> };

interface Definition {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Definition & { readonly $ref?: string }>>;
  readonly additionalProperties?: unknown;
}

/** An independent judge: it knows draft 2020-12, and refuses a schema with a keyword that it does not know. */
function validator(): ValidateFunction {
  return new Ajv2020({ strict: true, allErrors: true }).compile(schema);
}

const taken = new Map<string, Promise<Inventory>>();

function inventoryOf(entry: string): Promise<Inventory> {
  const known = taken.get(entry);
  if (known !== undefined) return known;
  const made = takeInventory({ entry: join(root, entry), onOutput: () => {} }).then(({ inventory }) => inventory);
  taken.set(entry, made);
  return made;
}

describe('the published JSON Schema of the inventory', () => {
  test('is what its types say', async () => {
    const { inventorySchema } = await import(join(root, 'packages/build/scripts/inventory-schema.js'));
    expect(published).toBe(inventorySchema());
  });

  test('is what goblet inventory --schema prints', () => {
    const { stdout } = spawnSync(process.execPath, [GOBLET, 'inventory', '--schema'], { cwd: '/', encoding: 'utf8' });
    expect(stdout).toBe(published);
  });

  test('describes every type of its own and every member that is not one of these', () => {
    const silent = Object.entries(schema.$defs).flatMap(([name, definition]) => [
      ...(definition.description === undefined && definition.type === 'object' ? [name] : []),
      ...Object.entries(definition.properties ?? {})
        .filter(([, member]) => member.description === undefined && member.$ref === undefined)
        .map(([member]) => `${name}.${member}`),
    ]);
    expect(silent).toEqual([]);
  });

  test('closes every type with members', () => {
    const open = Object.entries(schema.$defs).filter(
      ([, { properties, additionalProperties }]) => properties !== undefined && additionalProperties !== false,
    );
    expect(open.map(([name]) => name)).toEqual([]);
  });

  test.each([
    'examples/users-service/web-api',
    'tests/conformance/service/app.ts',
    'packages/cdk/src/tests/fixtures/http/app.ts',
    'packages/cdk/src/tests/fixtures/own-authorizer/app.ts',
    'packages/cdk/src/tests/fixtures/secured/app.ts',
    'packages/cdk/src/tests/fixtures/service/app.ts',
    'packages/cdk/src/tests/fixtures/streaming/app.ts',
    'tests/artifacts/fixtures/everything.ts',
    'tests/artifacts/fixtures/schemas.ts',
  ])('admits the inventory of %s', async (entry) => {
    const validate = validator();
    expect(validate(await inventoryOf(entry)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('is proved on every kind of function, body, authorizer and constructible source', async () => {
    const rest = await inventoryOf('tests/artifacts/fixtures/everything.ts');
    const http = await inventoryOf('packages/cdk/src/tests/fixtures/http/app.ts');
    const kinds = (members: readonly { readonly kind: string }[]) => [...new Set(members.map(({ kind }) => kind))];
    expect(kinds(rest.functions)).toEqual(['api', 'source', 'authorizer']);
    expect(kinds(rest.routes.flatMap(({ body }) => body ?? []))).toEqual(['json', 'form', 'multipart', 'raw']);
    expect(kinds([...rest.authorizers, ...http.authorizers]).sort()).toEqual([
      'apiKey',
      'authorizer',
      'cognito',
      'iam',
      'jwt',
    ]);
    expect(kinds(rest.sources)).toEqual(['queue', 'schedule', 'lambda']);
  });

  test.each<[string, (inventory: Inventory) => unknown]>([
    ['another version', (inventory) => ({ ...inventory, version: 2 })],
    ['a member that is not of it', (inventory) => ({ ...inventory, stage: 'v1' })],
    ['no routes', ({ routes: _, ...rest }) => rest],
    ['a line before the first', (inventory) => ({ ...inventory, source: { file: 'app.ts', line: 0 } })],
    ['a method in lower case', (inventory) => ({ ...inventory, routes: [{ ...inventory.routes[0], method: 'get' }] })],
  ])('refuses %s', async (_, change) => {
    expect(validator()(change(await inventoryOf('examples/users-service/web-api')))).toBe(false);
  });
});
