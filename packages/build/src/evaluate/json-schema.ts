import type { Schema } from 'goblet/definition';
import type { InventorySchema, JsonSchema } from '../inventory.js';

const TARGET = { target: 'draft-2020-12' } as const;

type Convert = (options: typeof TARGET) => unknown;

export function isSchema(value: unknown): value is Schema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard: unknown = Reflect.get(value, '~standard');
  return typeof standard === 'object' && standard !== null && 'validate' in standard;
}

/**
 * The JSON Schema of a schema both ways, through Standard JSON Schema (standard-schema#134) where its library
 * implements it; a library that does not, or that cannot say this schema, gives the reason instead.
 */
export function describeSchema(schema: Schema): InventorySchema {
  const standard = schema['~standard'];
  const { vendor } = standard;
  const converter: unknown = Reflect.get(standard, 'jsonSchema');
  if (!isConverter(converter)) return { vendor, reason: `${vendor} does not implement Standard JSON Schema` };
  const input = convert(converter.input);
  const output = convert(converter.output);
  const reason = input.reason ?? output.reason;
  return {
    vendor,
    ...(input.schema === undefined ? {} : { input: input.schema }),
    ...(output.schema === undefined ? {} : { output: output.schema }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function isConverter(value: unknown): value is { readonly input: Convert; readonly output: Convert } {
  return typeof value === 'object' && value !== null && 'input' in value && 'output' in value;
}

function convert(side: Convert): { readonly schema?: JsonSchema; readonly reason?: string } {
  try {
    const { $schema: _, ...schema } = JSON.parse(JSON.stringify(side(TARGET))) as Record<string, unknown>;
    return { schema };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** True where the schema accepts `undefined`, so that a variable of its type may be left out. */
export async function acceptsAbsence(schema: Schema): Promise<boolean> {
  try {
    const result = await schema['~standard'].validate(undefined);
    return result.issues === undefined;
  } catch {
    return false;
  }
}
