import { isObject } from '../../../core/json.js';
import { boundedTest, SearchTooLong } from '../../../core/regular-expression.js';

/** Schemas that may be followed for one value: references may lead in circles. */
const STEPS = 100_000;
const DEPTH = 200;

export interface SchemaSetting {
  /** The schema behind a reference that leaves its document: `https://apigateway.amazonaws.com/restapis/<id>/models/User`. */
  readonly external: (reference: string) => unknown;
}

/**
 * True if a JSON value is valid by a JSON Schema of draft 4, which is what API Gateway's models are. Unknown words and
 * formats are ignored, as the draft says.
 */
export function isValid(value: unknown, schema: unknown, setting: SchemaSetting): boolean {
  try {
    return new Validation(setting).check(value, schema, schema, 0);
  } catch (error) {
    if (error instanceof SearchTooLong) return false;
    throw error;
  }
}

type Json = Readonly<Record<string, unknown>>;
type Place = readonly [root: unknown, depth: number];

class Validation {
  readonly #setting: SchemaSetting;
  #steps = 0;

  constructor(setting: SchemaSetting) {
    this.#setting = setting;
  }

  check(value: unknown, schema: unknown, root: unknown, depth: number): boolean {
    if (!isObject(schema)) return true;
    if (++this.#steps > STEPS || depth > DEPTH) return false;
    const at: Place = [root, depth + 1];
    if (typeof schema.$ref === 'string') return this.#reference(value, schema.$ref, at);
    return (
      isOfType(value, schema.type) &&
      (!Array.isArray(schema.enum) || schema.enum.some((known) => isSame(known, value))) &&
      this.#combined(value, schema, at) &&
      (typeof value !== 'number' || isNumberValid(value, schema)) &&
      (typeof value !== 'string' || isTextValid(value, schema)) &&
      (!Array.isArray(value) || this.#list(value, schema, at)) &&
      (!isObject(value) || this.#object(value, schema, at))
    );
  }

  #reference(value: unknown, reference: string, [root, depth]: Place): boolean {
    const [document = '', pointer = ''] = reference.split('#');
    const target = document === '' ? root : this.#setting.external(document);
    if (target === undefined) return true;
    const parts = pointer.split('/').slice(1);
    const schema = parts.reduce<unknown>((owner, part) => {
      const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(owner)) return owner[Number(name)];
      return isObject(owner) && Object.hasOwn(owner, name) ? owner[name] : undefined;
    }, target);
    return this.check(value, schema, target, depth);
  }

  #combined(value: unknown, { allOf, anyOf, oneOf, not }: Json, [root, depth]: Place): boolean {
    const passes = (schema: unknown) => this.check(value, schema, root, depth);
    if (Array.isArray(allOf) && !allOf.every(passes)) return false;
    if (Array.isArray(anyOf) && !anyOf.some(passes)) return false;
    if (Array.isArray(oneOf) && oneOf.filter(passes).length !== 1) return false;
    return not === undefined || !passes(not);
  }

  #list(value: readonly unknown[], schema: Json, [root, depth]: Place): boolean {
    const { items, additionalItems } = schema;
    if (!isWithin(value.length, schema.minItems, schema.maxItems)) return false;
    if (schema.uniqueItems === true && new Set(value.map(canonical)).size < value.length) return false;
    if (!Array.isArray(items)) return value.every((item) => this.check(item, items, root, depth));
    return value.every((item, index) => {
      if (index < items.length) return this.check(item, items[index], root, depth);
      return additionalItems !== false && this.check(item, additionalItems, root, depth);
    });
  }

  #object(value: Json, schema: Json, at: Place): boolean {
    const names = Object.keys(value);
    if (!isWithin(names.length, schema.minProperties, schema.maxProperties)) return false;
    const { required } = schema;
    if (Array.isArray(required) && !required.every((name) => Object.hasOwn(value, String(name)))) return false;
    return names.every((name) => this.#member(value[name], name, schema, at)) && this.#dependencies(value, schema, at);
  }

  #member(value: unknown, name: string, schema: Json, [root, depth]: Place): boolean {
    const { properties, patternProperties, additionalProperties } = schema;
    const schemas: unknown[] = [];
    if (isObject(properties) && Object.hasOwn(properties, name)) schemas.push(properties[name]);
    for (const [pattern, of] of Object.entries(isObject(patternProperties) ? patternProperties : {})) {
      if (matches(pattern, name)) schemas.push(of);
    }
    if (schemas.length > 0) return schemas.every((of) => this.check(value, of, root, depth));
    return additionalProperties !== false && this.check(value, additionalProperties, root, depth);
  }

  #dependencies(value: Json, { dependencies }: Json, [root, depth]: Place): boolean {
    return Object.entries(isObject(dependencies) ? dependencies : {}).every(([name, needs]) => {
      if (!Object.hasOwn(value, name)) return true;
      if (Array.isArray(needs)) return needs.every((other) => Object.hasOwn(value, String(other)));
      return this.check(value, needs, root, depth);
    });
  }
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === undefined) return true;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return types.some((known) => known === own || (known === 'integer' && Number.isInteger(value)));
}

function isWithin(count: number, least: unknown, most: unknown): boolean {
  return !(typeof least === 'number' && count < least) && !(typeof most === 'number' && count > most);
}

function isNumberValid(value: number, schema: Json): boolean {
  const { minimum, maximum, multipleOf } = schema;
  if (!isWithin(value, minimum, maximum)) return false;
  if (schema.exclusiveMinimum === true && value === minimum) return false;
  if (schema.exclusiveMaximum === true && value === maximum) return false;
  if (typeof multipleOf !== 'number' || multipleOf <= 0) return true;
  const quotient = value / multipleOf;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

function isTextValid(value: string, { minLength, maxLength, pattern }: Json): boolean {
  if (!isWithin([...value].length, minLength, maxLength)) return false;
  return typeof pattern !== 'string' || matches(pattern, value);
}

/** A pattern that is not a regular expression here matches everything. One that takes too long on a text ends all of it. */
function matches(pattern: string, text: string): boolean {
  let test: ReturnType<typeof boundedTest>;
  try {
    test = boundedTest(pattern, 'u');
  } catch {
    return true;
  }
  const result = test(text);
  if (result === undefined) throw new SearchTooLong();
  return result;
}

/** The same text for all values that are the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, at) => isSame(item, right[at]));
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
}
