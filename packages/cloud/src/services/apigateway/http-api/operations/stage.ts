import { anything, type RowMaker } from '../../../../core/access.js';
import { defined } from '../../../../core/defined.js';
import type { Scope } from '../../../../core/operation.js';
import type { Input } from '../../../../model/client-types.js';
import type { RateLimit } from '../../../execute-api/index.js';
import { type AccessLogSettings, checkAccessLog } from '../../access-log-settings.js';
import { httpOperation } from '../../api-operation.js';
import { type ApiStore, idBelow } from '../../api-store.js';
import { httpPage } from '../../page.js';
import type { HttpStageRecord } from '../../records/http-api.js';
import { badRequest, conflict } from '../../refusal.js';
import { checkStageName, checkVariables } from '../../stage-variables.js';
import { wholeSeconds } from '../../time.js';
import * as find from '../find.js';

type Settings = Input<'apigatewayv2', 'UpdateStage'>;

function stageOutput(stage: HttpStageRecord) {
  const routeSettings = routeSettingsOf(stage.throttles);
  const { accessLogSettings: log } = stage;
  return {
    StageName: stage.stageName,
    AutoDeploy: stage.autoDeploy,
    DeploymentId: stage.deploymentId,
    Description: stage.description,
    StageVariables: stage.variables,
    Tags: stage.tags,
    AccessLogSettings: log && { DestinationArn: log.destinationArn, Format: log.format },
    RouteSettings: routeSettings,
    DefaultRouteSettings: { DetailedMetricsEnabled: false, ...routeSettings['*'] },
    CreatedDate: wholeSeconds(stage.created),
    LastUpdatedDate: wholeSeconds(stage.updated),
  };
}

function routeSettingsOf(throttles: HttpStageRecord['throttles']) {
  return Object.fromEntries(
    Object.entries(throttles).map(([key, { rateLimit, burstLimit }]) => [
      key,
      { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit },
    ]),
  );
}

function readLimit({
  ThrottlingRateLimit,
  ThrottlingBurstLimit,
}: NonNullable<Settings['DefaultRouteSettings']>): RateLimit | undefined {
  if (ThrottlingRateLimit === undefined && ThrottlingBurstLimit === undefined) return undefined;
  return { rateLimit: ThrottlingRateLimit ?? 10_000, burstLimit: ThrottlingBurstLimit ?? 5000 };
}

/** The limits among the settings of routes; undefined where none are given. */
function readThrottles({
  DefaultRouteSettings,
  RouteSettings,
}: Settings): Readonly<Record<string, RateLimit>> | undefined {
  if (DefaultRouteSettings === undefined && RouteSettings === undefined) return undefined;
  const all = Object.entries({ '*': DefaultRouteSettings ?? {}, ...RouteSettings });
  return Object.fromEntries(
    all.flatMap(([key, settings]) => {
      const limit = readLimit(settings);
      return limit ? [[key, limit]] : [];
    }),
  );
}

function readAccessLog(settings: Settings['AccessLogSettings']): AccessLogSettings | undefined {
  return settings && { destinationArn: settings.DestinationArn, format: settings.Format };
}

/** Checks that there is such an API, whose protocol decides what its access logs can have. */
async function checkStage(
  ApiId: string,
  { accessLogSettings }: { readonly accessLogSettings?: AccessLogSettings },
  call: Scope,
  store: ApiStore,
): Promise<void> {
  const isWebSocket = await store.get(call, 'webSocketApi', ApiId);
  if (!isWebSocket) await find.httpApi(store, call, ApiId);
  if (!accessLogSettings) return;
  checkAccessLog(accessLogSettings, isWebSocket ? 'WEBSOCKET' : 'HTTP');
  // WebSocket APIs write under the account's role, as REST APIs do.
  if (isWebSocket && accessLogSettings.destinationArn && !(await store.account(call)).cloudwatchRoleArn)
    throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
}

/** The permissions to have CloudWatch Logs deliver the lines of a stage ("Configure logging for HTTP APIs in API Gateway"). */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

const logDelivery = <
  Stage extends { readonly settings: { readonly accessLogSettings?: AccessLogSettings | undefined } },
>(
  row: RowMaker<ApiStore, Stage>,
) =>
  LOG_DELIVERY.map((action) =>
    row({
      action,
      on: ({ settings }) => (settings.accessLogSettings?.destinationArn ? anything() : undefined),
    }),
  );

/** The settings that CreateStage and UpdateStage both take; those that are not given are left out. Metrics change no answer. */
function readSettings(input: Settings) {
  const { AutoDeploy, DeploymentId, Description, StageVariables, AccessLogSettings } = input;
  const throttles = readThrottles(input);
  checkVariables(StageVariables ?? {});
  const accessLogSettings = readAccessLog(AccessLogSettings);
  return {
    ...defined({ autoDeploy: AutoDeploy, deploymentId: DeploymentId, description: Description }),
    ...(StageVariables && { variables: StageVariables }),
    ...(throttles && { throttles }),
    ...(accessLogSettings && { accessLogSettings }),
  };
}

export const createStage = httpOperation({
  name: 'CreateStage',
  parse: (input) => {
    if (input.StageName !== '$default') checkStageName(input.StageName);
    return { settings: readSettings(input) };
  },
  alsoNeeds: logDelivery,
  handle: ({ ApiId, StageName, settings, Tags = {} }, call, store) =>
    store.change(async () => {
      await checkStage(ApiId, settings, call, store);
      if (await store.get(call, 'httpStage', idBelow(ApiId, StageName))) throw conflict('Stage already exists');
      const time = store.now();
      const stage: HttpStageRecord = {
        autoDeploy: false,
        variables: {},
        throttles: {},
        ...settings,
        apiId: ApiId,
        stageName: StageName,
        tags: Tags,
        created: time,
        updated: time,
      };
      await store.put(call, 'httpStage', idBelow(ApiId, StageName), stage);
      return stageOutput(stage);
    }),
});

export const getStage = httpOperation({
  name: 'GetStage',
  handle: async ({ ApiId, StageName }, call, store) => stageOutput(await find.httpStage(store, call, ApiId, StageName)),
});

export const getStages = httpOperation({
  name: 'GetStages',
  handle: async ({ ApiId, ...page }, call, store) => {
    await checkStage(ApiId, {}, call, store);
    const stages = await store.list(call, 'httpStage', `${ApiId}/`);
    return httpPage(['GetStages', ApiId], page, stages, ({ stageName }) => stageName, stageOutput);
  },
});

export const updateStage = httpOperation({
  name: 'UpdateStage',
  parse: (input) => ({ settings: readSettings(input) }),
  alsoNeeds: logDelivery,
  handle: ({ ApiId, StageName, settings }, call, store) =>
    store.change(async () => {
      await checkStage(ApiId, settings, call, store);
      const stage = { ...(await find.httpStage(store, call, ApiId, StageName)), ...settings, updated: store.now() };
      await store.put(call, 'httpStage', idBelow(ApiId, StageName), stage);
      return stageOutput(stage);
    }),
});

export const deleteStage = httpOperation({
  name: 'DeleteStage',
  handle: ({ ApiId, StageName }, call, store) =>
    store.change(async () => {
      await find.httpStage(store, call, ApiId, StageName);
      await store.remove(call, 'httpStage', idBelow(ApiId, StageName));
    }),
});
