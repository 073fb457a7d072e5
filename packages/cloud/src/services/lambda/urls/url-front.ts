import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { defined } from '../../../core/defined.js';
import type { Front } from '../../../core/front.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import type { Call } from '../../../core/operation.js';
import type { InvocationResult } from '../../../runtime/invocation.js';
import { corsOf, newExchange } from '../../execute-api/index.js';
import type { FunctionUrl } from './function-url.js';
import type { FunctionUrls } from './function-urls.js';
import { INVOKE_FUNCTION_URL, type UrlInvocation } from './invoke-function-url.js';
import { answer, forbidden, identify } from './url-caller.js';
import { urlEvent } from './url-event.js';
import { urlResponse } from './url-response.js';

const PREFIX = '/_url/';
const HOST = /^([a-z0-9]+)\.lambda-url\./;
/** Bytes of an event. */
const LONGEST = 6_291_456;

/** Serves the function URLs: `/_url/<id>/…` on any host, `/…` on a URL's own, and on that name below `localhost`. */
export function urlFront(context: CloudContext, urls: FunctionUrls): Front {
  const { emit, now } = context;
  return {
    ownsHost: (name) => HOST.test(name),
    matches: (request) => request.path.startsWith(PREFIX) || HOST.test(header(request, 'host') ?? ''),
    maxBody: LONGEST,
    handle: async (request) => {
      const time = now();
      const { id, path } = targetOf(request);
      const url = urls.byId(id);
      const response = await answerAt(url, request, path, context);
      const { method } = request;
      emit({ kind: 'request', time, apiId: id, method, path, status: response.status, milliseconds: now() - time });
      return response;
    },
  };
}

function answerAt(
  url: ReturnType<FunctionUrls['byId']>,
  request: HttpRequest,
  path: string,
  context: CloudContext,
): Promise<HttpResponse> | HttpResponse {
  if (url === undefined) return answer(403, 'AccessDeniedException', null);
  return url === 'gone' ? forbidden() : serve(request, path, url, context);
}

function targetOf(request: RequestHead): { readonly id: string; readonly path: string } {
  if (!request.path.startsWith(PREFIX)) {
    return { id: HOST.exec(header(request, 'host') ?? '')?.[1] ?? '', path: request.path };
  }
  const [, id = '', path = ''] = /^\/_url\/([^/]*)(.*)$/.exec(request.path) ?? [];
  return { id, path: path || '/' };
}

async function serve(
  request: HttpRequest,
  path: string,
  url: FunctionUrl,
  context: CloudContext,
): Promise<HttpResponse> {
  const cors = url.cors && corsOf(corsSettings(url.cors));
  const preflight = cors?.preflight(request);
  if (preflight) return { ...preflight, status: 200 };
  const response = await invoke(request, path, url, context);
  return cors ? cors.apply(request, response) : response;
}

async function invoke(
  request: HttpRequest,
  path: string,
  url: FunctionUrl,
  context: CloudContext,
): Promise<HttpResponse> {
  if (request.bodyTooLarge) {
    return answer(
      413,
      'RequestEntityTooLargeException',
      `Request must be smaller than ${LONGEST} bytes for the InvokeFunction operation`,
    );
  }
  const identified = await identify(request, url, context);
  if ('refused' in identified) return identified.refused;
  const { principal, caller } = identified;
  const seen: HttpRequest = { ...headOf(request), path };
  const exchange = newExchange(seen, context.now(), undefined, undefined);
  const payload = Buffer.from(JSON.stringify(urlEvent(exchange, url.id, caller)));
  const { account, region } = url;
  const { sourceIp, signal } = request;
  const call: Call = { account, region, principal, requestId: exchange.requestId, sourceIp, signal };
  const input: UrlInvocation = { url, payload };
  try {
    const result: InvocationResult = await context.dispatch('lambda', INVOKE_FUNCTION_URL, input, call);
    const response = await urlResponse(result, url);
    if ('malformed' in response) return failed(url, response.malformed, context);
    const headers = [...response.headers, ['x-amzn-requestid', exchange.requestId] as const];
    return { ...response, headers: [...headers, ['x-amzn-trace-id', exchange.traceId]] };
  } catch (error) {
    return refused(error);
  }
}

/** A request's members, some of which are made on demand. */
const headOf = ({ method, query, headers, sourceIp, signal, body }: HttpRequest): Omit<HttpRequest, 'path'> => ({
  method,
  query,
  headers,
  sourceIp,
  signal,
  body,
});

/** A function that has gone is as one that nobody may call. */
function refused(error: unknown): HttpResponse {
  if (!(error instanceof AwsError)) throw error;
  if (error.status === 403 || error.status === 404) return forbidden();
  return answer(error.status, error.code, error.message);
}

/** Function URLs tell nobody how a function failed; the terminal does. */
function failed({ name }: FunctionUrl, reason: string, { emit, now }: CloudContext): HttpResponse {
  emit({ kind: 'warning', time: now(), message: `the function URL of ${name} answered 502: ${reason || 'no result'}` });
  return { status: 502, headers: [['content-type', 'application/json']], body: 'Internal Server Error' };
}

function corsSettings(cors: NonNullable<FunctionUrl['cors']>) {
  const { AllowOrigins = [], AllowMethods = [], AllowHeaders = [], ExposeHeaders = [] } = cors;
  return {
    allowOrigins: AllowOrigins,
    allowMethods: AllowMethods,
    allowHeaders: AllowHeaders,
    exposeHeaders: ExposeHeaders,
    allowCredentials: cors.AllowCredentials ?? false,
    ...defined({ maxAge: cors.MaxAge }),
  };
}
