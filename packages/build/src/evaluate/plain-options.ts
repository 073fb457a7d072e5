import type { Schema } from 'goblet/definition';
import { isSchema } from './json-schema.js';

export interface PlainOptions {
  readonly plain: Readonly<Record<string, unknown>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/**
 * Splits declared options into JSON values and schemas; functions are omitted. If an option is a record of schemas,
 * each schema is named after the option and its key: `messages.join`.
 */
export function plainOptions(options: Readonly<Record<string, unknown>>): PlainOptions {
  const plain: Record<string, unknown> = {};
  const schemas: Record<string, Schema> = {};
  for (const [key, value] of Object.entries(options)) {
    if (isSchema(value)) schemas[key] = value;
    else if (holdsSchemas(value)) {
      for (const [name, one] of Object.entries(value)) if (isSchema(one)) schemas[`${key}.${name}`] = one;
    } else if (typeof value !== 'function' && value !== undefined) plain[key] = JSON.parse(JSON.stringify(value));
  }
  return { plain, schemas };
}

const holdsSchemas = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.values(value).some((one) => isSchema(one) || one === String);
