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

function query(event: GatewayEvent): [string, string][] {
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
  query,
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

const decodeQuery = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/**
 * Application Load Balancers: "Lambda functions as targets" in the ELB guide. Query and path arrive encoded. A target
 * group with multi-value headers sends and takes lists only, one without takes single values only.
 */
export const albDialect: Dialect = {
  ...restDialect,
  template: () => undefined,
  query: (event) => query(event).map(([name, value]) => [decodeQuery(name), decodeQuery(value)]),
  result(event, statusCode, values, setCookies, body, isBase64Encoded) {
    const result: LambdaResult = { statusCode, body, isBase64Encoded };
    if (event.multiValueHeaders) {
      const lists: Record<string, readonly string[]> = {};
      for (const [name, value] of Object.entries(values)) lists[name] = typeof value === 'string' ? [value] : value;
      if (setCookies.length) lists['set-cookie'] = setCookies;
      result.multiValueHeaders = lists;
      return result;
    }
    const single: Record<string, string> = {};
    for (const [name, value] of Object.entries(values))
      single[name] = typeof value === 'string' ? value : value.join(', ');
    // One header name can be sent once; names differ by case for all cookies to pass.
    setCookies.forEach((cookie, i) => {
      single[cookieName(i)] = cookie;
    });
    result.headers = single;
    return result;
  },
};

/** `set-cookie` in the i-th mixture of cases. */
function cookieName(i: number): string {
  let bit = 0;
  return 'set-cookie'.replace(/[a-z]/g, (letter) => ((i >> bit++) & 1 ? letter.toUpperCase() : letter));
}
