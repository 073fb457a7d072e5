import { AwsError } from '../core/aws-error.js';
import { isObject } from '../core/json.js';
import type { Properties } from '../core/resource-type.js';

/*
 * Readers of the properties of resources. CloudFormation has checked them by the specification of their type; texts may
 * come as the numbers and booleans that templates write for them.
 */

function wrong(property: string, expected: string): AwsError {
  return new AwsError('ValidationError', `Properties validation failed: ${property}: expected type: ${expected}`);
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrong(name, 'String');
}

/** @throws AwsError ValidationError where there is none */
export function neededText(properties: Properties, name: string): string {
  const value = text(properties, name);
  if (value !== undefined && value !== '') return value;
  throw new AwsError('ValidationError', `Properties validation failed: required key [${name}] not found`);
}

export function flag(properties: Properties, name: string): boolean | undefined {
  const value = text(properties, name);
  return value === undefined ? undefined : value.toLowerCase() === 'true';
}

export function texts(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw wrong(name, 'JSONArray');
  return value.map(String);
}

export function structure(properties: Properties, name: string): Properties | undefined {
  const value = properties[name];
  if (isAbsent(value)) return undefined;
  if (!isObject(value)) throw wrong(name, 'JSONObject');
  return value;
}

export function structures(properties: Properties, name: string): readonly Properties[] {
  const value = properties[name];
  if (isAbsent(value)) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw wrong(name, 'JSONArray');
  return value;
}

export function textMap(properties: Properties, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(structure(properties, name) ?? {}).map(([key, value]) => [key, String(value)]),
  );
}
