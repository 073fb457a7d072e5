import { readAuth } from '#parts/auth';
import type { FlatRoute } from '../declare/app-runtime.js';
import type { LambdaContext } from '../declare/route-types.js';
import type { Container } from '../lambda/container.js';
import { childLogger, type Logger } from '../lambda/logger.js';
import { bodyBytes, jsonBody } from './body.js';
import type { Dialect, GatewayEvent, Values } from './dialect.js';
import { BadRequest } from './errors.js';
import type { Match } from './match.js';
import { decoded } from './percent.js';

/** Turns a request into the value or Reply to send. */
export type Stage = (exchange: Exchange) => unknown;

/** A route whose declarations are combined into one function. */
export interface CompiledRoute extends FlatRoute {
  readonly run: Stage;
}

/**
 * One event of a front door on its way through a function: the request, the route that answers, and what is known so
 * far.
 */
export class Exchange {
  declare readonly container: Container;
  declare readonly event: GatewayEvent;
  declare readonly context: LambdaContext;
  declare readonly dialect: Dialect;
  /** The routes of the path, by method. */
  declare readonly methods: ReadonlyMap<string, CompiledRoute> | undefined;
  declare readonly route: CompiledRoute | undefined;
  /** True if streams are passed on unread, under `stream` of the result. */
  declare readonly streaming: boolean;
  /**
   * The path variables, first as captured, later as the schema's output. The same applies to the parts below, once they
   * are read.
   */
  declare params: unknown;
  declare query?: unknown;
  declare headers?: unknown;
  declare body?: unknown;
  declare auth?: unknown;
  declare readonly request: LazyRequest;

  constructor(
    container: Container,
    event: GatewayEvent,
    context: LambdaContext,
    dialect: Dialect,
    methods: ReadonlyMap<string, CompiledRoute> | undefined,
    route: CompiledRoute | undefined,
    params: unknown,
    streaming: boolean,
  ) {
    this.container = container;
    this.event = event;
    this.context = context;
    this.dialect = dialect;
    this.methods = methods;
    this.route = route;
    this.params = params;
    this.streaming = streaming;
    this.request = new LazyRequest(this);
  }
}

/**
 * The request of an exchange. Its parts are computed when they are first read. `HttpRequest` is its typed interface.
 */
export class LazyRequest {
  declare readonly event: GatewayEvent;
  declare readonly context: LambdaContext;
  readonly #exchange: Exchange;
  #cookies: Values | undefined;
  #pairs: [string, string][] | undefined;
  #bytes: Uint8Array | undefined;
  #log: Logger | undefined;
  #signal: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.event = exchange.event;
    this.context = exchange.context;
  }

  get method(): string {
    return this.#exchange.dialect.method(this.event);
  }
  get path(): string {
    return this.#exchange.dialect.path(this.event);
  }
  get params(): unknown {
    return this.#exchange.params;
  }
  get deps(): unknown {
    return this.#exchange.container.deps;
  }
  get env(): unknown {
    return this.#exchange.container.env;
  }

  get query(): unknown {
    const exchange = this.#exchange;
    if (!('query' in exchange)) {
      const values: Values = Object.create(null);
      for (const [name, value] of this.#queryPairs()) values[name] = value;
      exchange.query = values;
    }
    return exchange.query;
  }

  /** A separate function, so that a handler can destructure it from the request. */
  get all(): (name: string) => readonly string[] {
    return (name) => this.#queryPairs().flatMap(([key, value]) => (key === name ? [value] : []));
  }

  #queryPairs(): [string, string][] {
    this.#pairs ??= this.#exchange.dialect.query(this.event);
    return this.#pairs;
  }

  get headers(): unknown {
    const exchange = this.#exchange;
    if (!('headers' in exchange)) exchange.headers = exchange.dialect.headers(exchange.event);
    return exchange.headers;
  }

  get cookies(): Values {
    if (!this.#cookies) {
      const values: Values = Object.create(null);
      for (const header of this.#exchange.dialect.cookies(this.event))
        for (const part of header.split(';')) {
          const at = part.indexOf('=');
          const name = part.slice(0, at).trim();
          if (at > 0 && name) values[name] ??= unquote(part.slice(at + 1).trim());
        }
      this.#cookies = values;
    }
    return this.#cookies;
  }

  get body(): unknown {
    const exchange = this.#exchange;
    if (!('body' in exchange)) exchange.body = jsonBody(exchange.dialect, exchange.event);
    return exchange.body;
  }

  get rawBody(): Uint8Array {
    this.#bytes ??= bodyBytes(this.event);
    return this.#bytes;
  }

  get auth(): unknown {
    return readAuth(this.#exchange);
  }

  get log(): Logger {
    const { container, route } = this.#exchange;
    this.#log ??= childLogger(container.log, {
      requestId: this.context?.awsRequestId,
      route: route && `${route.method} ${route.path}`,
    });
    return this.#log;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      const controller = new AbortController();
      this.#signal = controller.signal;
      const left = this.context?.getRemainingTimeInMillis?.() ?? Infinity;
      const abort = () => controller.abort(new DOMException('The time is up', 'TimeoutError'));
      // Leaves half a second, or a tenth of a short time, for the answer.
      if (left < Infinity) this.#timer = setTimeout(abort, left - Math.min(500, left / 10)).unref();
    }
    return this.#signal;
  }

  /** The request is answered: its signal must not abort any more, least of all during another request. */
  close(): void {
    clearTimeout(this.#timer);
  }
}

function unquote(value: string): string {
  const bare = /^"(.*)"$/.exec(value)?.[1] ?? value;
  return decoded(bare) ?? bare;
}

/**
 * Decodes the path variables.
 * @throws BadRequest if an escape is malformed
 */
export function decodeParams(params: Match<unknown>['params'] | undefined, encoded: boolean): Values {
  const values: Values = Object.create(null);
  for (const name in params) {
    const value = params?.[name] ?? '';
    const text = encoded ? decoded(value) : value;
    if (text === undefined) throw new BadRequest(`{${name}} has a malformed escape`);
    values[name] = text;
  }
  return values;
}
