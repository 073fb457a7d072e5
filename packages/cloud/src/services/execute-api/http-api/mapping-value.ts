import { type HttpResponse, header } from '../../../core/http.js';
import { parseJson } from '../../../core/json.js';
import { type Exchange, eventQuery, type Place } from '../exchange.js';
import { contextVariables } from '../gateway-response.js';
import { atJsonPath } from '../vtl/json-path.js';
import { fromJson, isList, jsonOf, textOf } from '../vtl/value.js';
import { accessLogContext } from './access-log-context.js';

/** The exchange that the expressions of a parameter mapping read. */
export interface MappingSubject {
  readonly exchange: Exchange;
  readonly place: Place;
  /** Of the integration, where there is one yet. */
  readonly response?: Pick<HttpResponse, 'headers'> & { readonly body: Uint8Array | string };
}

/** The value of an expression; undefined where it leads to nothing. */
export type MappingValue = (subject: MappingSubject) => string | undefined;

const EXPRESSION = /^(request|response|context|stageVariables)(?:\.(.+))?$/s;

/**
 * Compiles a value of a parameter mapping: `$request.header.name`, `$context.stage`, text, or text with `${…}` in it
 * (developer guide, "Transform API requests and responses for HTTP APIs").
 */
export function compileValue(text: string): MappingValue {
  const whole = /^\$([A-Za-z][^\s{}]*)$/.exec(text)?.[1];
  const expression = whole === undefined ? undefined : compileExpression(whole);
  if (expression) return expression;
  if (!text.includes('${')) return () => text;
  const parts = text.split(/\$\{([^}]*)\}/).map((part, at) => (at % 2 === 0 ? () => part : compileExpression(part)));
  return (subject) => parts.map((part) => part?.(subject) ?? '').join('');
}

function compileExpression(expression: string): MappingValue | undefined {
  const [, root, rest = ''] = EXPRESSION.exec(expression) ?? [];
  switch (root) {
    case 'request':
      return requestValue(rest);
    case 'response':
      return responseValue(rest);
    case 'stageVariables':
      return ({ place }) => place.stageVariables?.[rest];
    case 'context':
      return ({ exchange, place }) => textOrNone(contextVariables(exchange, place, accessLogContext)(expression));
    default:
      return undefined;
  }
}

function requestValue(rest: string): MappingValue | undefined {
  const [part = '', ...names] = rest.split('.');
  const name = names.join('.');
  switch (part) {
    case 'header':
      return ({ exchange }) => joined(exchange.request.headers, name);
    case 'querystring':
      return ({ exchange }) => eventQuery(exchange.request.query).multi?.[name]?.join(',');
    case 'path':
      return ({ exchange }) => (name === '' ? exchange.request.path : exchange.parameters?.[name]);
    case 'body':
      return ({ exchange }) => bodyValue(Buffer.from(exchange.request.body).toString('utf8'), name);
    default:
      return undefined;
  }
}

function responseValue(rest: string): MappingValue | undefined {
  const [part = '', ...names] = rest.split('.');
  const name = names.join('.');
  if (part === 'header') return ({ response }) => response && header(response, name.toLowerCase());
  if (part !== 'body') return undefined;
  return ({ response }) => response && bodyValue(Buffer.from(response.body).toString('utf8'), name);
}

function joined(headers: HttpResponse['headers'], name: string): string | undefined {
  const lower = name.toLowerCase();
  const values = headers.filter(([sent]) => sent === lower).map(([, value]) => value);
  return values.length > 0 ? values.join(',') : undefined;
}

function bodyValue(body: string, path: string): string | undefined {
  if (path === '') return body;
  try {
    const value = atJsonPath(fromJson(parseJson(body)), `$.${path}`);
    if (value === undefined || value === null) return undefined;
    return isList(value) || value instanceof Map ? jsonOf(value) : textOf(value);
  } catch {
    return undefined;
  }
}

function textOrNone(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
