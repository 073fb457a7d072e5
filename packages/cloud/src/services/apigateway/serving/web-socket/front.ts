import type { CloudContext } from '../../../../core/cloud.js';
import type { HttpRequest, HttpResponse } from '../../../../core/http.js';
import type { OpenWebSocket } from '../../../../core/web-socket.js';
import { StageRequest } from '../stage-request.js';
import { MANAGE_CONNECTIONS, stageSignatureVerifier } from '../verify-signature.js';
import type { Connections, ConnectTarget } from './connections.js';
import { manageConnection, managedConnection } from './manage.js';
import type { WebSocketStages } from './served-stage.js';

/** A stage of a WebSocket API, and the path below it, with a slash in front. */
export interface WebSocketTarget extends ConnectTarget {
  readonly path: string;
  /** True if the request came by a custom domain name. */
  readonly byDomain: boolean;
}

/** The addresses of WebSocket APIs: clients connect to them, and backends manage connections below them. */
export interface WebSocketAddresses {
  readonly open: (
    request: HttpRequest,
    target: WebSocketTarget,
    open: OpenWebSocket,
  ) => Promise<HttpResponse | 'opened'>;
  /** Answers a request that opens nothing. */
  readonly handle: (request: HttpRequest, target: WebSocketTarget) => Promise<HttpResponse>;
}

export function webSocketAddresses(
  context: CloudContext,
  stages: WebSocketStages,
  connections: Connections,
): WebSocketAddresses {
  const stageOf = async ({ apiId, stage, byDomain }: WebSocketTarget) => {
    const served = await stages.get(apiId, stage);
    return served?.endpointDisabled && !byDomain ? undefined : served;
  };
  return {
    open: async (request, target, open) => {
      const stage = await stageOf(target);
      if (stage === undefined || target.path !== '/') return forbidden('Forbidden');
      return connections.open(stage, target, new StageRequest(request, target.path), open);
    },
    handle: async (request, target) => {
      const stage = await stageOf(target);
      if (stage === undefined) return forbidden('Forbidden');
      const connectionId = managedConnection(target.path);
      if (connectionId === undefined)
        return forbidden(`No method found matching route ${target.path.slice(1)} for http method ${request.method}.`);
      const verify = stageSignatureVerifier(context, stage.scope, undefined, MANAGE_CONNECTIONS);
      const managed = { apiId: target.apiId, stage: target.stage, connectionId };
      return manageConnection(new StageRequest(request, target.path), managed, stage, connections, verify);
    },
  };
}

function forbidden(message: string): HttpResponse {
  return {
    status: 403,
    headers: [
      ['content-type', 'application/json'],
      ['x-amzn-errortype', 'ForbiddenException'],
    ],
    body: JSON.stringify({ message }),
  };
}
