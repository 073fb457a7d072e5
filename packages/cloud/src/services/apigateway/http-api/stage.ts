import { anything, type RowMaker } from '../../../core/access.js';
import { type Members, membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import type { RateLimit } from '../../execute-api/token-bucket.js';
import { type AccessLogSettings, checkAccessLog } from '../access-log-settings.js';
import { type ApiStore, idBelow } from '../api-store.js';
import { labels, textMap } from '../input.js';
import { badRequest, conflict, notFound } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { checkStageName, checkVariables } from '../stage-settings.js';
import * as find from './find.js';
import { type HttpStageRecord, httpModelOf } from './record.js';
import { isoTime } from './time.js';

const STAGES_PATH = '/v2/apis/{apiId}/stages';
const STAGE_PATH = `${STAGES_PATH}/{stageName}`;

function stageOutput(stage: HttpStageRecord) {
  const { stageName, autoDeploy, deploymentId, description, variables, tags, throttles, accessLogSettings } = stage;
  return {
    stageName,
    autoDeploy,
    deploymentId,
    description,
    stageVariables: variables,
    tags,
    accessLogSettings,
    routeSettings: routeSettings(throttles),
    defaultRouteSettings: { detailedMetricsEnabled: false, ...routeSettings(throttles)['*'] },
    createdDate: isoTime(stage.created),
    lastUpdatedDate: isoTime(stage.updated),
  };
}

function routeSettings(throttles: HttpStageRecord['throttles']) {
  return Object.fromEntries(
    Object.entries(throttles).map(([key, { rateLimit, burstLimit }]) => [
      key,
      { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit },
    ]),
  );
}

function readLimit(settings: Members | undefined): RateLimit | undefined {
  const rate = settings?.raw('throttlingRateLimit');
  const burst = settings?.integer('throttlingBurstLimit');
  if (rate === undefined && burst === undefined) return undefined;
  return { rateLimit: rate === undefined ? 10_000 : Number(rate), burstLimit: burst ?? 5000 };
}

/** The limits among `defaultRouteSettings` and `routeSettings`; undefined where neither is given. */
function readThrottles(members: Members): Readonly<Record<string, RateLimit>> | undefined {
  if (!members.has('defaultRouteSettings') && !members.has('routeSettings')) return undefined;
  const routes = Object.entries(members.raw('routeSettings') ?? {}).map(
    ([key, value]) => [key, readLimit(membersOf(value))] as const,
  );
  const all = [['*', readLimit(members.structure('defaultRouteSettings'))] as const, ...routes];
  return Object.fromEntries(all.flatMap(([key, limit]) => (limit ? [[key, limit]] : [])));
}

function readAccessLog(settings: Members | undefined): AccessLogSettings | undefined {
  if (settings === undefined) return undefined;
  const destinationArn = settings.text('destinationArn');
  const format = settings.text('format');
  const log = { ...(destinationArn !== undefined && { destinationArn }), ...(format !== undefined && { format }) };
  checkAccessLog(log, 'HTTP');
  return log;
}

/**
 * The permissions with which CloudWatch Logs delivers the lines of a stage ("Configure logging for HTTP APIs in API
 * Gateway").
 */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

const logDelivery = <Input extends { readonly settings: { readonly accessLogSettings?: AccessLogSettings } }>(
  row: RowMaker<ApiStore, Input>,
) =>
  LOG_DELIVERY.map((action) =>
    row({
      action,
      on: ({ settings }) => (settings.accessLogSettings?.destinationArn ? anything() : undefined),
    }),
  );

/** The input that CreateStage and UpdateStage share. Metrics do not change answers. */
function readSettings(members: Members) {
  const throttles = readThrottles(members);
  const autoDeploy = members.flag('autoDeploy');
  const deploymentId = members.text('deploymentId');
  const description = members.text('description');
  const variables = members.has('stageVariables')
    ? textMap(members.raw('stageVariables'), 'stageVariables')
    : undefined;
  checkVariables(variables ?? {});
  const accessLogSettings = readAccessLog(members.structure('accessLogSettings'));
  return {
    ...(autoDeploy !== undefined && { autoDeploy }),
    ...(deploymentId !== undefined && { deploymentId }),
    ...(description !== undefined && { description }),
    ...(variables && { variables }),
    ...(throttles && { throttles }),
    ...(accessLogSettings && { accessLogSettings }),
  };
}

export const createStage = restOperation({
  name: 'V2CreateStage',
  http: { method: 'POST', path: STAGES_PATH, status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    const stageName = members.neededText('stageName');
    return {
      ...labels(raw, 'apiId'),
      stageName: stageName === '$default' ? stageName : checkStageName(stageName),
      settings: readSettings(members),
      tags: textMap(members.raw('tags'), 'tags'),
    };
  },
  alsoNeeds: logDelivery,
  handle: ({ apiId, stageName, settings, tags }, call, store) =>
    store.change(async () => {
      await find.httpApi(store, call, apiId);
      if (await store.get(call, 'httpStage', idBelow(apiId, stageName))) throw conflict('Stage already exists');
      const time = store.now();
      const stage: HttpStageRecord = {
        autoDeploy: false,
        variables: {},
        throttles: {},
        ...settings,
        apiId,
        stageName,
        tags,
        created: time,
        updated: time,
      };
      await store.put(call, 'httpStage', idBelow(apiId, stageName), stage);
      return stageOutput(stage);
    }),
});

export const getStage = restOperation({
  name: 'V2GetStage',
  http: { method: 'GET', path: STAGE_PATH },
  parse: (raw) => labels(raw, 'apiId', 'stageName'),
  handle: async ({ apiId, stageName }, call, store) => stageOutput(await find.httpStage(store, call, apiId, stageName)),
});

export const getStages = restOperation({
  name: 'V2GetStages',
  http: { method: 'GET', path: STAGES_PATH },
  parse: (raw) => labels(raw, 'apiId'),
  handle: async ({ apiId }, call, store) => {
    await find.httpApi(store, call, apiId);
    return { items: (await store.list(call, 'httpStage', `${apiId}/`)).map(stageOutput) };
  },
});

export const updateStage = restOperation({
  name: 'V2UpdateStage',
  http: { method: 'PATCH', path: STAGE_PATH },
  parse: (raw) => ({ ...labels(raw, 'apiId', 'stageName'), settings: readSettings(membersOf(raw)) }),
  alsoNeeds: logDelivery,
  handle: ({ apiId, stageName, settings }, call, store) =>
    store.change(async () => {
      const stage = { ...(await find.httpStage(store, call, apiId, stageName)), ...settings, updated: store.now() };
      await store.put(call, 'httpStage', idBelow(apiId, stageName), stage);
      return stageOutput(stage);
    }),
});

export const deleteStage = restOperation({
  name: 'V2DeleteStage',
  http: { method: 'DELETE', path: STAGE_PATH, status: 204 },
  parse: (raw) => labels(raw, 'apiId', 'stageName'),
  handle: ({ apiId, stageName }, call, store) =>
    store.change(async () => {
      await find.httpStage(store, call, apiId, stageName);
      await store.remove(call, 'httpStage', idBelow(apiId, stageName));
      return undefined;
    }),
});

const DEPLOYMENTS_PATH = '/v2/apis/{apiId}/deployments';

export const createDeployment = restOperation({
  name: 'V2CreateDeployment',
  http: { method: 'POST', path: DEPLOYMENTS_PATH, status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    return { ...labels(raw, 'apiId'), description: members.text('description'), stageName: members.text('stageName') };
  },
  handle: ({ apiId, description, stageName }, call, store) =>
    store.change(async () => {
      const api = await find.httpApi(store, call, apiId);
      const id = call.resourceId ?? randomId.lower(6);
      const model = httpModelOf(api);
      if (model.routes.length === 0) throw badRequest('At least one route is required before deploying the Api.');
      const deployment = { id, apiId, created: store.now(), model, ...(description !== undefined && { description }) };
      const stage = stageName === undefined ? undefined : await find.httpStage(store, call, apiId, stageName);
      await store.put(call, 'httpDeployment', idBelow(apiId, id), deployment);
      if (stage)
        await store.put(call, 'httpStage', idBelow(apiId, stage.stageName), {
          ...stage,
          deploymentId: id,
          updated: store.now(),
        });
      return {
        deploymentId: id,
        deploymentStatus: 'DEPLOYED',
        description,
        autoDeployed: false,
        createdDate: isoTime(deployment.created),
      };
    }),
});

export const deleteDeployment = restOperation({
  name: 'V2DeleteDeployment',
  http: { method: 'DELETE', path: `${DEPLOYMENTS_PATH}/{deploymentId}`, status: 204 },
  parse: (raw) => labels(raw, 'apiId', 'deploymentId'),
  handle: ({ apiId, deploymentId }, call, store) =>
    store.change(async () => {
      const id = idBelow(apiId, deploymentId);
      if (!(await store.get(call, 'httpDeployment', id))) throw notFound('Invalid Deployment identifier specified');
      const stages = await store.list(call, 'httpStage', `${apiId}/`);
      if (stages.some((stage) => stage.deploymentId === deploymentId && !stage.autoDeploy)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      await store.remove(call, 'httpDeployment', id);
      return undefined;
    }),
});
