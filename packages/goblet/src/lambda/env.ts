import { isPromise } from '../awaitable.js';
import type { StandardSchemaV1 } from '../declare/standard-schema.js';
import type { EnvType, Schema } from '../definition.js';
import { invalidVariables } from '../errors/requests.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The result of reading one variable: its value, or the problem. */
type Read = { readonly value: unknown } | { readonly wrong: string };

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** A schema's message without the value: it may be a secret, and errors are logged. */
function discreet(message: string, raw: string | undefined): string {
  if (!raw) return message;
  const hidden = message.replaceAll(JSON.stringify(raw), '"…"');
  return raw.length > 3 ? hidden.replaceAll(raw, '…') : hidden;
}

function readWith(schema: Schema, raw: string | undefined): Read | Promise<Read> {
  const take = (result: StandardSchemaV1.Result<unknown>): Read => {
    if (!result.issues) return { value: result.value };
    const said = result.issues.map(({ message }) => discreet(message, raw)).join('; ');
    return { wrong: raw === undefined ? `is not set: ${said}` : said };
  };
  // The thrown message may quote a part of the value.
  const failed = (): Read => ({ wrong: 'made its schema throw' });
  try {
    const result = schema['~standard'].validate(raw);
    return isPromise(result) ? Promise.resolve(result).then(take).catch(failed) : take(result);
  } catch {
    return failed();
  }
}

function read(type: EnvType, raw: string | undefined): Read | Promise<Read> {
  if ('~standard' in type) return readWith(type, raw);
  if (raw === undefined) return { wrong: 'is not set' };
  if (type === Number) {
    const value = Number(raw);
    return raw.trim() === '' || !Number.isFinite(value) ? { wrong: 'is not a number' } : { value };
  }
  if (type === Boolean) {
    const value = BOOLEANS.get(raw);
    return value === undefined ? { wrong: 'is neither true nor false' } : { value };
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
  if (wrong.length) throw new Error(invalidVariables(wrong));
  return env;
}

/**
 * The app's parsed variables; a promise only if a schema is asynchronous.
 * @throws Error that names every missing or invalid variable, and shows no values
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
