import type { ModelRecord, RestApiRecord } from '../records/rest-api.js';

const SCHEMA = 'http://json-schema.org/draft-04/schema#';

/** The models that every REST API has from the start. */
export function defaultModels(idOf: (name: string) => string): Readonly<Record<string, ModelRecord>> {
  const made = (name: string, schema: object): ModelRecord => ({
    id: idOf(name),
    name,
    description: `This is a default ${name.toLowerCase()} schema model`,
    contentType: 'application/json',
    schema: JSON.stringify({ $schema: SCHEMA, title: `${name} Schema`, type: 'object', ...schema }, null, 2),
  });
  return { Empty: made('Empty', {}), Error: made('Error', { properties: { message: { type: 'string' } } }) };
}

/** The models of an API by name. APIs that were stored before there were models have the first two. */
export function modelsOf({ id, models }: RestApiRecord): Readonly<Record<string, ModelRecord>> {
  return models ?? defaultModels((name) => `${id.slice(0, 5)}${name === 'Empty' ? '0' : '1'}`);
}
