import { randomUUID } from 'node:crypto';
import type { App } from '../declare/app.js';
import { type AppRuntime, type FlatRoute, RUNTIME } from '../declare/app-runtime.js';
import type { AppTypes, LambdaContext, Route } from '../declare/route-types.js';
import { noSource } from '../errors/sources.js';
import {
  noAuthorizer,
  noParameter,
  noTestOption,
  notServed,
  servedAtSeveral,
  unknownGateway,
} from '../errors/testing.js';
import type { LambdaResult } from '../http/lambda-result.js';
import { PathMatcher } from '../http/match.js';
import { Container } from '../lambda/container.js';
import { stop } from '../lambda/end.js';
import { parseEnv } from '../lambda/env.js';
import type { Logger } from '../lambda/logger.js';
import { start } from '../lambda/start.js';
import { handleIn } from '../lambda.js';
import { clientResponse } from './client-response.js';
import { TestConnections } from './connections.js';
import { contentOf } from './content-coding.js';
import { type ArrivingRequest, gatewayEvent, type RoutedRequest } from './gateway-event.js';
import type { Gateway, LogLine, RawInit, TestClient, TestClientOptions, TestResponse } from './types.js';

type Callers = Readonly<Record<string, unknown>>;
type AnyInput = RawInit & {
  readonly params?: Readonly<Record<string, string>>;
  readonly auth?: Callers;
  readonly method?: string;
  readonly mount?: { readonly at?: string; readonly params?: Readonly<Record<string, string>> };
};

function collector(lines: LogLine[]): Logger {
  const at =
    (level: LogLine['level']) =>
    (message: string, fields?: object): void => {
      lines.push({ ...fields, level, message });
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The environment for tests with their own deps: a missing variable fails when it is read. */
function lenientEnv(runtime: AppRuntime, environment: Record<string, string | undefined>): object {
  const env = {};
  for (const [name, type] of Object.entries(runtime.env))
    Object.defineProperty(env, name, {
      enumerable: true,
      get: () => (parseEnv({ [name]: type }, environment) as Record<string, unknown>)[name],
    });
  return env;
}

function pairs(values: RawInit['query']): [string, string][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one): [string, string] => [
      name,
      String(one),
    ]),
  );
}

function encodePath(route: FlatRoute, params: Readonly<Record<string, string>>): string {
  return route.path.replace(/\{([\w.-]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(noParameter(route.path, name));
    return greedy ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
}

const GATEWAYS: readonly Gateway[] = ['rest', 'http', 'url', 'alb'];
const OPTIONS = ['deps', 'env', 'auth', 'gateway'];

function checkOptions(options: TestClientOptions<AppTypes>): void {
  for (const name of Object.keys(options))
    if (!OPTIONS.includes(name)) throw new TypeError(noTestOption(name, OPTIONS));
  if (options.gateway !== undefined && !GATEWAYS.includes(options.gateway))
    throw new TypeError(unknownGateway(options.gateway));
}

function checkCallers(callers: Callers, { auth }: AppRuntime): void {
  for (const name of Object.keys(callers))
    if (!Object.hasOwn(auth, name)) throw new TypeError(noAuthorizer(name, Object.keys(auth)));
}

class Client {
  readonly logs: LogLine[] = [];
  readonly #connections = new TestConnections();
  readonly posted = this.#connections.posted;
  readonly gone = this.#connections.gone;
  readonly #container: Container;
  readonly #gateway: Gateway;
  readonly #callers: Callers;
  readonly #matcher: PathMatcher<[FlatRoute, ...FlatRoute[]]>;
  readonly #handlers = new Map<string, ReturnType<typeof handleIn>>();

  constructor(runtime: AppRuntime, options: TestClientOptions<AppTypes>) {
    checkOptions(options);
    checkCallers(options.auth ?? {}, runtime);
    const environment = { ...process.env, ...options.env };
    const told = { logger: runtime.logger ?? collector(this.logs), reach: () => this.#connections };
    this.#container = new Container({ ...runtime, ...told }, environment);
    if (options.deps !== undefined) {
      this.#container.deps = options.deps;
      this.#container.env = lenientEnv(runtime, environment);
      this.#container.started = true;
    }
    this.#given = options.deps !== undefined;
    this.#gateway = options.gateway ?? runtime.api;
    this.#callers = options.auth ?? {};
    const byPath = new Map<string, [FlatRoute, ...FlatRoute[]]>();
    for (const route of runtime.routes) {
      const at = byPath.get(route.path);
      if (at) at.push(route);
      else byPath.set(route.path, [route]);
    }
    this.#matcher = new PathMatcher(byPath);
  }
  readonly #given: boolean;

  call(handle: Route, input: AnyInput = {}): Promise<TestResponse> {
    const routes = this.#container.runtime.routes.filter(
      (route) =>
        route.handle === handle &&
        (input.mount?.at === undefined || route.path.startsWith(input.mount.at)) &&
        (input.method === undefined || route.method === input.method),
    );
    const [route] = routes;
    if (!route) throw new TypeError(notServed(handle.method, handle.path));
    const paths = [...new Set(routes.map((one) => one.path))];
    if (paths.length > 1) throw new TypeError(servedAtSeveral(paths));
    return this.request(route.method, encodePath(route, { ...input.mount?.params, ...input.params }), input);
  }

  async request(method: string, target: string, init: AnyInput = {}): Promise<TestResponse> {
    checkCallers(init.auth ?? {}, this.#container.runtime);
    const [path = '/', search = ''] = target.split('?');
    const headers = pairs(init.headers);
    const named = (name: string) => headers.some(([given]) => given.toLowerCase() === name);
    const { body } = init;
    const bytes =
      body === undefined
        ? undefined
        : body instanceof Uint8Array
          ? body
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    if (bytes && typeof body === 'object' && !(body instanceof Uint8Array) && !named('content-type'))
      headers.push(['Content-Type', 'application/json']);
    if (!named('host')) headers.push(['Host', 'test.execute-api.eu-west-1.amazonaws.com']);
    const query = [...new URLSearchParams(search), ...pairs(init.query)];
    return this.#arrive({ method, path, query, headers, body: bytes }, { ...this.#callers, ...init.auth });
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init);
    const url = new URL(request.url);
    const response = await this.request(request.method, `${url.pathname}${url.search}`, {
      headers: Object.fromEntries(request.headers),
      ...(request.body && { body: new Uint8Array(await request.arrayBuffer()) }),
    });
    const headers = new Headers(response.headers as Record<string, string>);
    for (const cookie of response.cookies) headers.append('set-cookie', cookie);
    const bodiless = [204, 205, 304].includes(response.status);
    const content = contentOf(response.bytes, response.headers['content-encoding']) ?? response.bytes;
    return new Response(bodiless ? null : new Uint8Array(content), { status: response.status, headers });
  };

  async #arrive(request: ArrivingRequest, callers: Callers): Promise<TestResponse> {
    const { auth } = this.#container.runtime;
    const found = this.#matcher.find(request.path);
    const behindApi = this.#gateway === 'rest' || this.#gateway === 'http';
    if (!found && behindApi) return unrouted(this.#gateway);
    const routes = found?.value;
    const route =
      routes?.find((one) => one.method === request.method) ??
      (request.method === 'HEAD' ? routes?.find((one) => one.method === 'GET') : undefined);
    const routed: RoutedRequest = {
      ...request,
      template: routes?.[0].path,
      params: found?.params ?? {},
      callers: (route?.auth ?? [])
        .filter((name) => callers[name] !== undefined)
        .map((name) => ({ kind: auth[name]?.kind ?? 'authorizer', result: callers[name] })),
      requestId: randomUUID(),
    };
    const name = route?.function ?? routes?.[0].function ?? 'APIHandler';
    // Lambda transports events and results as JSON, and so does the test client.
    const event: unknown = JSON.parse(JSON.stringify(gatewayEvent(this.#gateway, routed)));
    if (!this.#container.started) await start(this.#container);
    const result = await this.#handler(name)(event, contextFor(name, routed.requestId));
    return clientResponse(JSON.parse(JSON.stringify(result)) as LambdaResult);
  }

  async send(name: string, ...sent: readonly unknown[]): Promise<unknown> {
    const source = this.#container.runtime.sources[name];
    if (!source) throw new TypeError(noSource(name));
    if (!this.#container.started) await start(this.#container);
    const event = (source.options.event as (sent: readonly unknown[]) => unknown)(sent);
    const answer = await this.#handler(name)(
      event && JSON.parse(JSON.stringify(event)),
      contextFor(name, randomUUID()),
    );
    return answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
  }

  #handler(name: string): ReturnType<typeof handleIn> {
    const kept = this.#handlers.get(name) ?? handleIn(this.#container, name);
    this.#handlers.set(name, kept);
    return kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#given) await stop(this.#container);
  }

  get(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('GET', path, init);
  }
  post(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('POST', path, init);
  }
  put(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('PUT', path, init);
  }
  patch(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('PATCH', path, init);
  }
  delete(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('DELETE', path, init);
  }
  head(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('HEAD', path, init);
  }
  options(path: string, init?: AnyInput): Promise<TestResponse> {
    return this.request('OPTIONS', path, init);
  }
}

/** API Gateway's own answer if it has no route. */
function unrouted(gateway: Gateway): TestResponse {
  const rest = gateway === 'rest';
  return clientResponse({
    statusCode: rest ? 403 : 404,
    headers: {
      'content-type': 'application/json',
      ...(rest && { 'x-amzn-errortype': 'MissingAuthenticationTokenException' }),
    },
    body: JSON.stringify({ message: rest ? 'Missing Authentication Token' : 'Not Found' }),
  });
}

function contextFor(functionName: string, awsRequestId: string): LambdaContext {
  const deadline = Date.now() + 10_000;
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '128',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'test',
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/**
 * A client of the app that runs the same code as Lambda, in this process and without a network.
 * @example
 * await using client = testClient(app, { deps: { users: fakeUsers } });
 * const response = await client.call(createUser, { body: { username: 'ann' } });
 */
export function testClient<C extends AppTypes>(app: App<C>, options: TestClientOptions<C> = {}): TestClient<C> {
  const runtime = (app as App<C> & { readonly [RUNTIME]: AppRuntime })[RUNTIME];
  return new Client(runtime, options as TestClientOptions<AppTypes>) as unknown as TestClient<C>;
}
