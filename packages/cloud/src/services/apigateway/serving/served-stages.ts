import type { CloudContext } from '../../../core/cloud.js';
import { toLocalUrls } from '../../../core/local-url.js';
import type { Scope } from '../../../core/operation.js';
import {
  type ExecuteApi,
  type ExecuteApiOptions,
  executeApi,
  type RateLimit,
  type SignatureVerifier,
} from '../../execute-api/index.js';
import type { AccessLogSettings } from '../access-log-settings.js';
import { type ApiStore, idBelow } from '../api-store.js';
import { servedModel } from '../http-api/served-model.js';
import { unescapePointer } from '../patch.js';
import type { StageRecord } from '../records/rest-api.js';
import { expandedPolicy } from '../rest-api/policy.js';
import type { AccessLogs } from './access-logs.js';
import { awsCaller } from './aws-caller.js';
import { lambdaInvoker } from './lambda-invoker.js';
import { stageCache } from './stage-cache.js';
import { measured } from './stage-metrics.js';
import { stageUsage } from './stage-usage.js';
import { type LocalVerifiers, localVerifiers } from './verify-jwt.js';
import { policyDecision } from './verify-signature.js';

/** The stages that are being served, made when they are first asked for and forgotten when anything changes. */
export interface ServedStages {
  /** Undefined where there is no such stage. */
  readonly get: (apiId: string, stageName: string) => Promise<ServedStage | undefined>;
  readonly isHttpApi: (apiId: string) => boolean;
}

export interface ServedStage {
  readonly execute: ExecuteApi;
  /** True if only custom domain names lead to it. */
  readonly endpointDisabled: boolean;
}

export function servedStages(
  context: CloudContext,
  store: ApiStore,
  logs: AccessLogs,
  verifierOf: (scope: Scope, policy: string | undefined) => SignatureVerifier,
): ServedStages {
  const verifiers = localVerifiers(context);
  return {
    isHttpApi: (apiId) => store.placeOf(apiId)?.kind === 'httpApi',
    get: stageCache(store, (apiId, stageName) => serve(context, store, logs, apiId, stageName, verifierOf, verifiers)),
  };
}

async function serve(
  context: CloudContext,
  store: ApiStore,
  logs: AccessLogs,
  apiId: string,
  stageName: string,
  verifierOf: (scope: Scope, policy: string | undefined) => SignatureVerifier,
  verifiers: LocalVerifiers,
): Promise<ServedStage | undefined> {
  const place = store.placeOf(apiId);
  if (place === undefined) return undefined;
  const { account, region } = place;
  const what = await (place.kind === 'restApi' ? restStage : httpStage)(context, store, place, apiId, stageName);
  if (what === undefined) return undefined;
  const { apiName, variables, accessLogSettings, endpointDisabled, canary, ...options } = what;
  const accessLog = logs.of(place, apiId, stageName, accessLogSettings);
  const policy = options.model.policy === undefined ? undefined : expandedPolicy(options.model.policy, place, apiId);
  const shared: Omit<ExecuteApiOptions, 'model' | 'stageVariables'> = {
    ...options,
    account,
    region,
    apiId,
    stage: stageName,
    authorizerCache: new Map(),
    ...(accessLog && { accessLog }),
    invoker: lambdaInvoker(context, place),
    callAws: awsCaller(context, place),
    localUrl: (url) => toLocalUrls(url, context),
    verifySignature: verifierOf(place, policy),
    ...(policy !== undefined && { decidePolicy: policyDecision(context, place, policy) }),
    ...verifiers,
    advice: 'the local cloud knows the user pools that it has, and does not ask AWS for the keys of others',
    now: context.now,
    log: (message) =>
      context.emit({ kind: 'warning', time: context.now(), message: `${apiId}/${stageName} ${message}` }),
  };
  const stage = { account, region, apiId, stage: stageName, apiName };
  const own = executeApi({ ...shared, ...withVariables(variables), model: options.model, ...(canary && NOT_CANARY) });
  if (canary === undefined) return { execute: measured(context, stage, own), endpointDisabled };
  const { percentTraffic, model, deploymentId } = canary;
  const canaryVariables = withVariables({ ...variables, ...canary.variables });
  const other = executeApi({ ...shared, ...canaryVariables, model, deploymentId, isCanaryRequest: true });
  return {
    execute: measured(context, stage, (request, mapping) =>
      (Math.random() * 100 < percentTraffic ? other : own)(request, mapping),
    ),
    endpointDisabled,
  };
}

const NOT_CANARY = { isCanaryRequest: false };

function withVariables(variables: Readonly<Record<string, string>>): Pick<ExecuteApiOptions, 'stageVariables'> {
  return Object.keys(variables).length > 0 ? { stageVariables: variables } : {};
}

/** The deployment that answers a part of a stage's requests. */
interface ServedCanary {
  readonly model: ExecuteApiOptions['model'];
  readonly deploymentId: string;
  /** Over the stage's own. */
  readonly variables: Readonly<Record<string, string>>;
  /** 0 to 100. */
  readonly percentTraffic: number;
}

type StageOptions = Pick<ExecuteApiOptions, 'model' | 'deploymentId' | 'usage' | 'throttles'> & {
  /** Of a REST API. */
  readonly apiName?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLogSettings: AccessLogSettings | undefined;
  readonly endpointDisabled: boolean;
  readonly canary?: ServedCanary;
};

async function restStage(
  { now }: CloudContext,
  store: ApiStore,
  scope: Scope,
  apiId: string,
  stageName: string,
): Promise<StageOptions | undefined> {
  const api = await store.get(scope, 'restApi', apiId);
  const stage = await store.get(scope, 'stage', idBelow(apiId, stageName));
  if (api === undefined || stage === undefined) return undefined;
  const deployment = await store.get(scope, 'deployment', idBelow(apiId, stage.deploymentId));
  if (deployment === undefined) return undefined;
  const canary = await canaryOf(store, scope, stage);
  return {
    ...(canary && { canary }),
    apiName: api.name,
    model: deployment.model,
    deploymentId: deployment.id,
    variables: stage.variables,
    accessLogSettings: stage.accessLogSettings,
    endpointDisabled: api.disableExecuteApiEndpoint,
    usage: await stageUsage(store, scope, apiId, stageName, now),
    throttles: throttlesOf(stage),
  };
}

async function canaryOf(
  store: ApiStore,
  scope: Scope,
  { apiId, canarySettings }: StageRecord,
): Promise<ServedCanary | undefined> {
  if (canarySettings === undefined) return undefined;
  const { deploymentId, percentTraffic, stageVariableOverrides: variables = {} } = canarySettings;
  const deployment = await store.get(scope, 'deployment', idBelow(apiId, deploymentId));
  return deployment && { model: deployment.model, deploymentId, variables, percentTraffic };
}

async function httpStage(
  _context: CloudContext,
  store: ApiStore,
  scope: Scope,
  apiId: string,
  stageName: string,
): Promise<StageOptions | undefined> {
  const api = await store.get(scope, 'httpApi', apiId);
  const stage = await store.get(scope, 'httpStage', idBelow(apiId, stageName));
  if (api === undefined || stage === undefined) return undefined;
  const { variables, throttles, accessLogSettings } = stage;
  const settings = { variables, throttles, accessLogSettings, endpointDisabled: api.disableExecuteApiEndpoint };
  if (stage.autoDeploy) return { model: servedModel(api), ...settings };
  const deployment = await store.get(scope, 'httpDeployment', idBelow(apiId, stage.deploymentId ?? ''));
  return deployment && { model: deployment.model, ...settings };
}

/** The limits among the method settings, by `GET /users/{id}` instead of `~1users~1{id}/GET`. */
function throttlesOf({ methodSettings }: StageRecord): Readonly<Record<string, RateLimit>> {
  const limits: Record<string, RateLimit> = {};
  for (const [key, { throttlingRateLimit, throttlingBurstLimit }] of Object.entries(methodSettings)) {
    if (throttlingRateLimit === undefined && throttlingBurstLimit === undefined) continue;
    const slash = key.lastIndexOf('/');
    const method = key.slice(slash + 1);
    // The key is as the patch had it: with the slash that the path begins with, or without.
    const path = unescapePointer(key.slice(0, slash)).replace(/^(?![/*])/, '/');
    // A limit below zero means no limit.
    if ((throttlingRateLimit ?? 0) < 0 || (throttlingBurstLimit ?? 0) < 0) continue;
    limits[path === '*' ? '*' : `${method} ${path}`] = {
      rateLimit: throttlingRateLimit ?? 10_000,
      burstLimit: throttlingBurstLimit ?? 5000,
    };
  }
  return limits;
}
