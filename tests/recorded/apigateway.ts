import { ANY_TIME, type RecordedCall } from './recorded-case.js';

export const api: RecordedCall = ['CreateRestApi', { name: 'api' }];
export const root = { restApiId: '<CreateRestApi.id>', resourceId: '<CreateRestApi.rootResourceId>' };
export const method: RecordedCall = ['PutMethod', { ...root, httpMethod: 'GET', authorizationType: 'NONE' }];
export const mock: RecordedCall = ['PutIntegration', { ...root, httpMethod: 'GET', type: 'MOCK' }];
export const staged: readonly RecordedCall[] = [
  api,
  method,
  mock,
  ['CreateDeployment', { restApiId: root.restApiId, stageName: 'dev', variables: { color: 'blue' } }],
];
export const dev = { restApiId: root.restApiId, stageName: 'dev' };
export const patch = (op: string, path: string, value?: string, from?: string) => ({ op, path, value, from });

export const apiAnswer = {
  apiKeySource: 'HEADER',
  createdDate: ANY_TIME,
  disableExecuteApiEndpoint: false,
  endpointConfiguration: { ipAddressType: 'ipv4', types: ['EDGE'] },
  id: '<CreateRestApi.id>',
  name: 'api',
  rootResourceId: '<CreateRestApi.rootResourceId>',
};
export const stageAnswer = {
  cacheClusterEnabled: false,
  cacheClusterStatus: 'NOT_AVAILABLE',
  createdDate: ANY_TIME,
  deploymentId: '<CreateDeployment.id>',
  lastUpdatedDate: ANY_TIME,
  methodSettings: {},
  stageName: 'dev',
  tracingEnabled: false,
  variables: { color: 'blue' },
};
export const canaryAnswer = { deploymentId: '<CreateDeployment.id>', percentTraffic: 0, useStageCache: false };
export const settingsAnswer = {
  cacheDataEncrypted: false,
  cacheTtlInSeconds: 300,
  cachingEnabled: true,
  dataTraceEnabled: false,
  metricsEnabled: false,
  requireAuthorizationForCacheControl: true,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};
export const integrationAnswer = {
  cacheKeyParameters: [],
  cacheNamespace: root.resourceId,
  passthroughBehavior: 'WHEN_NO_MATCH',
  timeoutInMillis: 29_000,
};
export const keyAnswer = { createdDate: ANY_TIME, enabled: false, lastUpdatedDate: ANY_TIME, stageKeys: [] };

export const get = { responses: { 200: {} }, 'x-amazon-apigateway-integration': { type: 'mock' } };
export const functionUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations';
export const imported = (definition: object, basepath = 'ignore'): RecordedCall => [
  'ImportRestApi',
  {
    body: Buffer.from(JSON.stringify({ openapi: '3.0.1', info: { title: 'api', version: '1' }, ...definition })),
    parameters: { basepath },
  },
];
export const ofId = { restApiId: root.restApiId, resourceId: '<CreateResource.id>' };

export const badRequest = (message: unknown) => ({ code: 'BadRequestException', message, status: 400 });
export const notFound = (message: unknown) => ({ code: 'NotFoundException', message, status: 404 });
export const noSetting = (of: string) =>
  badRequest(`Cannot remove method setting ${of} because there is no method setting for this method `);
export const logPath = badRequest(
  'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
);
export const updateStage = (...patchOperations: object[]): RecordedCall => ['UpdateStage', { ...dev, patchOperations }];
export const updateApi = (...patchOperations: object[]): RecordedCall => [
  'UpdateRestApi',
  { restApiId: root.restApiId, patchOperations },
];
