import { type HttpRequest, header, type RequestHead } from '../../../core/http.js';
import { isObject } from '../../../core/json.js';
import { type AuthorizerCache, authorizerDecision } from '../authorizer.js';
import { eventQuery, type Place } from '../exchange.js';
import type { GatewayError } from '../gateway-response.js';
import type { Invoker } from '../invoker.js';
import { type SignatureVerifier, type SignedIdentity, unavailableMessage } from '../route-authorizer.js';
import { requestHeaders, routeArnOf, type WebSocketExchange, webSocketContext } from './exchange.js';
import type { WebSocketModel, WebSocketRoute } from './model.js';

/** The facts about a client that may connect. */
export interface Admitted {
  readonly authorizer?: Readonly<Record<string, unknown>>;
  readonly identity?: SignedIdentity;
  readonly usageIdentifierKey?: string | undefined;
}

/** Decides who may connect. */
export type AuthorizeConnect = (exchange: WebSocketExchange, request: HttpRequest) => Promise<Admitted | GatewayError>;

interface Setting {
  readonly model: WebSocketModel;
  readonly place: Place;
  readonly invoker: Invoker;
  readonly verifySignature?: SignatureVerifier | undefined;
  readonly now: () => number;
  readonly log: (message: string) => void;
}

/** The guard of `$connect`; undefined for an open route. Results are not kept: a connection is asked for once. */
export function connectAuthorizer(setting: Setting, route: WebSocketRoute): AuthorizeConnect | undefined {
  const { model, place, verifySignature } = setting;
  const { authorization } = route;
  if (authorization.kind === 'NONE') return undefined;
  if (authorization.kind === 'AWS_IAM') {
    if (verifySignature === undefined) {
      const message = unavailableMessage('AWS_IAM authorization ($connect) needs a verifier of signatures', undefined);
      return async () => ({ type: 'AUTHORIZER_CONFIGURATION_ERROR', status: 501, message });
    }
    return async (_, request) => {
      const verified = await verifySignature(request, routeArnOf(place, '$connect'));
      return 'refused' in verified ? verified.refused : { identity: verified.identity };
    };
  }
  const name = authorization.authorizer;
  const definition = model.authorizers[name];
  if (definition?.type !== 'REQUEST')
    throw new Error(`$connect names the authorizer ${name}, which is not of type REQUEST`);
  const cache: AuthorizerCache = new Map();
  const ask = authorizerDecision<WebSocketExchange>(
    { ...setting, name, definition: { ...definition, ttl: 0 }, cache },
    {
      sources: definition.identitySources.map((source) => identitySource(source, place)),
      needsIdentity: true,
      arn: () => routeArnOf(place, '$connect'),
      event: (exchange, arn) => authorizerEvent(exchange, arn, place),
    },
  );
  return async (exchange) => {
    const decided = await ask(exchange);
    if ('type' in decided) return decided;
    return { authorizer: decided.context, usageIdentifierKey: decided.usageIdentifierKey };
  };
}

/** Developer guide, "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers". */
function authorizerEvent(exchange: WebSocketExchange, arn: string, place: Place): Record<string, unknown> {
  const { request } = exchange;
  const query = eventQuery(request?.query ?? '');
  return {
    type: 'REQUEST',
    methodArn: arn,
    ...(request && requestHeaders(request)),
    queryStringParameters: query.single ?? {},
    multiValueQueryStringParameters: query.multi ?? {},
    stageVariables: place.stageVariables ?? {},
    requestContext: webSocketContext(exchange, place),
  };
}

const FROM_REQUEST = /^route\.request\.(header|querystring)\.(.+)$/;

/** True of an identity source that a WebSocket API can have. */
export function isIdentitySource(source: string): boolean {
  return FROM_REQUEST.test(source) || /^(?:stageVariables|context)\.[A-Za-z0-9_.]+$/.test(source);
}

/** Compiles `route.request.header.X`, `route.request.querystring.X`, `stageVariables.X` or `context.X`. */
function identitySource(source: string, place: Place): (exchange: WebSocketExchange) => string | undefined {
  const [, kind, name = ''] = FROM_REQUEST.exec(source) ?? [];
  if (kind !== undefined) return ({ request }) => requestVariable(request, kind, name);
  const [root, ...members] = source.split('.');
  if (root === 'stageVariables') return () => place.stageVariables?.[members.join('.')];
  return (exchange) => {
    let value: unknown = webSocketContext(exchange, place);
    for (const member of members) value = isObject(value) ? value[member] : undefined;
    return value === undefined || value === null ? undefined : String(value);
  };
}

/** A header or a query parameter of a request to connect. */
export function requestVariable(request: RequestHead | undefined, kind: string, name: string): string | undefined {
  if (request === undefined) return undefined;
  return kind === 'header' ? header(request, name.toLowerCase()) : eventQuery(request.query).single?.[name];
}
