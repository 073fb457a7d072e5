import type { CloudContext } from '../../core/cloud.js';
import type { HttpRequest } from '../../core/http.js';
import type { Scope } from '../../core/operation.js';
import { type ExecuteApi, executeApi } from '../execute-api/execute-api.js';
import type { SignatureVerifier } from '../execute-api/route-authorizer.js';
import { type UsagePlan, usageByPlans } from '../execute-api/usage.js';
import { type ApiStore, idBelow } from './api-store.js';
import { lambdaInvoker } from './lambda-invoker.js';

/** The stages that are being served, made when they are first asked for and forgotten when anything changes. */
export interface ServedStages {
  /** Undefined where there is no such stage, or its API may not be reached at this address. */
  readonly get: (apiId: string, stageName: string) => Promise<ExecuteApi | undefined>;
}

export function servedStages(
  context: CloudContext,
  store: ApiStore,
  verifierOf: (scope: Scope) => SignatureVerifier,
): ServedStages {
  const stages = new Map<string, Promise<ExecuteApi | undefined>>();
  store.onChange(() => stages.clear());
  return {
    get: (apiId, stageName) => {
      const id = idBelow(apiId, stageName);
      const known = stages.get(id);
      if (known) return known;
      const made = serve(context, store, apiId, stageName, verifierOf);
      stages.set(id, made);
      made.catch(() => stages.delete(id));
      return made;
    },
  };
}

async function serve(
  context: CloudContext,
  store: ApiStore,
  apiId: string,
  stageName: string,
  verifierOf: (scope: Scope) => SignatureVerifier,
): Promise<ExecuteApi | undefined> {
  const scope = store.scopeOf(apiId);
  if (scope === undefined) return undefined;
  const api = await store.get(scope, 'restApi', apiId);
  const stage = await store.get(scope, 'stage', idBelow(apiId, stageName));
  if (api === undefined || stage === undefined || api.disableExecuteApiEndpoint) return undefined;
  const deployment = await store.get(scope, 'deployment', idBelow(apiId, stage.deploymentId));
  if (deployment === undefined) return undefined;
  const hasVariables = Object.keys(stage.variables).length > 0;
  return executeApi({
    ...scope,
    apiId,
    stage: stageName,
    model: deployment.model,
    deploymentId: deployment.id,
    ...(hasVariables && { stageVariables: stage.variables }),
    invoker: lambdaInvoker(context, scope),
    usage: usageByPlans(await plansOf(store, scope, apiId, stageName), context.now),
    verifySignature: verifierOf(scope),
    now: context.now,
    log: (message) =>
      context.emit({ kind: 'warning', time: context.now(), message: `${apiId}/${stageName} ${message}` }),
  });
}

/** The usage plans of one stage, with the keys they have. */
async function plansOf(store: ApiStore, scope: Scope, apiId: string, stageName: string): Promise<readonly UsagePlan[]> {
  const plans = await store.list(scope, 'usagePlan');
  const applying = plans.filter(({ apiStages }) =>
    apiStages.some((one) => one.apiId === apiId && one.stage === stageName),
  );
  if (applying.length === 0) return [];
  const keys = new Map((await store.list(scope, 'apiKey')).map((key) => [key.id, key]));
  return applying.map(({ keyIds, throttle, quota }) => ({
    keys: keyIds.flatMap((id) => keys.get(id) ?? []),
    ...(throttle && { throttle }),
    ...(quota && { quota }),
  }));
}

/** The request as the client sent it, by the request as the stage sees it. */
export const originalRequests = new WeakMap<HttpRequest, HttpRequest>();
