import { expect, test } from 'vitest';
import type { OpenApiDocument } from '../openapi/openapi.js';
import { clientSource } from './client-source.js';

function document(components: Partial<OpenApiDocument['components']>): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'service', version: '1' },
    paths: {},
    components: { schemas: {}, ...components },
  };
}

test('a component is a type of its own name, unless the module has that name', async () => {
  const object = { type: 'object' };
  const names = ['User', 'user', 'Client', 'paths', 'Record', 'User.Address', 'größe'];
  const source = await clientSource(
    document({ schemas: Object.fromEntries(names.map((name) => [name, object])) }),
    'service',
  );
  expect(source.match(/^export type .*$/gm)?.filter((line) => line.includes("components['schemas']"))).toEqual([
    "export type User = components['schemas']['User'];",
    "export type Client = components['schemas']['Client'];",
    "export type Paths = components['schemas']['paths'];",
  ]);
});

test('a client says what guarded routes ask for', async () => {
  const source = await clientSource(
    document({
      securitySchemes: {
        user: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        session: { type: 'apiKey', name: 'tenant', in: 'query', description: 'Also required: */ header\nX.' },
      },
    }),
    'service',
  );
  expect(source).toContain(` * Guarded routes require the identity sources of their authorizers:
 * - user: header \`authorization: Bearer <JWT>\`
 * - key: header \`x-api-key\`
 * - session: query \`tenant\`. Also required: * / header X.
 *
 * @param baseUrl`);
});

test.each([
  ['users-service', 'createUsersServiceClient'],
  ['3 things', 'create3ThingsClient'],
  ['用户', 'createApiClient'],
  ['a\nexport const b = 1', 'createAExportConstB1Client'],
])('the client of an app named %j is made by %s', async (name, factory) => {
  const source = await clientSource(document({}), name);
  expect(source).toContain(`export function ${factory}(\n  baseUrl: string`);
  expect(source).not.toMatch(/^export const b/m);
});
