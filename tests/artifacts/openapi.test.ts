import { join } from 'node:path';
import { openApi, renderDocument, takeInventory } from '@goblet/build';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { root } from '../processes/commands.js';
import { OPENAPI_APPS } from './openapi-apps.js';

async function documentOf(entry: string) {
  const { inventory } = await takeInventory({ entry: join(root, entry), onOutput: () => {} });
  return { document: openApi(inventory), inventory };
}

describe.each(OPENAPI_APPS)('the OpenAPI 3.1 document of %s', (entry) => {
  const first = documentOf(entry);

  test('is valid to a validator that is not ours, and covers every route', async () => {
    const { document, inventory } = await first;
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
    const [one, two] = [await first, await documentOf(entry)];
    for (const format of ['json', 'yaml'] as const) {
      expect(renderDocument(two.document, format)).toBe(renderDocument(one.document, format));
    }
  });
});
