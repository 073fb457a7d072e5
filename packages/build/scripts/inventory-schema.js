// Writes inventory.schema.json, the published JSON Schema of the inventory, from the types in src/inventory.ts.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const SCHEMA = new URL('../inventory.schema.json', import.meta.url);

/**
 * The schema as text. The generator writes draft 7; draft 2020-12 has the same keywords for these types, except
 * `definitions`.
 */
export function inventorySchema() {
  const { definitions, $ref } = createGenerator({
    path: fileURLToPath(new URL('../src/inventory.ts', import.meta.url)),
    tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    type: 'Inventory',
    expose: 'export',
    jsDoc: 'extended',
    sortProps: false,
    skipTypeCheck: true,
  }).createSchema('Inventory');
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:goblet:inventory:1',
    title: 'The inventory of a Goblet app, version 1',
    $ref,
    $defs: definitions,
  };
  return `${JSON.stringify(schema, null, 2).replaceAll('#/definitions/', '#/$defs/')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SCHEMA, inventorySchema());
