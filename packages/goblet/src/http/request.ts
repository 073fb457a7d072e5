import type { Container } from '../container.js';
import { BadRequest } from '../errors.js';
import { childLogger, type Logger } from '../logger.js';
import type { LambdaContext } from '../route-types.js';
import { readAuth } from './auth.js';
import { bodyBytes, jsonBody } from './body.js';
import type { CompiledRoute } from './compile.js';
import type { Dialect, GatewayEvent, Values } from './dialect.js';

const UNREAD = Symbol('unread');

/** Sets what a schema made of a part of the request. */
export let setPart: (request: LazyRequest, part: 'params' | 'query' | 'headers' | 'body', value: unknown) => void;
/** Stops what runs on behalf of the request. */
export let release: (request: LazyRequest) => void;

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
  #abort: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  static {
    setPart = (request, part, value) => {
      if (part === 'body') request.#body = value;
      else if (part === 'query') request.#query = value;
      else if (part === 'params') request.#params = value;
      else request.#headers = value;
    };
    release = (request) => {
      if (request.#timer) clearTimeout(request.#timer);
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

  all(name: string): readonly string[] {
    return this.#queryPairs()
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
      if (this.#auth === UNREAD) this.#auth = readAuth(this.#route, this.event, this.#container);
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
    if (!this.#abort) {
      const controller = new AbortController();
      const left = this.context?.getRemainingTimeInMillis?.();
      // Half a second, or a tenth of a short time, is left to answer in.
      if (left !== undefined)
        this.#timer = setTimeout(
          () => controller.abort(new DOMException('The function is about to time out', 'TimeoutError')),
          Math.max(0, left - Math.min(500, left / 10)),
        ).unref();
      this.#abort = controller;
    }
    return this.#abort.signal;
  }
}

function unquote(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
  if (!bare.includes('%')) return bare;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

/** Decodes what a path captured. @throws BadRequest where an escape is malformed */
export function decodeParams(params: Readonly<Record<string, string | undefined>>, encoded: boolean): Values {
  const values: Values = Object.create(null);
  for (const name in params) {
    const value = params[name] ?? '';
    values[name] = encoded && value.includes('%') ? decode(name, value) : value;
  }
  return values;
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new BadRequest(`The path has a malformed percent escape in {${name}}`);
  }
}
