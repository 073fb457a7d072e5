import type { Container } from '../container.js';
import { BadRequest } from '../errors.js';
import { childLogger, type Logger } from '../logger.js';
import type { LambdaContext } from '../route-types.js';
import { readAuth } from './auth.js';
import { bodyBytes, jsonBody } from './body.js';
import type { CompiledRoute } from './compile.js';
import type { Dialect, GatewayEvent, Values } from './dialect.js';
import type { Match } from './match.js';
import { decoded } from './percent.js';

const UNREAD = Symbol('unread');

/** Sets what a schema made of a part of the request. */
export let setPart: (request: LazyRequest, part: 'params' | 'query' | 'headers' | 'body', value: unknown) => void;

/** A request whose parts are made when they are first read. Its typed face is `HttpRequest`. */
export class LazyRequest {
  readonly event: GatewayEvent;
  readonly context: LambdaContext;
  readonly #dialect: Dialect;
  readonly #container: Container;
  readonly #route: CompiledRoute | undefined;
  #params: unknown;
  #query: unknown = UNREAD;
  #headers: unknown = UNREAD;
  #body: unknown = UNREAD;
  #auth: unknown = process.env.GOBLET_OMIT_AUTH !== '1' ? UNREAD : undefined;
  #cookies: Values | undefined;
  #pairs: [string, string][] | undefined;
  #bytes: Uint8Array | undefined;
  #log: Logger | undefined;
  #signal: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;

  static {
    if (process.env.GOBLET_OMIT_SCHEMAS !== '1')
      setPart = (request, part, value) => {
        if (part === 'body') request.#body = value;
        else if (part === 'query') request.#query = value;
        else if (part === 'params') request.#params = value;
        else request.#headers = value;
      };
  }

  constructor(
    event: GatewayEvent,
    context: LambdaContext,
    dialect: Dialect,
    container: Container,
    route: CompiledRoute | undefined,
    params: unknown,
  ) {
    this.event = event;
    this.context = context;
    this.#dialect = dialect;
    this.#container = container;
    this.#route = route;
    this.#params = params;
  }

  get method(): string {
    return this.#dialect.method(this.event);
  }
  get path(): string {
    return this.#dialect.path(this.event);
  }
  get params(): unknown {
    return this.#params;
  }
  get deps(): unknown {
    return this.#container.deps;
  }
  get env(): unknown {
    return this.#container.env;
  }

  get query(): unknown {
    if (this.#query === UNREAD) {
      const values: Values = Object.create(null);
      for (const [name, value] of this.#queryPairs()) values[name] = value;
      this.#query = values;
    }
    return this.#query;
  }

  /** A function of its own, so that a handler may take it out of the request. */
  get all(): (name: string) => readonly string[] {
    return (name) =>
      this.#queryPairs()
        .filter((pair) => pair[0] === name)
        .map((pair) => pair[1]);
  }

  #queryPairs(): [string, string][] {
    this.#pairs ??= this.#dialect.query(this.event);
    return this.#pairs;
  }

  get headers(): unknown {
    if (this.#headers === UNREAD) this.#headers = this.#dialect.headers(this.event);
    return this.#headers;
  }

  get cookies(): Values {
    if (!this.#cookies) {
      const values: Values = Object.create(null);
      for (const header of this.#dialect.cookies(this.event))
        for (const part of header.split(';')) {
          const at = part.indexOf('=');
          const name = part.slice(0, at).trim();
          if (at > 0 && name && !(name in values)) values[name] = unquote(part.slice(at + 1).trim());
        }
      this.#cookies = values;
    }
    return this.#cookies;
  }

  get body(): unknown {
    if (this.#body === UNREAD) this.#body = jsonBody(this.#dialect, this.event);
    return this.#body;
  }

  get rawBody(): Uint8Array {
    this.#bytes ??= bodyBytes(this.event);
    return this.#bytes;
  }

  get auth(): unknown {
    if (process.env.GOBLET_OMIT_AUTH !== '1')
      if (this.#auth === UNREAD)
        this.#auth = readAuth(this.#route, this.event, {
          door: this.#dialect.frontDoor,
          authorizers: this.#container.runtime.auth,
          log: this.log,
        });
    return this.#auth;
  }

  get log(): Logger {
    this.#log ??= childLogger(this.#container.log, {
      requestId: this.context?.awsRequestId,
      route: this.#route && `${this.#route.method} ${this.#route.path}`,
    });
    return this.#log;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      const controller = new AbortController();
      this.#signal = controller.signal;
      const left = this.context?.getRemainingTimeInMillis?.() ?? Infinity;
      // Half a second, or a tenth of a short time, is left to answer in.
      const delay = left - Math.min(500, left / 10);
      const abort = () => controller.abort(new DOMException('The time is up', 'TimeoutError'));
      if (delay < Infinity) this.#timer = setTimeout(abort, delay).unref();
    }
    return this.#signal;
  }

  /** The request is answered: its signal does not abort any more, least of all during another request. */
  close(): void {
    clearTimeout(this.#timer);
  }
}

function unquote(value: string): string {
  const bare = /^"(.*)"$/.exec(value)?.[1] ?? value;
  return decoded(bare) ?? bare;
}

/** Decodes what a path captured. @throws BadRequest where an escape is malformed */
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
