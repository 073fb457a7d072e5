import { type Dialect, type GatewayEvent, lookUp, type Values } from './dialect.js';
import type { LambdaResult } from './lambda-result.js';

function headers(event: GatewayEvent): Values {
  const values: Values = Object.create(null);
  for (const name in event.headers) values[name.toLowerCase()] = String(event.headers[name]);
  if (!event.headers)
    for (const name in event.multiValueHeaders) {
      const value = event.multiValueHeaders[name]?.at(-1);
      if (value !== undefined) values[name.toLowerCase()] = value;
    }
  return values;
}

function header(event: GatewayEvent, name: string): string | undefined {
  return lookUp(event.headers, name) ?? lookUp(event.multiValueHeaders, name)?.at(-1);
}

export function listedQuery(event: GatewayEvent): [string, string][] {
  const pairs: [string, string][] = [];
  const lists = event.multiValueQueryStringParameters;
  if (lists) for (const name of Object.keys(lists)) for (const value of lists[name] ?? []) pairs.push([name, value]);
  else for (const [name, value] of Object.entries(event.queryStringParameters ?? {})) pairs.push([name, value ?? '']);
  return pairs;
}

function cookies(event: GatewayEvent): readonly string[] {
  const list = lookUp(event.multiValueHeaders, 'cookie');
  if (list) return list;
  const one = lookUp(event.headers, 'cookie');
  return one === undefined ? [] : [one];
}

/**
 * API Gateway REST APIs: "Input format of a Lambda function for proxy integration" and "Output format …" in the
 * API Gateway developer guide. The query arrives decoded, captures do not.
 */
export const restDialect: Dialect = {
  method: (event) => event.httpMethod ?? 'GET',
  path: (event) => event.path ?? '/',
  template: (event) => event.resource,
  encodedParams: true,
  header,
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
