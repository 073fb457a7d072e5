import { type Dialect, type GatewayEvent, lookUp, type Values } from './dialect.js';
import { listedQuery, restDialect } from './dialect-v1.js';
import type { LambdaResult } from './lambda-result.js';
import { decoded } from './percent.js';

const decodeQuery = (text: string): string => decoded(text.replaceAll('+', ' ')) ?? text;

/**
 * Application Load Balancers: "Use Lambda functions as targets" in the ELB guide. Query and path arrive encoded. A
 * target group with multi-value headers sends and accepts only lists, one without accepts only single values. A
 * response may have at most 1 MB.
 */
export const albDialect: Dialect = {
  ...restDialect,
  frontDoor: 'alb',
  largestResult: 1_048_576,
  template: () => undefined,
  header: (event, name) =>
    event.multiValueHeaders ? [lookUp(event.multiValueHeaders, name) ?? []].flat().at(-1) : lookUp(event.headers, name),
  headers(event) {
    if (!event.multiValueHeaders) return restDialect.headers(event);
    const values: Values = Object.create(null);
    for (const [name, list] of Object.entries(event.multiValueHeaders))
      values[name.toLowerCase()] = String(list?.at(-1));
    return values;
  },
  query: (event) => listedQuery(event).map(([name, value]) => [decodeQuery(name), decodeQuery(value)]),
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
    // A header name can be sent only once; names that differ in case let all cookies pass.
    setCookies.forEach((cookie, i) => {
      single[cookieName(i)] = cookie;
    });
    result.headers = single;
    return result;
  },
};

/** `set-cookie` in the i-th combination of upper and lower case. */
function cookieName(i: number): string {
  let bit = 0;
  return 'set-cookie'.replace(/[a-z]/g, (letter) => ((i >> bit++) & 1 ? letter.toUpperCase() : letter));
}

/** The dialect of an event from an Application Load Balancer. */
export const albDialectOf = (event: GatewayEvent): Dialect | undefined =>
  event.httpMethod && event.requestContext?.elb ? albDialect : undefined;
