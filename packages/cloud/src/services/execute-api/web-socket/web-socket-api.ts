import type { HttpRequest, HttpResponse } from '../../../core/http.js';
import type { AccessLog } from '../access-log.js';
import type { CallAws } from '../aws-request.js';
import type { Place } from '../exchange.js';
import { type GatewayError, messageOf, statusOf } from '../gateway-response.js';
import type { Invoker } from '../invoker.js';
import type { SignatureVerifier } from '../route-authorizer.js';
import { type RateLimit, tokenBucket } from '../token-bucket.js';
import type { Usage } from '../usage.js';
import { webSocketAccessLog } from './access-log.js';
import { type Admitted, type AuthorizeConnect, connectAuthorizer, requestVariable } from './authorizer.js';
import { type Connection, newWebSocketId, type WebSocketExchange } from './exchange.js';
import { type Failure, type Integrate, integrationOf, type Outcome } from './integration.js';
import type { WebSocketModel, WebSocketRoute } from './model.js';
import { eventVariables } from './scope.js';
import { compileSelection } from './selection.js';
import { eventValidation } from './validation.js';

/** One stage of a WebSocket API, and the means by which it is served. */
export interface WebSocketApiOptions {
  readonly model: WebSocketModel;
  readonly place: Place;
  readonly invoker: Invoker;
  /** Calls AWS services for integrations of type AWS. @default their routes fail, and the log says why */
  readonly callAws?: CallAws;
  /** Where the address of an HTTP integration leads. @default - as it is */
  readonly localUrl?: (url: string) => string;
  /** API keys and usage plans. @default no key is known */
  readonly usage?: Usage;
  /** Limits of routes by their keys; `*` for the others. @default none */
  readonly throttles?: Readonly<Record<string, RateLimit>>;
  /** @default connections that need a signature are refused with 501, which says so */
  readonly verifySignature?: SignatureVerifier;
  /** @default none is written */
  readonly accessLog?: AccessLog;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Receives the reason of a failure, which the client does not see. */
  readonly log: (message: string) => void;
}

/** Who wants to connect, before anything is decided. */
export type Caller = Pick<Connection, 'id' | 'connectedAt' | 'domainName' | 'sourceIp' | 'userAgent'>;

export type Admission =
  | { readonly refused: HttpResponse }
  | { readonly connection: Connection; readonly protocol: string | undefined };

/** Serves the events of connections. Which connections there are is for its owner to know. */
export interface WebSocketApi {
  /** Asks `$connect` whether a connection may be opened. */
  readonly connect: (request: HttpRequest, caller: Caller) => Promise<Admission>;
  /** Brings a message to its route, and gives what is to be sent back; undefined for nothing. */
  readonly message: (connection: Connection, body: string) => Promise<string | undefined>;
  /** Tells `$disconnect` that a connection has ended. Never rejects. */
  readonly disconnect: (connection: Connection, code: number, reason: string) => Promise<void>;
}

interface CompiledRoute {
  readonly route: WebSocketRoute;
  readonly integrate: Integrate | undefined;
  readonly validate: ((exchange: WebSocketExchange) => GatewayError | undefined) | undefined;
  /** Takes a token of the route's limit. */
  readonly throttle: (() => boolean) | undefined;
}

/**
 * Serves one stage of a WebSocket API as API Gateway does.
 * @throws where the model asks for something this gateway does not do, naming it
 */
export function webSocketApi(options: WebSocketApiOptions): WebSocketApi {
  const { model, place, now, log, usage = () => ({ allowed: false, reason: 'INVALID_API_KEY' }) } = options;
  const routes = compileRoutes(options);
  const selectRoute = compileSelection(model.routeSelectionExpression);
  const selectKey = compileSelection(model.apiKeySelectionExpression);
  const write = options.accessLog && webSocketAccessLog(options.accessLog, place, now);
  const connectRoute = routes.get('$connect')?.route;
  const authorize: AuthorizeConnect | undefined = connectRoute && connectAuthorizer(options, connectRoute);

  /** Key, limit and model of a route, in API Gateway's order; undefined if nothing is against the event. */
  function refusal(
    { route, throttle, validate }: CompiledRoute,
    exchange: WebSocketExchange,
  ): GatewayError | undefined {
    if (route.apiKeyRequired) {
      const decision = usage(exchange.connection.apiKey);
      if (!decision.allowed) return { type: decision.reason };
    }
    if (throttle && !throttle()) return { type: 'THROTTLED' };
    return validate?.(exchange);
  }

  async function integrated(compiled: CompiledRoute, exchange: WebSocketExchange): Promise<Outcome | Failure> {
    const error = refusal(compiled, exchange);
    if (error) return { status: statusOf(error), message: messageOf(error) ?? 'Forbidden', reason: '' };
    if (compiled.integrate === undefined)
      return { status: 500, message: 'Internal server error', reason: 'the route has no integration' };
    return compiled.integrate(exchange);
  }

  function told(exchange: WebSocketExchange, outcome: Outcome | Failure): void {
    write?.(exchange, outcome);
    if ('reason' in outcome && outcome.reason !== '') log(`${exchange.routeKey}: ${outcome.reason}`);
  }

  return {
    connect: async (request, caller) => {
      const first = exchangeOf(caller, 'CONNECT', '$connect', now(), { request });
      const refuse = (outcome: Failure): Admission => {
        told(first, outcome);
        return { refused: handshakeRefusal(outcome.status, errorText(first, outcome.message)) };
      };
      const admitted: Admitted | GatewayError = authorize ? await authorize(first, request) : {};
      if ('type' in admitted) {
        const { type } = admitted;
        const message = type === 'ACCESS_DENIED' ? 'Forbidden' : (messageOf(admitted) ?? 'Internal server error');
        return refuse({ status: statusOf(admitted), message, reason: '' });
      }
      const apiKey = selectKey((name) =>
        name === 'context.authorizer.usageIdentifierKey'
          ? admitted.usageIdentifierKey
          : requestVariable(request, 'header', name.replace(/^request\.header\./, '')),
      );
      const connection: Connection = {
        ...caller,
        ...(admitted.authorizer && { authorizer: admitted.authorizer }),
        ...(admitted.identity && { identity: admitted.identity }),
        ...(apiKey !== '' && { apiKey }),
      };
      const compiled = routes.get('$connect');
      if (compiled === undefined) return { connection, protocol: undefined };
      const exchange = { ...first, connection };
      const outcome = await integrated(compiled, exchange);
      if ('reason' in outcome) return refuse(outcome);
      told(exchange, outcome);
      if (outcome.status < 200 || outcome.status > 299) return { refused: handshakeRefusal(outcome.status, '') };
      return { connection, protocol: outcome.protocol };
    },
    message: async (connection, body) => {
      const draft = exchangeOf(connection, 'MESSAGE', '', now(), { body });
      const selected = selectRoute(eventVariables(draft, place));
      const isCustom = selected !== '' && !selected.startsWith('$');
      const compiled = (isCustom ? routes.get(selected) : undefined) ?? routes.get('$default');
      const exchange = { ...draft, routeKey: compiled?.route.routeKey ?? selected, messageId: newWebSocketId() };
      const outcome: Outcome | Failure = compiled
        ? await integrated(compiled, exchange)
        : { status: 403, message: 'Forbidden', reason: '' };
      told(exchange, outcome);
      if ('reason' in outcome) return errorText(exchange, outcome.message);
      return compiled?.route.responds ? outcome.body : undefined;
    },
    disconnect: async (connection, code, reason) => {
      const compiled = routes.get('$disconnect');
      if (compiled === undefined) return;
      const exchange = exchangeOf(connection, 'DISCONNECT', '$disconnect', now(), { closed: { code, reason } });
      try {
        told(exchange, await integrated(compiled, exchange));
      } catch (error) {
        log(`$disconnect: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

function compileRoutes(options: WebSocketApiOptions): ReadonlyMap<string, CompiledRoute> {
  const { model, place, invoker, callAws, localUrl = (url) => url, throttles = {}, now } = options;
  return new Map(
    model.routes.map((route) => {
      const { routeKey, integration } = route;
      const limit = throttles[routeKey] ?? throttles['*'];
      const compiled: CompiledRoute = {
        route,
        integrate: integration && integrationOf(integration, { place, invoker, callAws, localUrl, now }),
        validate: eventValidation(route, model, place),
        throttle: limit && tokenBucket(limit, now),
      };
      return [routeKey, compiled];
    }),
  );
}

type Parts = Pick<WebSocketExchange, 'request' | 'body' | 'closed'>;

function exchangeOf(
  connection: Connection,
  eventType: WebSocketExchange['eventType'],
  routeKey: string,
  time: number,
  parts: Parts,
): WebSocketExchange {
  return { connection, eventType, routeKey, requestId: newWebSocketId(), time, ...parts };
}

/** The text that API Gateway sends to a client instead of an answer. */
function errorText({ connection, requestId }: WebSocketExchange, message: string): string {
  const quoted = JSON.stringify(message);
  return `{"message": ${quoted}, "connectionId":${JSON.stringify(connection.id)}, "requestId":${JSON.stringify(requestId)}}`;
}

function handshakeRefusal(status: number, body: string): HttpResponse {
  return { status, headers: [['content-type', 'application/json']], body };
}
