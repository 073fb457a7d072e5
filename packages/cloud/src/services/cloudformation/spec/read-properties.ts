import { isCustomType } from '../custom-resources/custom-type.js';
import { isList, isMap, type Json, type JsonMap, mapOf, own } from '../template/json.js';
import { definitionSpec, type PropertySpecs, resourceTypeSpec, type ValueSpec } from './resource-spec.js';

/** Properties as a resource type can take them, or every reason why not, in CloudFormation's words. */
export type PropertiesRead =
  | { readonly ok: true; readonly properties: JsonMap }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Checks properties against the AWS resource specification and gives values their types: CloudFormation takes `"128"`
 * for a number and `"true"` for a boolean, as parameters give them.
 */
export function readProperties(type: string, properties: JsonMap): PropertiesRead {
  if (isCustomType(type)) return readCustomProperties(properties);
  const spec = resourceTypeSpec(type);
  if (!spec)
    return { ok: false, reasons: [`Resource type ${type} is not in the resource specification of this cloud`] };
  const reasons: string[] = [];
  const read = readMembers(properties, spec.properties, '', reasons);
  return reasons.length === 0 ? { ok: true, properties: read } : { ok: false, reasons };
}

/** Custom resources have the properties that their providers understand. */
function readCustomProperties(properties: JsonMap): PropertiesRead {
  const { ServiceToken } = properties;
  if (typeof ServiceToken === 'string' && ServiceToken !== '') return { ok: true, properties };
  return { ok: false, reasons: ['#: required key [ServiceToken] not found'] };
}

function readMembers(value: JsonMap, specs: PropertySpecs, path: string, reasons: string[]): JsonMap {
  const members: [string, Json][] = [];
  for (const [name, member] of Object.entries(value)) {
    const spec = own(specs, name);
    if (!spec) reasons.push(`Encountered unsupported property ${name}`);
    else if (member !== null) members.push([name, readValue(member, spec, `${path}/${name}`, reasons)]);
  }
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.required && (own(value, name) ?? null) === null) {
      reasons.push(`#${path}: required key [${name}] not found`);
    }
  }
  return mapOf(members);
}

function readValue(value: Json, spec: ValueSpec, path: string, reasons: string[]): Json {
  const wrong = (expected: string): Json => {
    reasons.push(`#${path}: expected type: ${expected}, found: ${nameOf(value)}`);
    return value;
  };
  switch (spec.type) {
    case 'json':
    case 'null':
      return value;
    case 'string':
    case 'date-time':
      return readText(value, spec, path, reasons) ?? wrong('String');
    case 'integer':
    case 'number':
      return readNumber(value, spec, path, reasons) ?? wrong(spec.type === 'integer' ? 'Integer' : 'Number');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' || value === 'false' ? value === 'true' : wrong('Boolean');
    case 'tag':
      return isMap(value) ? value : wrong('JSONObject');
    case 'object':
      return isMap(value) ? readMembers(value, definitionSpec(spec.definition), path, reasons) : wrong('JSONObject');
    case 'array':
      return isList(value)
        ? value.map((item, i) => readValue(item, spec.element, `${path}/${i}`, reasons))
        : wrong('JSONArray');
    case 'map':
      if (!isMap(value)) return wrong('JSONObject');
      return mapOf(
        Object.entries(value).map(([key, item]) => [key, readValue(item, spec.element, `${path}/${key}`, reasons)]),
      );
    case 'union':
      return readUnion(value, spec.types, path, reasons);
  }
}

function readText(value: Json, spec: ValueSpec, path: string, reasons: string[]): Json | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value);
  if (spec.type === 'string' && spec.values && !spec.values.includes(text)) {
    reasons.push(`#${path}: ${text} is not a valid enum value`);
  }
  return text;
}

function readNumber(value: Json, spec: ValueSpec, path: string, reasons: string[]): Json | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  if (Number.isNaN(number) || (spec.type === 'integer' && !Number.isInteger(number))) return undefined;
  if (spec.type === 'integer' && spec.values && !spec.values.includes(number)) {
    reasons.push(`#${path}: ${number} is not a valid enum value`);
  }
  return number;
}

/** The first form that fits; the reasons of the first where none does. */
function readUnion(value: Json, types: readonly ValueSpec[], path: string, reasons: string[]): Json {
  let first: readonly string[] | undefined;
  for (const type of types) {
    const own_: string[] = [];
    const read = readValue(value, type, path, own_);
    if (own_.length === 0) return read;
    first ??= own_;
  }
  reasons.push(...(first ?? []));
  return value;
}

function nameOf(value: Json): string {
  if (value === null) return 'Null';
  if (isList(value)) return 'JSONArray';
  if (isMap(value)) return 'JSONObject';
  return typeof value === 'number' ? 'Number' : typeof value === 'boolean' ? 'Boolean' : 'String';
}
