import { isPromise } from './awaitable.js';
import type { EnvType, Schema } from './definition.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What was read of one variable: its value, or what is wrong with it. */
type Read = { readonly value: unknown } | { readonly wrong: string };

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

async function readWith(schema: Schema, raw: string | undefined): Promise<Read> {
  return checked(await schema['~standard'].validate(raw), raw);
}

function checked(result: { value?: unknown; issues?: readonly { message: string }[] | undefined }, raw: unknown): Read {
  if (!result.issues) return { value: result.value };
  return { wrong: `${raw === undefined ? 'is not set: ' : ''}${result.issues.map((i) => i.message).join('; ')}` };
}

function read(type: EnvType, raw: string | undefined): Read | Promise<Read> {
  if ('~standard' in type) {
    const result = type['~standard'].validate(raw);
    return isPromise(result) ? readWith(type, raw) : checked(result, raw);
  }
  if (raw === undefined) return { wrong: 'is not set' };
  if (type === Number) {
    const value = Number(raw);
    return raw.trim() === '' || Number.isNaN(value) ? { wrong: `is "${raw}", not a number` } : { value };
  }
  if (type === Boolean) {
    const value = BOOLEANS[raw];
    return value === undefined ? { wrong: `is "${raw}", neither true nor false` } : { value };
  }
  return { value: raw };
}

function collect(names: readonly string[], reads: readonly Read[]): Record<string, unknown> {
  const env: Record<string, unknown> = {};
  const wrong: string[] = [];
  reads.forEach((one, i) => {
    const name = names[i] ?? '';
    if ('wrong' in one) wrong.push(`${name} ${one.wrong}`);
    else env[name] = one.value;
  });
  if (wrong.length) throw new Error(`GOBLET_ENV: ${wrong.join('. ')}`);
  return env;
}

/**
 * The app's variables, parsed; a promise only where a schema is asynchronous.
 * @throws Error that names every variable that is missing or wrong
 */
export function parseEnv(
  spec: Readonly<Record<string, EnvType>>,
  environment: Environment,
): Record<string, unknown> | Promise<Record<string, unknown>> {
  const names = Object.keys(spec);
  const reads = Object.entries(spec).map(([name, type]) => read(type, environment[name]));
  if (reads.some((one) => isPromise(one))) return Promise.all(reads).then((all) => collect(names, all));
  return collect(names, reads as Read[]);
}
