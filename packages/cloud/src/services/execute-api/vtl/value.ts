import { TemplateError } from './syntax.js';

/** The values of a template. A JSON object is a map, so that no member of it is a member of JavaScript's. */
export type Value = null | boolean | number | string | VtlMap | VtlList | VtlObject;

export type VtlMap = Map<string, Value>;

/** A list. Those that were read from JSON are written as JSON, others as Java writes them. */
export interface VtlList {
  readonly kind: 'list';
  readonly items: Value[];
  readonly json: boolean;
}

/** An object of the host, such as `$input`: properties and methods by their names. */
export interface VtlObject {
  readonly kind: 'object';
  readonly property: (name: string) => Value;
  readonly call: (name: string, args: readonly Value[]) => Value;
}

export function isList(value: Value | undefined): value is VtlList {
  return typeof value === 'object' && value !== null && !(value instanceof Map) && value.kind === 'list';
}

export function listOf(items: Value[]): VtlList {
  return { kind: 'list', items, json: false };
}

/** The value of parsed JSON. */
export function fromJson(json: unknown): Value {
  if (json === undefined || json === null) return null;
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') return json;
  if (Array.isArray(json)) return { kind: 'list', items: json.map(fromJson), json: true };
  return new Map(Object.entries(json).map(([key, member]) => [key, fromJson(member)]));
}

/** Characters of the text of one value, and levels of values in each other; a list may contain itself. */
const LONGEST = 10 * 1024 * 1024;
const DEEPEST = 200;

/** The JSON text of a value; objects of the host have none. */
export function jsonOf(value: Value): string {
  const writer = new Writer();
  writer.json(value);
  return writer.text;
}

/**
 * How a value reads in text: maps as Java prints them (`{a=b}`), lists of JSON as JSON, which is what API Gateway does.
 * Nothing for null.
 */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const writer = new Writer();
  writer.java(value);
  return writer.text;
}

class Writer {
  text = '';
  #depth = 0;

  json(value: Value): void {
    if (isList(value)) this.#all('[', ',', ']', value.items, (item) => this.json(item));
    else if (value instanceof Map) {
      this.#all('{', ',', '}', value, ([key, member]) => {
        this.#write(`${JSON.stringify(key)}:`);
        this.json(member);
      });
    } else this.#write(typeof value === 'object' && value !== null ? '{}' : JSON.stringify(value));
  }

  java(value: Value): void {
    if (isList(value)) {
      if (value.json) this.json(value);
      else this.#all('[', ', ', ']', value.items, (item) => this.java(item));
    } else if (value instanceof Map) {
      this.#all('{', ', ', '}', value, ([key, member]) => {
        this.#write(`${key}=`);
        this.java(member);
      });
    } else
      this.#write(typeof value === 'object' && value !== null ? textOf(value.call('toString', [])) : String(value));
  }

  #all<T>(open: string, between: string, close: string, items: Iterable<T>, write: (item: T) => void): void {
    if (++this.#depth > DEEPEST) throw new TemplateError(`a value has more than ${DEEPEST} levels`);
    this.#write(open);
    let first = true;
    for (const item of items) {
      if (!first) this.#write(between);
      first = false;
      write(item);
    }
    this.#write(close);
    this.#depth--;
  }

  #write(text: string): void {
    this.text += text;
    if (this.text.length > LONGEST) throw new TemplateError(`a value has more than ${LONGEST} characters`);
  }
}
