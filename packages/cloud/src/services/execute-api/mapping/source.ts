import type { HttpResponse } from '../../../core/http.js';
import { parseJson } from '../../../core/json.js';
import { atJsonPath } from '../vtl/json-path.js';
import { fromJson, isList, jsonOf, textOf, type Value } from '../vtl/value.js';
import type { MappingScope } from './scope.js';

/** The source of a mapping expression. */
export interface Subject {
  readonly scope: MappingScope;
  /** The payload of the request, or of the integration's response. */
  readonly payload: () => string;
  /** Headers of the integration's response. */
  readonly headers?: HttpResponse['headers'];
}

/** The values of a mapping expression: none where it leads to nothing. */
export type Source = (subject: Subject) => readonly string[];

const REQUEST = /^method\.request\.(header|querystring|path|multivalueheader|multivaluequerystring)\.(.+)$/;
const RESPONSE = /^integration\.response\.(header|multivalueheader)\.(.+)$/;
const BODY = /^(method\.request|integration\.response)\.body(?:\.(.+)|(\[.+))?$/s;
const VARIABLE = /^(context|stageVariables)\.(.+)$/;

/** True if API Gateway takes an expression for the mapping of a request, or of a response. */
export function isSource(expression: string, side: 'request' | 'response'): boolean {
  if (/^'[^']*'$/.test(expression) || VARIABLE.test(expression)) return true;
  const body = BODY.exec(expression)?.[1];
  return side === 'request'
    ? REQUEST.test(expression) || body === 'method.request'
    : RESPONSE.test(expression) || body === 'integration.response';
}

/** Compiles a mapping expression ("Parameter mapping source reference for REST APIs in API Gateway"). */
export function compileSource(expression: string): Source {
  const quoted = /^'(.*)'$/s.exec(expression)?.[1];
  if (quoted !== undefined) return () => [quoted];
  const [, place = '', name = ''] = REQUEST.exec(expression) ?? [];
  if (place !== '') return requestSource(place, name);
  const [, kind, field = ''] = RESPONSE.exec(expression) ?? [];
  if (kind !== undefined) return responseHeader(field.toLowerCase(), kind === 'header');
  const body = BODY.exec(expression);
  if (body) {
    const path = body[2] ?? body[3];
    return ({ payload }) => (path === undefined ? [payload()] : bodyValue(payload(), path));
  }
  const [, root, members = ''] = VARIABLE.exec(expression) ?? [];
  if (root === 'stageVariables') return ({ scope }) => textsOf(scope.stageVariables.get(members));
  if (root === 'context') return ({ scope }) => textsOf(at(scope.context, members.split('.')));
  return () => [];
}

function requestSource(place: string, name: string): Source {
  switch (place) {
    case 'multivaluequerystring':
      return ({ scope }) => scope.multiValues.querystring[name] ?? [];
    case 'multivalueheader':
      return ({ scope }) => named(scope.multiValues.header, name) ?? [];
    case 'header':
      return ({ scope }) => someOf(named(scope.parameters.header, name));
    case 'path':
      return ({ scope }) => someOf(scope.parameters.path[name]);
    default:
      return ({ scope }) => someOf(scope.parameters.querystring[name]);
  }
}

function responseHeader(name: string, last: boolean): Source {
  return ({ headers = [] }) => {
    const values = headers.filter(([sent]) => sent === name).map(([, value]) => value);
    return last ? values.slice(-1) : values;
  };
}

/** Header names do not mind their case. */
function named<T>(headers: Readonly<Record<string, T>>, name: string): T | undefined {
  const lower = name.toLowerCase();
  return Object.entries(headers).find(([sent]) => sent.toLowerCase() === lower)?.[1];
}

function someOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function at(value: Value, members: readonly string[]): Value | undefined {
  return members.reduce<Value | undefined>(
    (owner, name) => (owner instanceof Map ? owner.get(name) : undefined),
    value,
  );
}

function textsOf(value: Value | undefined): readonly string[] {
  return value === undefined || value === null ? [] : [textOf(value)];
}

function bodyValue(payload: string, path: string): readonly string[] {
  try {
    const value = atJsonPath(fromJson(parseJson(payload)), path);
    if (value === undefined || value === null) return [];
    return [isList(value) || value instanceof Map ? jsonOf(value) : textOf(value)];
  } catch {
    return [];
  }
}
