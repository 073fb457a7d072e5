import { type Evaluation, evaluate } from '../template/evaluate.js';
import { isMap, type Json, type JsonMap, own } from '../template/json.js';
import { references } from '../template/references.js';
import type { Template } from '../template/template.js';

const MASK = '****';

/**
 * Properties as events and change sets show them: values of NoEcho parameters are stars. Undefined where none is in them.
 */
export function maskedProperties(
  properties: JsonMap,
  { parameters }: Pick<Template, 'parameters'>,
  evaluation: Evaluation,
): JsonMap | undefined {
  const isSecret = (name: string): boolean => own(parameters, name)?.noEcho ?? false;
  const secrets = new Set([...references(properties)].map(({ name }) => name).filter(isSecret));
  if (secrets.size === 0) return undefined;
  const values = new Map<string, Json>(evaluation.values);
  for (const name of secrets) values.set(name, Array.isArray(values.get(name)) ? [MASK] : MASK);
  const masked = evaluate(properties, { ...evaluation, values });
  return isMap(masked) ? masked : {};
}

/** The value at a path of masked properties: `/Properties/Code/S3Key`. */
export function maskedAt(masked: JsonMap, path: string): Json | undefined {
  let value: Json | undefined = masked;
  for (const name of path.split('/').slice(2)) value = isMap(value) ? own(value, name) : undefined;
  return value;
}
