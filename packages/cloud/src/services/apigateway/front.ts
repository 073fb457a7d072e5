import type { CloudContext } from '../../core/cloud.js';
import type { Front } from '../../core/front.js';
import { type HttpRequest, type HttpResponse, header } from '../../core/http.js';
import type { ServedStages } from './served-stages.js';
import { StageRequest } from './stage-request.js';

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

/** Serves the deployed APIs. */
export function apiFront({ emit, now }: CloudContext, stages: ServedStages): Front {
  return {
    matches: (request) => request.path.startsWith(PREFIX) || API_HOST.test(header(request, 'host') ?? ''),
    handle: async (request) => {
      const started = now();
      const target = targetOf(request);
      const response = await answer(request, target, stages);
      const { apiId, path } = target;
      emit({
        kind: 'request',
        time: started,
        apiId,
        method: request.method,
        path,
        status: response.status,
        milliseconds: now() - started,
      });
      return response;
    },
  };
}

async function answer(request: HttpRequest, target: Target, stages: ServedStages): Promise<HttpResponse> {
  const { apiId, stage, path } = target;
  if (stages.isHttpApi(apiId)) return answerHttp(request, target, stages);
  const api = await stages.get(apiId, stage);
  if (api === undefined) return forbidden(stage === '' ? 'Missing Authentication Token' : 'Forbidden');
  return api(new StageRequest(request, path));
}

/** The default stage of an HTTP API has no name in its URLs. */
async function answerHttp(
  request: HttpRequest,
  { apiId, stage, path, whole }: Target,
  stages: ServedStages,
): Promise<HttpResponse> {
  const named = stage === '' || stage.startsWith('$') ? undefined : await stages.get(apiId, stage);
  if (named) return named(new StageRequest(request, path));
  const unnamed = await stages.get(apiId, '$default');
  if (unnamed) return unnamed(new StageRequest(request, whole));
  return { status: 404, headers: [['content-type', 'application/json']], body: '{"message":"Not Found"}' };
}

function targetOf(request: HttpRequest): Target {
  const byPath = request.path.startsWith(PREFIX);
  const parts = request.path.split('/').slice(byPath ? 2 : 1);
  const apiId = byPath ? (parts.shift() ?? '') : (API_HOST.exec(header(request, 'host') ?? '')?.[1] ?? '');
  const [stage = '', ...rest] = parts;
  return { apiId, stage, path: `/${rest.join('/')}`, whole: `/${parts.join('/')}` };
}

/** What API Gateway answers where it has no such stage. */
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
