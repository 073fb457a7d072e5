import { isObject } from '../../../core/json.js';
import { badRequest } from './refusal.js';

/** Members of a parsed document; `where` is their place in it, for errors. */
export function object(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw badRequest(`Invalid OpenAPI input: ${where} is not an object`);
  return value;
}

export function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest(`Invalid OpenAPI input: ${where} is not a list`);
  return value;
}

export function optionalText(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw badRequest(`Invalid OpenAPI input: ${where} is not a string`);
}

export function texts(value: unknown, where: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object(value, where)).map(([name, entry]) => [name, optionalText(entry, `${where}.${name}`) ?? '']),
  );
}
