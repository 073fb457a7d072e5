import type { CloudContext } from '../../../core/cloud.js';
import type { Front } from '../../../core/front.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import { hostName } from '../../../gateway/host.js';
import { MAX_BODY } from '../../execute-api/index.js';
import type { ApiStore } from '../api-store.js';
import type { DomainMapping } from '../records/domain.js';
import { mappingOf } from './domain-mapping.js';
import type { ServedStages } from './served-stages.js';
import { StageRequest } from './stage-request.js';
import type { WebSocketAddresses, WebSocketTarget } from './web-socket/front.js';

/** Where a request goes: `/_api/<id>/<stage>/…` on any host, `/<stage>/…` on an API's own. */
interface Target {
  readonly apiId: string;
  readonly stage: string;
  /** Below the stage, as sent. */
  readonly path: string;
  /** Below the API, as sent. */
  readonly whole: string;
}

const PREFIX = '/_api/';
const API_HOST = /^([a-z0-9]+)\.execute-api\./;

/**
 * Serves the deployed APIs, at addresses of their own and at custom domain names: by the name itself as the host, or by
 * the name below `localhost`, which leads here without any DNS.
 */
export function apiFront(
  { emit, now }: CloudContext,
  stages: ServedStages,
  store: ApiStore,
  webSockets: WebSocketAddresses,
): Front {
  const domainOf = (host: string): string | undefined => {
    const name = host.replace(/\.localhost$/, '');
    const wildcard = name.replace(/^[^.]+/, '*');
    return [name, wildcard].find((known) => store.domainPlace(known) !== undefined);
  };
  const hostOf = (request: RequestHead) => hostName(header(request, 'host'));
  /** Where a request to a WebSocket API goes; undefined for a request to an API of another kind, or to none. */
  const webSocketTarget = async (request: RequestHead): Promise<WebSocketTarget | undefined> => {
    const domainName = domainOf(hostOf(request));
    if (domainName !== undefined) {
      const place = store.domainPlace(domainName);
      const domain = place && (await store.get(place, 'domain', domainName));
      const mapping = domain && mappingOf(domain, request.path);
      if (mapping === undefined || store.placeOf(mapping.apiId)?.kind !== 'webSocketApi') return undefined;
      const { stage, path } = mappedStage(mapping, request.path);
      return { apiId: mapping.apiId, stage, path, domainName: hostOf(request), byDomain: true };
    }
    const { apiId, stage, path } = targetOf(request);
    const place = store.placeOf(apiId);
    if (place?.kind !== 'webSocketApi') return undefined;
    // AWS's own name, by which functions send to the connection; it is the same however the client came here.
    const name = `${apiId}.execute-api.${place.region}.amazonaws.com`;
    return { apiId, stage, path, domainName: name, byDomain: false };
  };
  const told = (
    { method }: RequestHead,
    { apiId, path }: Pick<Target, 'apiId' | 'path'>,
    status: number,
    started: number,
  ) => emit({ kind: 'request', time: started, apiId, method, path, status, milliseconds: now() - started });
  return {
    ownsHost: (name) => domainOf(name) !== undefined,
    matches: (request) =>
      request.path.startsWith(PREFIX) || API_HOST.test(hostOf(request)) || domainOf(hostOf(request)) !== undefined,
    maxBody: MAX_BODY,
    webSockets: {
      takes: async (request) => (await webSocketTarget(request)) !== undefined,
      answer: async (request, open) => {
        const started = now();
        const target = await webSocketTarget(request);
        if (target === undefined) return forbidden('Forbidden');
        const response = await webSockets.open(request, target, open);
        told(request, target, response === 'opened' ? 101 : response.status, started);
        return response;
      },
    },
    handle: async (request) => {
      const started = now();
      const domain = domainOf(hostOf(request));
      const webSocket = await webSocketTarget(request);
      const [target, response] = await (webSocket
        ? [webSocket, await webSockets.handle(request, webSocket)]
        : domain === undefined
          ? atEndpoint(request, stages)
          : atDomain(request, domain, stages, store));
      told(request, target, response.status, started);
      return response;
    },
  };
}

type Answered = readonly [target: Pick<Target, 'apiId' | 'path'>, response: HttpResponse];

async function atEndpoint(request: HttpRequest, stages: ServedStages): Promise<Answered> {
  const target = targetOf(request);
  return [target, await answer(request, target, stages)];
}

async function atDomain(
  request: HttpRequest,
  domainName: string,
  stages: ServedStages,
  store: ApiStore,
): Promise<Answered> {
  const place = store.domainPlace(domainName);
  const domain = place && (await store.get(place, 'domain', domainName));
  const mapping = domain && mappingOf(domain, request.path);
  const mapped = mapping && mappedStage(mapping, request.path);
  const stage = mapping && mapped && (await stages.get(mapping.apiId, mapped.stage));
  if (mapping === undefined || mapped === undefined || stage === undefined) {
    return [{ apiId: mapping?.apiId ?? domainName, path: request.path }, forbidden('Forbidden')];
  }
  const { apiId } = mapping;
  const { basePath, path } = mapped;
  const response = await stage.execute(new StageRequest(request, path), { basePath, path: request.path });
  return [{ apiId, path }, response];
}

/** The stage to which a mapping leads a path, the part of the path that selects both, and the rest. */
function mappedStage({ basePath, stage }: DomainMapping, whole: string) {
  const below = basePath === '' ? whole : whole.slice(basePath.length + 1) || '/';
  if (stage !== '') return { stage, basePath, path: below };
  const [, named = '', path = ''] = /^\/([^/]*)(.*)$/.exec(below) ?? [];
  return { stage: named, basePath: basePath === '' ? named : `${basePath}/${named}`, path: path === '' ? '/' : path };
}

async function answer(request: HttpRequest, target: Target, stages: ServedStages): Promise<HttpResponse> {
  const { apiId, stage, path } = target;
  if (stages.isHttpApi(apiId)) return answerHttp(request, target, stages);
  const served = await stages.get(apiId, stage);
  if (served === undefined || served.endpointDisabled)
    return forbidden(stage === '' ? 'Missing Authentication Token' : 'Forbidden');
  return served.execute(new StageRequest(request, path));
}

/** The default stage of an HTTP API has no name in its URLs. */
async function answerHttp(
  request: HttpRequest,
  { apiId, stage, path, whole }: Target,
  stages: ServedStages,
): Promise<HttpResponse> {
  const named = stage === '' || stage.startsWith('$') ? undefined : await stages.get(apiId, stage);
  if (named && !named.endpointDisabled) return named.execute(new StageRequest(request, path));
  const unnamed = await stages.get(apiId, '$default');
  if (unnamed && !unnamed.endpointDisabled) return unnamed.execute(new StageRequest(request, whole));
  return { status: 404, headers: [['content-type', 'application/json']], body: '{"message":"Not Found"}' };
}

function targetOf(request: RequestHead): Target {
  const byPath = request.path.startsWith(PREFIX);
  // Slashes before the stage, and behind it, do not count.
  const parts = request.path
    .replace(byPath ? /^(\/[^/]+\/[^/]+)\/{2,}/ : /^\/{2,}/, byPath ? '$1/' : '/')
    .split('/')
    .slice(byPath ? 2 : 1);
  const apiId = byPath ? (parts.shift() ?? '') : (API_HOST.exec(header(request, 'host') ?? '')?.[1] ?? '');
  const [stage = '', ...rest] = parts;
  return { apiId, stage, path: `/${rest.join('/')}`.replace(/^\/{2,}/, '/'), whole: `/${parts.join('/')}` };
}

/** The answer of API Gateway if it has no such stage. */
function forbidden(message: string): HttpResponse {
  return {
    status: 403,
    headers: [
      ['content-type', 'application/json'],
      ['x-amzn-errortype', message === 'Forbidden' ? 'ForbiddenException' : 'MissingAuthenticationTokenException'],
    ],
    body: JSON.stringify({ message }),
  };
}
