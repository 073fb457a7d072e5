import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CloudError } from '../core/cloud-error.js';
import type { Front } from '../core/front.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../core/http.js';
import type { WebAccess } from '../core/service.js';
import { portTaken } from '../errors/program.js';
import { type Exchange, messageExchange } from './exchange.js';
import { hostName, isAllowedHost, isLoopback } from './host.js';
import { alsoHttp2 } from './http2.js';
import { asOrdinary } from './ordinary-request.js';
import { readHead, withBody } from './request-head.js';
import { BODY_SILENCE, BodyStalled, BodyTooLarge, ClientGone, type UnreadBody, unreadBody } from './unread-body.js';
import { handshakeMistake, newUpgrade, opensWebSocket, refuseUpgrade, type Upgrade, WebSockets } from './web-socket.js';

/** Milliseconds that a client may take. */
export interface GatewayTimeouts {
  /** For the head of a request. @default 60_000 */
  readonly headers: number;
  /** Between two pieces of a body. @default 30_000 */
  readonly silence: number;
  /** Between two requests of a connection. @default 75_000 */
  readonly idle: number;
}

export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Asked in order, before the request is taken for an AWS call. */
  readonly fronts: readonly Front[];
  /** True if AWS has this name for a service that is served. */
  readonly isServiceHost: (name: string) => boolean;
  /** A service's answer to a request of a web page; undefined if none takes it. */
  readonly webAccess?: (head: RequestHead) => Promise<WebAccess | undefined>;
  readonly awsCall: (head: RequestHead, body: UnreadBody, requestId: string) => Promise<HttpResponse>;
  /** The answer of `GET /_goblet/health`. */
  readonly health: () => unknown;
  readonly onFailure: (what: string, error: unknown) => void;
  readonly timeouts?: Partial<GatewayTimeouts>;
}

export interface Gateway {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const HEALTH_PATH = '/_goblet/health';

/** A body that was not read may be this long for its connection to go on: the rest of it is read and thrown away. */
const SHORT_BODY = 64 * 1024;

function refusal(status: number, code: string, message: string): HttpResponse {
  return {
    status,
    headers: [
      ['content-type', 'application/json'],
      ['x-amzn-errortype', code],
    ],
    body: JSON.stringify({ __type: code, message }),
  };
}

const BROWSER = refusal(
  403,
  'AccessDeniedException',
  'The local cloud does not answer web pages: the request carries Origin or Sec-Fetch-Site',
);

/** The error in the form of a request, for any service. RFC 9112, 3.2: two Host headers are answered with 400. */
function malformed({ path, headers }: RequestHead): HttpResponse | undefined {
  let hosts = 0;
  for (const [name] of headers) if (name === 'host') hosts++;
  if (hosts > 1) return refusal(400, 'BadRequestException', 'The request has more than one Host header');
  if (!path.startsWith('/')) {
    return refusal(400, 'BadRequestException', 'The target of the request is not a path that starts with /');
  }
  return undefined;
}

async function ask(front: Front, head: RequestHead, body: UnreadBody): Promise<HttpResponse> {
  let request: HttpRequest;
  try {
    request = withBody(head, { body: await body.hold(front.maxBody) });
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    request = withBody(head, { body: new Uint8Array(0), bodyTooLarge: true });
  }
  return front.handle(request);
}

/** The front that a request is for by its head; undefined if it is for none of them. Nobody answers for foreign hosts. */
function frontOf(head: RequestHead, options: GatewayOptions): Front | { readonly refused: HttpResponse } | undefined {
  const host = header(head, 'host');
  if (isAllowedHost(host, options.host, options.isServiceHost))
    return options.fronts.find((front) => front.matches(head));
  const owner = options.fronts.find((front) => front.ownsHost?.(hostName(host)));
  const why = `The local cloud does not answer for the host ${host ?? '(none)'}`;
  return owner ?? { refused: refusal(403, 'AccessDeniedException', why) };
}

/** Decides by the head alone who answers. Only what is answered by somebody reads the body. */
async function answer(head: RequestHead, body: UnreadBody, options: GatewayOptions): Promise<HttpResponse> {
  const front = frontOf(head, options);
  if (front) return 'refused' in front ? front.refused : ask(front, head, body);
  const name = hostName(header(head, 'host'));
  const isOfPage = header(head, 'origin') !== undefined || header(head, 'sec-fetch-site') !== undefined;
  const access = isOfPage || head.method === 'OPTIONS' ? await options.webAccess?.(head) : undefined;
  if (access?.kind === 'answered') return access.response(randomUUID());
  if (isOfPage && !access) return BROWSER;
  // A browser that takes a name of AWS for this machine's sends no Sec-Fetch-Site, so these names are for calls alone.
  if (head.path === HEALTH_PATH && head.method === 'GET' && (isLoopback(name) || !options.isServiceHost(name))) {
    return { status: 200, headers: [['content-type', 'application/json']], body: JSON.stringify(options.health()) };
  }
  const response = await options.awsCall(head, body, randomUUID());
  return access ? { ...response, headers: [...response.headers, ...access.headers] } : response;
}

function failure(error: unknown, head: RequestHead, options: GatewayOptions): HttpResponse {
  if (error instanceof BodyStalled) return refusal(408, 'RequestTimeout', `The request timed out: ${error.message}`);
  if (error instanceof BodyTooLarge) return refusal(413, 'EntityTooLarge', error.message);
  options.onFailure(`${head.method} ${head.path}`, error);
  return refusal(500, 'InternalFailure', 'The local cloud failed; its terminal says how');
}

async function serve(exchange: Exchange, options: GatewayOptions): Promise<void> {
  const { head, body: source } = exchange;
  const body = unreadBody(source, options.timeouts?.silence ?? BODY_SILENCE);
  const problem = malformed(head);
  if (problem) return exchange.refuse(problem);
  let response: HttpResponse;
  try {
    response = await answer(head, body, options);
  } catch (error) {
    if (error instanceof ClientGone) return;
    response = failure(error, head, options);
  }
  // A short body in chunks comes with its head, and is there a turn later.
  if (body.length === undefined && !source.isComplete()) await nextTurn();
  // A client that waits to be asked for its body may send it or not: nobody knows what comes next.
  const isClear = source.isComplete() || (source.askFor === undefined && response.status !== 408);
  if (isClear && body.isAtMost(SHORT_BODY)) await exchange.answer(response);
  else await exchange.refuse(response);
}

/** Gives a request to open a WebSocket to the front that it is for, by the rules of every request; false if it is for none. */
async function upgrade(asked: Upgrade, options: GatewayOptions, webSockets: WebSockets): Promise<boolean> {
  const { incoming, outgoing } = asked;
  const head = readHead(incoming, outgoing);
  const front = malformed(head) ? undefined : frontOf(head, options);
  const webSocketsOf = front && 'webSockets' in front ? front.webSockets : undefined;
  if (!(webSocketsOf && (await webSocketsOf.takes(head)))) {
    outgoing.detachSocket(incoming.socket);
    return false;
  }
  let response: HttpResponse | 'opened';
  try {
    const request = withBody(head, { body: new Uint8Array(0) });
    response = handshakeMistake(incoming) ?? (await webSocketsOf.answer(request, webSockets.opener(asked)));
  } catch (error) {
    response = failure(error, head, options);
  }
  if (response !== 'opened') await refuseUpgrade(asked, response);
  return true;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new CloudError(portTaken(port, host), { cause: error }) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Listens for AWS calls and for the fronts. Resolves once it accepts connections. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const headersTimeout = options.timeouts?.headers ?? 60_000;
  const settings = {
    keepAliveTimeout: options.timeouts?.idle ?? 75_000,
    // A large upload may take its time; what it may not do is say nothing.
    requestTimeout: 0,
    headersTimeout,
    connectionsCheckingInterval: Math.min(5_000, headersTimeout),
    noDelay: true,
  };
  const take = (exchange: Exchange) => {
    serve(exchange, options).catch((error: unknown) => {
      options.onFailure('answer', error);
      exchange.abort();
    });
  };
  const listener = (expectsContinue: boolean) => (incoming: IncomingMessage, outgoing: ServerResponse) =>
    take(messageExchange(incoming, outgoing, expectsContinue));
  const server = createServer(settings, listener(false));
  server.on('checkContinue', listener(true));
  const webSockets = new WebSockets();
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, rest: Buffer) => {
    const ordinary = () => asOrdinary(server, incoming, socket, rest);
    if (!opensWebSocket(incoming)) return ordinary();
    const asked = newUpgrade(incoming, socket, rest);
    upgrade(asked, options, webSockets)
      .then((taken) => taken || ordinary())
      .catch((error: unknown) => {
        options.onFailure('upgrade', error);
        socket.destroy();
      });
  });
  // A header beyond the count would be dropped silently, a second Host among them. Their size is limited anyway.
  server.maxHeadersCount = 0;
  const closeHttp2 = alsoHttp2(server, take, { preface: headersTimeout, idle: settings.keepAliveTimeout });
  const port = await listen(server, options.host, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        webSockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
        closeHttp2();
      }),
  };
}
