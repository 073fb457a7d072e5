import { type Dialect, type GatewayEvent, LARGEST_RESULT, lookUp, type Values } from './dialect.js';
import type { LambdaResult } from './lambda-result.js';

function headers(event: GatewayEvent): Values {
  const values: Values = Object.create(null);
  for (const name in event.headers) values[name.toLowerCase()] = String(event.headers[name]);
  return values;
}

export function listedQuery(event: GatewayEvent): [string, string][] {
  const { multiValueQueryStringParameters: lists, queryStringParameters: single } = event;
  return Object.entries(lists ?? single ?? {}).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value): [string, string] => [name, value]),
  );
}

function cookies(event: GatewayEvent): readonly string[] {
  return lookUp(event.multiValueHeaders, 'cookie') ?? [lookUp(event.headers, 'cookie') ?? ''];
}

/**
 * API Gateway REST APIs: "Input format of a Lambda function for proxy integration" and "Output format …" in the API
 * Gateway developer guide. The query arrives decoded, path variables do not.
 */
export const restDialect: Dialect = {
  frontDoor: 'rest',
  method: (event) => event.httpMethod ?? 'GET',
  path: (event) => event.path ?? '/',
  template: (event) => event.resource,
  encodedParams: true,
  largestResult: LARGEST_RESULT,
  header: (event, name) => lookUp(event.headers, name),
  headers,
  query: listedQuery,
  cookies,
  result(_event, statusCode, values, setCookies, body, isBase64Encoded) {
    const single: Record<string, string> = {};
    const result: LambdaResult = { statusCode, headers: single, body };
    let lists: Record<string, readonly string[]> | undefined;
    for (const name in values) {
      const value = values[name];
      if (typeof value === 'string') single[name] = value;
      else if (value) {
        lists ??= {};
        lists[name] = value;
      }
    }
    if (setCookies.length) {
      lists ??= {};
      lists['set-cookie'] = setCookies;
    }
    if (lists) result.multiValueHeaders = lists;
    if (isBase64Encoded) result.isBase64Encoded = true;
    return result;
  },
};

/** The dialect of an event from a REST API, or from an HTTP API with payload format 1.0. */
export const restDialectOf = (event: GatewayEvent): Dialect | undefined =>
  event.httpMethod && event.resource ? restDialect : undefined;
