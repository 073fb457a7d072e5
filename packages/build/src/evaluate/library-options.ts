/** A `Date` of a response is text: JSON.stringify writes it so. */
const DATE = { type: 'string', format: 'date-time' } as const;

/** What Zod gives its `override` (zod.dev, "JSON Schema", `override`). */
interface ZodOverride {
  readonly zodSchema: { readonly _zod: { readonly def: { readonly type: string } } };
  /** To be changed in place. */
  readonly jsonSchema: Record<string, unknown>;
}

/** Zod throws for what JSON Schema cannot say, and says nothing of it with `unrepresentable: 'any'`. */
const ZOD_LENIENT = { unrepresentable: 'any' } as const;

const zodDates = ({ zodSchema, jsonSchema }: ZodOverride): void => {
  if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, DATE);
};

/** The options of Standard JSON Schema by which a library is asked what requests carry, those first that say most. */
export function inputOptions(vendor: string): readonly object[] {
  return vendor === 'zod' ? [{}, ZOD_LENIENT] : [{}];
}

/** The same for what responses carry. */
export function outputOptions(vendor: string): readonly object[] {
  if (vendor === 'zod') return [{}, { ...ZOD_LENIENT, override: zodDates }];
  // ArkType says nothing of what it cannot say by itself (arktype.io, "toJsonSchema", `fallback`).
  return vendor === 'arktype' ? [{ fallback: { date: () => DATE } }] : [{}];
}
