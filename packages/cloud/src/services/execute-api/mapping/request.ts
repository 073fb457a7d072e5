import { header } from '../../../core/http.js';
import type { IsBinary } from '../binary.js';
import type { Exchange } from '../exchange.js';
import type { GatewayError } from '../gateway-response.js';
import type { Integration } from '../model.js';
import { forMediaType } from '../template.js';
import { textOf, type Value } from '../vtl/value.js';
import { compileMappings } from './compiled-template.js';
import { requestPayload } from './content-handling.js';
import type { LazyScope, MappingScope } from './scope.js';
import { compileSource, type Source } from './source.js';

/** The request as the integration gets it. */
export interface IntegrationRequest {
  /** Values of the placeholders in the integration's URI. */
  readonly path: ReadonlyMap<string, string>;
  /** In the place of the path of the integration's address. */
  readonly wholePath?: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
}

interface Parameter {
  readonly place: 'header' | 'querystring' | 'path';
  readonly name: string;
  readonly source: Source;
}

/** Makes the integration's request of the method's. */
export type MapRequest = (exchange: Exchange, scope: LazyScope) => IntegrationRequest | GatewayError;

export function requestMapping(integration: Integration, isBinary: IsBinary): MapRequest {
  const isProxy = integration.type === 'HTTP_PROXY';
  const templates = compileMappings(integration.requestTemplates);
  const parameters = Object.entries(integration.requestParameters ?? {}).flatMap(parameter);

  const body = (exchange: Exchange, scope: LazyScope): Uint8Array | GatewayError => {
    const { request } = exchange;
    if (isProxy) return request.body;
    const contentType = header(request, 'content-type');
    const template = forMediaType(templates, contentType);
    if (template === undefined && refusesPassthrough(integration)) return { type: 'UNSUPPORTED_MEDIA_TYPE' };
    const payload = requestPayload(request.body, isBinary(contentType), integration.contentHandling);
    if (payload === undefined) return { type: 'API_CONFIGURATION_ERROR' };
    if (template === undefined) return 'bytes' in payload ? payload.bytes : Buffer.from(payload.text, 'utf8');
    // A template maps text alone.
    if ('bytes' in payload) return { type: 'API_CONFIGURATION_ERROR' };
    return Buffer.from(
      template(() => payload.text, scope),
      'utf8',
    );
  };
  const isForbidden = !integration.type.startsWith('HTTP') && parameters.some(isForbiddenHeader);

  return (exchange, scope) => {
    if (isForbidden) return { type: 'API_CONFIGURATION_ERROR' };
    const made = body(exchange, scope);
    if ('type' in made) return made;
    const { request } = exchange;
    const query: [string, string][] = isProxy ? queryOf(scope.value) : [];
    const headers = new Map<string, readonly string[]>(isProxy ? sentHeaders(request.headers) : []);
    const path = new Map<string, string>();
    if (parameters.length > 0) {
      const subject = { scope: scope.value, payload: () => Buffer.from(request.body).toString('utf8') };
      for (const { place, name, source } of parameters) {
        const values = source(subject);
        if (values.length === 0) continue;
        if (place === 'path') path.set(name, values.join(','));
        else if (place === 'header') headers.set(name.toLowerCase(), values);
        else replaceQuery(query, name, values);
      }
    }
    if (!isProxy && scope.made) applyOverrides(scope.made, { query, headers, path });
    return { path, query, headers, body: made };
  };
}

/** Headers of a request that API Gateway signs or sends by itself: a mapping to one is taken, and fails. */
const FORBIDDEN = new Set([
  'authorization',
  'connection',
  'content-length',
  'expect',
  'proxy-authenticate',
  'te',
  'transfer-encoding',
]);

export function isForbiddenHeader({ place, name }: Pick<Parameter, 'place' | 'name'>): boolean {
  return place === 'header' && FORBIDDEN.has(name.toLowerCase());
}

function refusesPassthrough({ passthroughBehavior, requestTemplates }: Integration): boolean {
  if (passthroughBehavior === 'NEVER') return true;
  return passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length > 0;
}

function parameter([target, expression]: readonly [string, string]): readonly Parameter[] {
  const [, place, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target) ?? [];
  if (place !== 'header' && place !== 'querystring' && place !== 'path') return [];
  return [{ place, name, source: compileSource(expression) }];
}

/** Headers between two parties alone (RFC 9110, section 7.6.1), and those that the gateway writes itself. */
const NOT_PASSED = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  ...['host', 'content-length', 'x-amzn-trace-id'],
]);

function sentHeaders(sent: readonly (readonly [string, string])[]): [string, string[]][] {
  const headers = new Map<string, string[]>();
  for (const [name, value] of sent) {
    if (!NOT_PASSED.has(name)) headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return [...headers];
}

function queryOf({ multiValues }: MappingScope): [string, string][] {
  return Object.entries(multiValues.querystring).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

function replaceQuery(query: [string, string][], name: string, values: readonly string[]): void {
  const others = query.filter(([other]) => other !== name);
  query.splice(0, query.length, ...others, ...values.map((value): [string, string] => [name, value]));
}

/** The values that the template wrote to `$context.requestOverride`. */
function applyOverrides(
  { context }: MappingScope,
  to: {
    readonly query: [string, string][];
    readonly headers: Map<string, readonly string[]>;
    readonly path: Map<string, string>;
  },
): void {
  const overrides = context.get('requestOverride');
  if (!(overrides instanceof Map)) return;
  for (const [name, value] of members(overrides.get('header'))) to.headers.set(name.toLowerCase(), [value]);
  for (const [name, value] of members(overrides.get('querystring'))) replaceQuery(to.query, name, [value]);
  for (const [name, value] of members(overrides.get('path'))) to.path.set(name, value);
}

export function members(value: Value | undefined): readonly (readonly [name: string, value: string])[] {
  return value instanceof Map ? [...value].map(([name, member]) => [name, textOf(member)] as const) : [];
}
