import type { CloudContext } from '../../../../core/cloud.js';
import { toLocalUrls } from '../../../../core/local-url.js';
import type { Scope } from '../../../../core/operation.js';
import { type SignatureVerifier, type WebSocketApi, webSocketApi } from '../../../execute-api/index.js';
import { type ApiStore, idBelow } from '../../api-store.js';
import { servedModel } from '../../web-socket-api/served-model.js';
import type { AccessLogs } from '../access-logs.js';
import { awsCaller } from '../aws-caller.js';
import { lambdaInvoker } from '../lambda-invoker.js';
import { stageCache } from '../stage-cache.js';
import { stageUsage } from '../stage-usage.js';

/** The stages of WebSocket APIs, made when they are first asked for and forgotten when anything changes. */
export interface WebSocketStages {
  /** Undefined where there is no such stage. */
  readonly get: (apiId: string, stageName: string) => Promise<WebSocketStage | undefined>;
}

export interface WebSocketStage {
  readonly api: WebSocketApi;
  readonly scope: Scope;
  /** True if only custom domain names lead to it. */
  readonly endpointDisabled: boolean;
}

export function webSocketStages(
  context: CloudContext,
  store: ApiStore,
  logs: AccessLogs,
  verifierOf: (scope: Scope) => SignatureVerifier,
): WebSocketStages {
  return {
    get: stageCache(store, (apiId, stageName) => serve(context, store, logs, apiId, stageName, verifierOf)),
  };
}

async function serve(
  context: CloudContext,
  store: ApiStore,
  logs: AccessLogs,
  apiId: string,
  stageName: string,
  verifierOf: (scope: Scope) => SignatureVerifier,
): Promise<WebSocketStage | undefined> {
  const place = store.placeOf(apiId);
  if (place?.kind !== 'webSocketApi') return undefined;
  const { account, region } = place;
  const scope = { account, region };
  const api = await store.get(scope, 'webSocketApi', apiId);
  const stage = await store.get(scope, 'httpStage', idBelow(apiId, stageName));
  if (api === undefined || stage === undefined) return undefined;
  const deployment = await store.get(scope, 'webSocketDeployment', idBelow(apiId, stage.deploymentId ?? ''));
  const model = stage.autoDeploy ? servedModel(api) : deployment?.model;
  if (model === undefined) return undefined;
  const accessLog = logs.of(place, apiId, stageName, stage.accessLogSettings);
  const { variables, throttles } = stage;
  return {
    scope,
    endpointDisabled: api.disableExecuteApiEndpoint,
    api: webSocketApi({
      model,
      place: {
        ...scope,
        apiId,
        stage: stageName,
        stageVariables: Object.keys(variables).length > 0 ? variables : undefined,
      },
      throttles,
      usage: await stageUsage(store, scope, apiId, stageName, context.now),
      invoker: lambdaInvoker(context, scope),
      callAws: awsCaller(context, scope),
      localUrl: (url) => toLocalUrls(url, context),
      verifySignature: verifierOf(scope),
      ...(accessLog && { accessLog }),
      now: context.now,
      log: (message) =>
        context.emit({ kind: 'warning', time: context.now(), message: `${apiId}/${stageName} ${message}` }),
    }),
  };
}
