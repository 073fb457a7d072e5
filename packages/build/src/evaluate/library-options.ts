/** A `Date` in a response is text, because JSON.stringify writes it so. */
const DATE = { type: 'string', format: 'date-time' } as const;

/** The argument of Zod's `override` (zod.dev, "JSON Schema", `override`). */
interface ZodOverride {
  readonly zodSchema: { readonly _zod: { readonly def: { readonly type: string } } };
  /** Changed in place. */
  readonly jsonSchema: Record<string, unknown>;
}

/** Zod throws for a type that JSON Schema cannot express; with `unrepresentable: 'any'` it omits it. */
const ZOD_LENIENT = { unrepresentable: 'any' } as const;

const zodDates = ({ zodSchema, jsonSchema }: ZodOverride): void => {
  if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, DATE);
};

/** The options of Standard JSON Schema for requests, the most expressive first. */
export function inputOptions(vendor: string): readonly object[] {
  return vendor === 'zod' ? [{}, ZOD_LENIENT] : [{}];
}

/** The same for responses. */
export function outputOptions(vendor: string): readonly object[] {
  if (vendor === 'zod') return [{}, { ...ZOD_LENIENT, override: zodDates }];
  // ArkType omits what it cannot express by itself (arktype.io, "toJsonSchema", `fallback`).
  return vendor === 'arktype' ? [{ fallback: { date: () => DATE } }] : [{}];
}
