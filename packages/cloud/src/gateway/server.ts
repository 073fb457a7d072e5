import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudError } from '../core/cloud-error.js';
import type { Front } from '../core/front.js';
import { type HttpRequest, type HttpResponse, header } from '../core/http.js';
import { hostName, isAllowedHost } from './host.js';
import { BodyTooLarge, readRequest } from './read-request.js';
import { writeResponse } from './write-response.js';

export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Asked in order, before the request is taken for an AWS call. */
  readonly fronts: readonly Front[];
  readonly awsCall: (request: HttpRequest, requestId: string) => Promise<HttpResponse>;
  /** The answer of `GET /_goblet/health`. */
  readonly health: () => unknown;
  readonly onFailure: (what: string, error: unknown) => void;
}

export interface Gateway {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const HEALTH_PATH = '/_goblet/health';

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

async function answer(request: HttpRequest, options: GatewayOptions): Promise<HttpResponse> {
  const host = header(request, 'host');
  if (!isAllowedHost(host, options.host)) {
    const owner = options.fronts.find((front) => front.ownsHost?.(hostName(host)));
    if (owner) return owner.handle(request);
    return refusal(403, 'AccessDeniedException', `The local cloud does not answer for the host ${host ?? '(none)'}`);
  }
  for (const front of options.fronts) if (front.matches(request)) return front.handle(request);
  if (header(request, 'origin') !== undefined || header(request, 'sec-fetch-site') !== undefined) return BROWSER;
  if (request.path === HEALTH_PATH && request.method === 'GET') {
    return { status: 200, headers: [['content-type', 'application/json']], body: JSON.stringify(options.health()) };
  }
  return options.awsCall(request, randomUUID());
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, options: GatewayOptions): Promise<void> {
  let request: HttpRequest;
  try {
    request = await readRequest(incoming, outgoing);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) return;
    await writeResponse(outgoing, refusal(413, 'EntityTooLarge', error.message));
    return;
  }
  let response: HttpResponse;
  try {
    response = await answer(request, options);
  } catch (error) {
    options.onFailure(`${request.method} ${request.path}`, error);
    response = refusal(500, 'InternalFailure', 'The local cloud failed; its terminal says how');
  }
  await writeResponse(outgoing, response);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new CloudError(
              'GOBLET_CLOUD_PORT_TAKEN',
              `port ${port} of ${host} is taken; stop what listens there, or choose another port`,
              { cause: error },
            )
          : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Listens for AWS calls and for the fronts. Resolves once it accepts connections. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 0, noDelay: true }, (incoming, outgoing) => {
    serve(incoming, outgoing, options).catch((error: unknown) => {
      options.onFailure('answer', error);
      outgoing.destroy();
    });
  });
  const port = await listen(server, options.host, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
