import type { Schema } from 'goblet/definition';
import type { InventorySchema, JsonSchema } from '../inventory.js';
import { inputOptions, outputOptions } from './library-options.js';

type Convert = (options: { readonly target: 'draft-2020-12'; readonly libraryOptions: object }) => unknown;

export function isSchema(value: unknown): value is Schema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard: unknown = Reflect.get(value, '~standard');
  return typeof standard === 'object' && standard !== null && 'validate' in standard;
}

/**
 * The JSON Schema of a schema in both directions, through Standard JSON Schema (standard-schema#134) if its library
 * implements it. Otherwise the result has the reason. A library that cannot express a part of the schema omits that
 * part.
 */
export function describeSchema(schema: Schema): InventorySchema {
  const standard = schema['~standard'];
  const { vendor } = standard;
  const converter: unknown = Reflect.get(standard, 'jsonSchema');
  if (!isConverter(converter)) return { vendor, reason: `${vendor} does not implement Standard JSON Schema` };
  const input = convert(converter.input, inputOptions(vendor));
  const output = convert(converter.output, outputOptions(vendor));
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

interface Converted {
  readonly schema?: JsonSchema;
  /** The reason why the schema is absent or incomplete. */
  readonly reason?: string;
}

/** Uses the first options with which the library can express the schema. */
function convert(side: Convert, [options, ...others]: readonly object[]): Converted {
  try {
    const said = side({ target: 'draft-2020-12', libraryOptions: options ?? {} });
    const { $schema: _, ...schema } = JSON.parse(JSON.stringify(said)) as Record<string, unknown>;
    return { schema };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return others.length === 0 ? { reason } : { ...convert(side, others), reason };
  }
}

/** True if the schema accepts `undefined`, so that a variable of its type may be omitted. */
export async function acceptsAbsence(schema: Schema): Promise<boolean> {
  try {
    const result = await schema['~standard'].validate(undefined);
    return result.issues === undefined;
  } catch {
    return false;
  }
}
