import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openApi, renderDocument, takeInventory } from '@goblet/build';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { root } from '../processes/commands.js';

const APPS = [
  'examples/users-service/web-api',
  'tests/conformance/service/app.ts',
  'tests/artifacts/fixtures/everything.ts',
  'tests/artifacts/fixtures/schemas.ts',
  'packages/cdk/src/tests/fixtures/http/app.ts',
  'packages/cdk/src/tests/fixtures/secured/app.ts',
];

const PYTHON = ['-c', 'import sys, json; from openapi_spec_validator import validate; validate(json.load(sys.stdin))'];
const atHand = spawnSync('python3', ['-c', 'import openapi_spec_validator'], { stdio: 'ignore' }).status === 0;

async function documentOf(entry: string) {
  const { inventory } = await takeInventory({ entry: join(root, entry), onOutput: () => {} });
  return { document: openApi(inventory), inventory };
}

describe.each(APPS)('the OpenAPI 3.1 document of %s', (entry) => {
  test('is valid to a validator that is not ours, and covers every route', async () => {
    const { document, inventory } = await documentOf(entry);
    const result = await new Validator().validate(JSON.parse(renderDocument(document, 'json')));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    for (const { method, path } of inventory.routes) {
      expect(document.paths[path.replace('+}', '}')]).toHaveProperty(method.toLowerCase());
    }
    const used = new Set(inventory.routes.flatMap(({ auth }) => auth));
    expect(Object.keys(document.components.securitySchemes ?? {}).sort()).toEqual([...used].sort());
  });

  test('is the same text each time, as JSON and as YAML', async () => {
    const [one, two] = [await documentOf(entry), await documentOf(entry)];
    for (const format of ['json', 'yaml'] as const) {
      expect(renderDocument(two.document, format)).toBe(renderDocument(one.document, format));
    }
  });

  test.skipIf(!atHand)('is valid to openapi-spec-validator too, where it is at hand', async () => {
    const { document } = await documentOf(entry);
    const { status, stderr } = spawnSync('python3', PYTHON, {
      input: renderDocument(document, 'json'),
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  });
});
