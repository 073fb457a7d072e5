import { isObject } from '../../../core/json.js';
import { eventQuery, type Place } from '../exchange.js';
import type { MappingScope } from '../mapping/scope.js';
import { fromJson } from '../vtl/value.js';
import { requestVariable } from './authorizer.js';
import { requestHeaders, type WebSocketExchange, webSocketContext } from './exchange.js';
import { bodyVariable } from './selection.js';

/** The variables of selection expressions: `request.body.action`, `context.routeKey`, `stageVariables.name`. */
export function eventVariables(exchange: WebSocketExchange, place: Place): (name: string) => string | undefined {
  const body = bodyVariable(exchange.body ?? '');
  return (name) => {
    const [root = '', ...members] = name.split('.');
    if (root === 'stageVariables') return place.stageVariables?.[members.join('.')];
    if (root === 'context') return contextVariable(exchange, place, members);
    const [kind = '', ...rest] = members;
    if (root !== 'request') return undefined;
    return kind === 'body' ? body(rest.join('.')) : requestVariable(exchange.request, kind, rest.join('.'));
  };
}

/** A variable of `$context` as text; undefined for none, and for what is not a scalar. */
export function contextVariable(
  exchange: WebSocketExchange,
  place: Place,
  members: readonly string[],
): string | undefined {
  let value: unknown = webSocketContext(exchange, place);
  for (const member of members) value = isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return value === null || value === undefined || typeof value === 'object' ? undefined : String(value);
}

/** The values that mapping templates and parameters see. Headers and query are those of the request to connect. */
export function eventScope(exchange: WebSocketExchange, place: Place): MappingScope {
  const { request } = exchange;
  const { single, multi } = eventQuery(request?.query ?? '');
  const { headers, multiValueHeaders } = request ? requestHeaders(request) : { headers: {}, multiValueHeaders: {} };
  return {
    context: new Map(Object.entries(webSocketContext(exchange, place)).map(([key, value]) => [key, fromJson(value)])),
    stageVariables: new Map(Object.entries(place.stageVariables ?? {})),
    parameters: { path: {}, querystring: single ?? {}, header: headers },
    multiValues: { querystring: multi ?? {}, header: multiValueHeaders },
  };
}
