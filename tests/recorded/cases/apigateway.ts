import { expect } from 'vitest';
import { ANY_TEXT, ANY_TIME, type RecordedCall, type RecordedCase, type RecordedService } from '../recorded-case.js';

const api: RecordedCall = ['CreateRestApi', { name: 'api' }];
const root = { restApiId: '<CreateRestApi.id>', resourceId: '<CreateRestApi.rootResourceId>' };
const method: RecordedCall = ['PutMethod', { ...root, httpMethod: 'GET', authorizationType: 'NONE' }];
const mock: RecordedCall = ['PutIntegration', { ...root, httpMethod: 'GET', type: 'MOCK' }];
const staged: readonly RecordedCall[] = [
  api,
  method,
  mock,
  ['CreateDeployment', { restApiId: root.restApiId, stageName: 'dev', variables: { color: 'blue' } }],
];
const dev = { restApiId: root.restApiId, stageName: 'dev' };
const patch = (op: string, path: string, value?: string, from?: string) => ({ op, path, value, from });

const apiAnswer = {
  apiKeySource: 'HEADER',
  createdDate: ANY_TIME,
  disableExecuteApiEndpoint: false,
  endpointConfiguration: { ipAddressType: 'ipv4', types: ['EDGE'] },
  id: '<CreateRestApi.id>',
  name: 'api',
  rootResourceId: '<CreateRestApi.rootResourceId>',
};
const stageAnswer = {
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
const canaryAnswer = { deploymentId: '<CreateDeployment.id>', percentTraffic: 0, useStageCache: false };
const settingsAnswer = {
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
const integrationAnswer = {
  cacheKeyParameters: [],
  cacheNamespace: root.resourceId,
  passthroughBehavior: 'WHEN_NO_MATCH',
  timeoutInMillis: 29_000,
};
const keyAnswer = { createdDate: ANY_TIME, enabled: false, lastUpdatedDate: ANY_TIME, stageKeys: [] };

const get = { responses: { 200: {} }, 'x-amazon-apigateway-integration': { type: 'mock' } };
const functionUri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations';
const imported = (definition: object, basepath = 'ignore'): RecordedCall => [
  'ImportRestApi',
  {
    body: Buffer.from(JSON.stringify({ openapi: '3.0.1', info: { title: 'api', version: '1' }, ...definition })),
    parameters: { basepath },
  },
];
const ofId = { restApiId: root.restApiId, resourceId: '<CreateResource.id>' };

const badRequest = (message: unknown) => ({ code: 'BadRequestException', message, status: 400 });
const notFound = (message: unknown) => ({ code: 'NotFoundException', message, status: 404 });
const noSetting = (of: string) =>
  badRequest(`Cannot remove method setting ${of} because there is no method setting for this method `);
const logPath = badRequest(
  'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
);
const updateStage = (...patchOperations: object[]): RecordedCall => ['UpdateStage', { ...dev, patchOperations }];
const updateApi = (...patchOperations: object[]): RecordedCall => [
  'UpdateRestApi',
  { restApiId: root.restApiId, patchOperations },
];

/** The recorded answers of AWS's API Gateway. */
export default {
  service: 'apigateway',
  cases: [
    {
      name: 'a change of an API tells of no tags that there are none',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('replace', '/minimumCompressionSize', '10')),
      answer: { ...apiAnswer, minimumCompressionSize: 10, tags: {} },
    },
    {
      name: 'a greedy path variable that has no children is named',
      recorded: '2024-04',
      given: [api, ['CreateResource', { restApiId: root.restApiId, parentId: root.resourceId, pathPart: '{proxy+}' }]],
      ask: ['CreateResource', { restApiId: root.restApiId, parentId: '<CreateResource.id>', pathPart: 'x' }],
      error: badRequest('Cannot create a child of a resource with a greedy path variable: {proxy+}'),
    },
    {
      name: 'two request parameters of one name are refused',
      recorded: '2024-04',
      given: [api],
      ask: [
        'PutMethod',
        {
          ...root,
          httpMethod: 'GET',
          authorizationType: 'NONE',
          requestParameters: { 'method.request.querystring.a': false, 'method.request.header.a': false },
        },
      ],
      error: badRequest('Parameter names must be unique across querystring, header and path'),
    },
    {
      name: 'a request validator of an API that is not there is a bad request',
      recorded: '2024-04',
      ask: ['CreateRequestValidator', { restApiId: 'nobody', name: 'v' }],
      error: badRequest('Invalid REST API identifier specified'),
    },
    {
      name: 'a request validator is asked for before its API',
      recorded: '2024-04',
      ask: ['GetRequestValidator', { restApiId: 'nobody', requestValidatorId: 'nothing' }],
      error: notFound('Invalid Request Validator identifier specified'),
    },
    {
      name: 'a gateway response that nobody defined tells its usual status',
      recorded: '2024-04',
      given: [api],
      ask: ['GetGatewayResponse', { restApiId: root.restApiId, responseType: 'MISSING_AUTHENTICATION_TOKEN' }],
      answer: {
        defaultResponse: true,
        responseParameters: {},
        responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
        responseType: 'MISSING_AUTHENTICATION_TOKEN',
        statusCode: '403',
      },
    },
    {
      name: 'an entry that is not there is not replaced',
      recorded: '2025-07',
      given: [api, method, mock, ['PutMethodResponse', { ...root, httpMethod: 'GET', statusCode: '200' }]],
      ask: [
        'UpdateMethodResponse',
        {
          ...root,
          httpMethod: 'GET',
          statusCode: '200',
          patchOperations: [patch('replace', '/responseModels/wrong', 'Empty')],
        },
      ],
      error: notFound('Content-Type specified was not found'),
    },

    {
      name: 'the settings of all methods begin with the usual ones',
      recorded: '2024-03',
      given: staged,
      ask: updateStage(patch('replace', '/*/*/caching/enabled', 'true')),
      answer: { ...stageAnswer, methodSettings: { '*/*': settingsAnswer } },
    },
    {
      name: 'the settings of one method begin with those of all',
      recorded: '2024-03',
      given: [...staged, updateStage(patch('replace', '/*/*/caching/enabled', 'true'))],
      ask: updateStage(patch('replace', '/test/GET/throttling/burstLimit', '124')),
      at: 'methodSettings.test/GET',
      answer: { ...settingsAnswer, throttlingBurstLimit: 124 },
    },
    {
      name: 'settings that nobody made are not removed',
      recorded: '2024-03',
      given: staged,
      ask: updateStage(patch('remove', '/*/*')),
      error: noSetting('*/*'),
    },
    {
      name: 'a path of a stage that is none is refused with all that there are',
      recorded: '2025-05',
      given: staged,
      ask: updateStage(patch('replace', '/canarySettings', 'test')),
      error: badRequest(
        'Invalid method setting path: /canarySettings. Must be one of: [/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]',
      ),
    },
    {
      name: 'access log settings that there are not are refused with those that there are',
      recorded: '2026-02',
      given: staged,
      ask: updateStage(patch('replace', '/accessLogSettings/randomValue', 'a')),
      error: logPath,
    },
    {
      name: 'access log settings as a whole are not replaced',
      recorded: '2026-02',
      given: staged,
      ask: updateStage(patch('add', '/accessLogSettings', 'a')),
      error: logPath,
    },
    {
      name: 'an access log setting is not removed alone',
      recorded: '2026-02',
      given: staged,
      ask: updateStage(patch('remove', '/accessLogSettings/destinationArn')),
      error: noSetting('accessLogSettings/destinationArn'),
    },
    {
      name: 'an access log setting is not empty',
      recorded: '2026-02',
      given: staged,
      ask: updateStage(patch('replace', '/accessLogSettings/format', '')),
      error: badRequest('Access Log value must not be empty'),
    },

    {
      name: 'a deployment becomes the canary of its stage',
      recorded: '2025-05',
      given: [
        ...staged,
        [
          'CreateDeployment',
          { ...dev, canarySettings: { percentTraffic: 50, stageVariableOverrides: { color: 'red' } } },
        ],
      ],
      ask: ['GetStage', dev],
      at: 'canarySettings',
      answer: { ...canaryAnswer, percentTraffic: 50, stageVariableOverrides: { color: 'red' } },
    },
    {
      name: 'a canary needs a stage',
      recorded: '2025-05',
      given: [api, method, mock],
      ask: ['CreateDeployment', { restApiId: root.restApiId, canarySettings: { percentTraffic: 50 } }],
      error: badRequest(
        'Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is null',
      ),
    },
    {
      name: 'a canary needs a stage that is there',
      recorded: '2025-05',
      given: [api, method, mock],
      ask: ['CreateDeployment', { ...dev, canarySettings: { percentTraffic: 50 } }],
      error: badRequest(
        'Invalid deployment content specified.Stage dev must already be created before making a canary release deployment',
      ),
    },
    {
      name: 'a canary of a deployment that is not there is refused',
      recorded: '2025-05',
      given: staged,
      ask: updateStage(patch('replace', '/canarySettings/deploymentId', 'deploy')),
      error: badRequest('Deployment id does not exist'),
    },
    {
      name: 'a setting of a canary is replaced, not added',
      recorded: '2025-05',
      given: staged,
      ask: updateStage(patch('add', '/canarySettings/deploymentId', '<CreateDeployment.id>')),
      error: badRequest('Invalid add operation with path: /canarySettings/deploymentId'),
    },
    {
      name: "a part of a canary that is to be removed is taken for a method's settings",
      recorded: '2025-05',
      given: staged,
      ask: updateStage(patch('remove', '/canarySettings/stageVariableOverrides')),
      error: noSetting('canarySettings/stageVariableOverrides'),
    },
    {
      name: 'the first setting of a canary makes one of the deployment that the stage has',
      recorded: '2025-05',
      given: staged,
      ask: updateStage(
        patch('replace', '/canarySettings/percentTraffic', '0.0'),
        patch('copy', '/deploymentId', undefined, '/canarySettings/deploymentId'),
        patch('copy', '/variables', undefined, '/canarySettings/stageVariableOverrides'),
      ),
      answer: { ...stageAnswer, canarySettings: canaryAnswer },
    },
    {
      name: 'a canary that is not there is not promoted',
      recorded: '2025-05',
      given: staged,
      ask: updateStage(patch('copy', '/deploymentId', undefined, '/canarySettings/deploymentId')),
      error: badRequest('Promotion not available. Canary does not exist.'),
    },
    {
      name: 'copies other than promotions are refused',
      recorded: '2025-05',
      given: staged,
      ask: updateStage(patch('copy', '/canarySettings/stageVariableOverrides', undefined, '/variables')),
      error: badRequest(
        'Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
      ),
    },

    {
      name: 'a new API key has no tags, and none of the names that are empty',
      recorded: '2025-07',
      ask: ['CreateApiKey', { name: '' }],
      answer: { ...keyAnswer, id: ANY_TEXT, value: ANY_TEXT },
    },
    {
      name: 'a changed API key tells of no tags that there are none',
      recorded: '2025-07',
      given: [['CreateApiKey', {}]],
      ask: [
        'UpdateApiKey',
        { apiKey: '<CreateApiKey.id>', patchOperations: [patch('replace', '/enabled', 'not-a-boolean')] },
      ],
      answer: { ...keyAnswer, id: '<CreateApiKey.id>', tags: {} },
    },
    {
      name: 'API keys are listed the last one first, and a limit below one is none',
      recorded: '2025-07',
      given: [
        ['CreateApiKey', { name: 'one' }],
        ['CreateApiKey', { name: 'two' }],
      ],
      ask: ['GetApiKeys', { limit: -1 }],
      at: 'items.0.name',
      answer: 'two',
    },
    {
      name: 'the name of an API key has at most 1024 characters',
      recorded: '2025-07',
      ask: ['CreateApiKey', { name: 'a'.repeat(1025) }],
      error: badRequest('Invalid API Key name, can be at most 1024 characters.'),
    },
    {
      name: 'the description of an API key is limited',
      recorded: '2025-07',
      ask: ['CreateApiKey', { description: 'a'.repeat(125_001) }],
      error: badRequest('Invalid API Key description specified.'),
    },
    {
      name: 'a usage plan has the offset of its quota and no tags that are none',
      recorded: '2023-07',
      ask: ['CreateUsagePlan', { name: 'plan', quota: { limit: 10, period: 'DAY', offset: 0 } }],
      answer: { apiStages: [], id: ANY_TEXT, name: 'plan', quota: { limit: 10, offset: 0, period: 'DAY' } },
    },
    {
      name: 'the keys of a usage plan have their values',
      recorded: '2025-09',
      given: [
        ['CreateApiKey', { name: 'key' }],
        ['CreateUsagePlan', { name: 'plan' }],
        ['CreateUsagePlanKey', { usagePlanId: '<CreateUsagePlan.id>', keyId: '<CreateApiKey.id>', keyType: 'API_KEY' }],
      ],
      ask: ['GetUsagePlanKeys', { usagePlanId: '<CreateUsagePlan.id>', nameQuery: 'ke' }],
      answer: {
        items: [{ id: '<CreateApiKey.id>', name: 'key', type: 'API_KEY', value: '<CreateApiKey.value>' }],
      },
    },
    {
      name: 'a usage plan that is not there has no keys',
      recorded: '2025-09',
      ask: ['GetUsagePlanKeys', { usagePlanId: 'nothing' }],
      answer: { items: [] },
    },
    {
      name: 'a private API has addresses of both kinds',
      recorded: '2025-07',
      ask: ['CreateRestApi', { name: 'api', endpointConfiguration: { types: ['PRIVATE'] } }],
      at: 'endpointConfiguration',
      answer: { ipAddressType: 'dualstack', types: ['PRIVATE'] },
    },
    {
      name: 'a private API has no addresses of one kind alone',
      recorded: '2025-07',
      given: [['CreateRestApi', { name: 'api', endpointConfiguration: { types: ['PRIVATE'] } }]],
      ask: updateApi(patch('replace', '/endpointConfiguration/ipAddressType', 'ipv4')),
      error: badRequest('Only dualstack ipAddressType is supported for Private APIs.'),
    },
    {
      name: 'an address type is one of two',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('replace', '/endpointConfiguration/ipAddressType', 'wrong')),
      error: badRequest('ipAddressType must be either ipv4 or dualstack.'),
    },
    {
      name: 'an address type is replaced, not removed',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('remove', '/endpointConfiguration/ipAddressType', 'ipv4')),
      error: badRequest('Invalid patch operation specified. Must be one of: [replace]'),
    },
    {
      name: 'an endpoint type that is none is refused with those that there are',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('replace', '/endpointConfiguration/types/0', 'wrong')),
      error: badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE'),
    },
    {
      name: 'an endpoint type is not removed',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('remove', '/endpointConfiguration/types/0', 'EDGE')),
      error: badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
    },
    {
      name: 'a new API of an endpoint type that is none fails the validation of its input',
      recorded: '2025-07',
      ask: ['CreateRestApi', { name: 'api', endpointConfiguration: { types: ['wrong'] } }],
      error: {
        code: 'ValidationException',
        message:
          "1 validation error detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]",
        status: 400,
      },
    },
    {
      name: 'the least size of compressed answers is replaced, not added',
      recorded: '2025-07',
      given: [api],
      ask: updateApi(patch('add', '/minimumCompressionSize', '10')),
      error: badRequest('Invalid patch operation specified. Must be one of: [replace]'),
    },
    {
      name: 'a resource goes by another part of a path',
      recorded: '2024-04',
      given: [api, ['CreateResource', { restApiId: root.restApiId, parentId: root.resourceId, pathPart: 'pets' }]],
      ask: [
        'UpdateResource',
        {
          restApiId: root.restApiId,
          resourceId: '<CreateResource.id>',
          patchOperations: [patch('replace', '/pathPart', 'dogs')],
        },
      ],
      answer: { id: '<CreateResource.id>', parentId: root.resourceId, path: '/dogs', pathPart: 'dogs' },
    },
    {
      name: 'a version of the documentation has a new description',
      recorded: '2023-08',
      given: [
        api,
        ['CreateDocumentationPart', { restApiId: root.restApiId, location: { type: 'API' }, properties: '{"a": "b"}' }],
        ['CreateDocumentationVersion', { restApiId: root.restApiId, documentationVersion: 'v1' }],
      ],
      ask: [
        'UpdateDocumentationVersion',
        {
          restApiId: root.restApiId,
          documentationVersion: 'v1',
          patchOperations: [patch('replace', '/description', 'new')],
        },
      ],
      answer: { createdDate: ANY_TIME, description: 'new', version: 'v1' },
    },
    {
      name: 'a VPC link to what is no ARN is refused',
      recorded: '2025-12',
      ask: ['CreateVpcLink', { name: 'link', targetArns: ['invalid-arn'] }],
      error: badRequest('Invalid ARN. ARN is not well formed invalid-arn'),
    },
    {
      name: 'a VPC link has a name',
      recorded: '2025-12',
      ask: ['CreateVpcLink', { name: '', targetArns: [] }],
      error: badRequest('Name cannot be empty'),
    },
    {
      name: 'a VPC link that is not there is not found',
      recorded: '2025-12',
      ask: ['GetVpcLink', { vpcLinkId: 'invalid-id' }],
      error: notFound('Invalid Vpc Link identifier specified'),
    },
    {
      name: 'an integration through a VPC link is told as it was put',
      recorded: '2025-10',
      given: [api, method],
      ask: [
        'PutIntegration',
        {
          ...root,
          httpMethod: 'GET',
          type: 'HTTP_PROXY',
          uri: 'http://nlb.example.com',
          integrationHttpMethod: 'GET',
          connectionType: 'VPC_LINK',
          connectionId: '${stageVariables.link}',
        },
      ],
      answer: {
        ...integrationAnswer,
        connectionId: '${stageVariables.link}',
        connectionType: 'VPC_LINK',
        httpMethod: 'GET',
        type: 'HTTP_PROXY',
        uri: 'http://nlb.example.com',
      },
    },
    {
      name: 'an integration with an address is by the internet',
      recorded: '2023-05',
      given: [api, method],
      ask: [
        'PutIntegration',
        { ...root, httpMethod: 'GET', type: 'HTTP', uri: 'http://example.com', integrationHttpMethod: 'POST' },
      ],
      answer: {
        ...integrationAnswer,
        connectionType: 'INTERNET',
        httpMethod: 'POST',
        type: 'HTTP',
        uri: 'http://example.com',
      },
    },
    {
      name: 'a mock has no method of its own',
      recorded: '2024-11',
      given: [api, method],
      ask: ['PutIntegration', { ...root, httpMethod: 'GET', type: 'MOCK', integrationHttpMethod: 'POST' }],
      answer: { ...integrationAnswer, type: 'MOCK' },
    },
    {
      name: 'a template without text is told as none',
      recorded: '2026-02',
      given: [api, method, mock],
      ask: [
        'PutIntegrationResponse',
        {
          ...root,
          httpMethod: 'GET',
          statusCode: '200',
          selectionPattern: '',
          responseTemplates: { 'application/json': '' },
        },
      ],
      answer: { responseTemplates: { 'application/json': null }, selectionPattern: '', statusCode: '200' },
    },
    {
      name: 'templates that are none are told',
      recorded: '2023-05',
      given: [api, method, mock],
      ask: ['PutIntegrationResponse', { ...root, httpMethod: 'GET', statusCode: '200', responseTemplates: {} }],
      answer: { responseTemplates: {}, statusCode: '200' },
    },
    {
      name: 'a mapping expression is a text',
      recorded: '2024-12',
      given: [api, method],
      ask: [
        'PutIntegration',
        {
          ...root,
          httpMethod: 'GET',
          type: 'HTTP_PROXY',
          requestParameters: { 'integration.request.path.a': true },
        },
      ],
      error: {
        code: 'SerializationException',
        message: 'class java.lang.Boolean can not be converted to an String',
        status: 400,
      },
    },
    ...(
      [
        ['arn:aws:lambda:us-east-1:111111111111:function:f', 'AWS ARN for integration must contain path or action'],
        ['bad-arn:lambda:path/2015-03-31/functions/f/invocations', 'Invalid ARN specified in the request'],
        [
          'arn:aws:apigateway:us-east-1:firehose:path/2015-03-31/functions/f/invocations',
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
        ],
        [
          'arn:aws:apigateway:us-east-1:lambda:path/random/value/f/invocations',
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
        ],
      ] as const
    ).map(
      ([uri, message]): RecordedCase => ({
        name: `a proxy integration of ${uri} is refused`,
        recorded: '2025-03',
        given: [api, method],
        ask: ['PutIntegration', { ...root, httpMethod: 'GET', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }],
        error: badRequest(message),
      }),
    ),

    {
      name: 'a split base path puts what follows its first part before the paths',
      recorded: '2025-07',
      given: [
        imported({ servers: [{ url: 'https://example.com/base-url/part/' }], paths: { '/test': { get } } }, 'split'),
      ],
      ask: ['GetResources', { restApiId: '<ImportRestApi.id>', embed: ['methods'] }],
      at: 'items',
      answer: expect.arrayContaining([
        expect.objectContaining({ path: '/part' }),
        expect.objectContaining({ path: '/part/test', pathPart: 'test' }),
      ]),
    },
    {
      name: 'an import leaves out a mapping that is no text, and warns of it',
      recorded: '2025-07',
      ask: imported({
        paths: {
          '/test': {
            get: {
              ...get,
              'x-amazon-apigateway-integration': {
                type: 'mock',
                requestParameters: { 'integration.request.header.nothing': true },
              },
            },
          },
        },
      }),
      at: 'warnings',
      answer: [
        "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/test' and method 'GET' but got 'true'",
      ],
    },
    {
      name: 'the variables of an imported path are parameters of its methods',
      recorded: '2025-07',
      given: [imported({ paths: { '/echo/{data}': { get } } })],
      ask: ['GetResources', { restApiId: '<ImportRestApi.id>', embed: ['methods'] }],
      at: 'items',
      answer: expect.arrayContaining([
        expect.objectContaining({
          path: '/echo/{data}',
          resourceMethods: {
            GET: expect.objectContaining({ requestParameters: { 'method.request.path.data': true } }),
          },
        }),
      ]),
    },
    {
      name: 'an imported API has the models of its definition alone, with sorted required properties',
      recorded: '2025-07',
      given: [
        imported({
          components: {
            schemas: {
              Person: {
                type: 'object',
                description: 'Somebody',
                properties: { name: { type: 'string' }, b: { type: 'number' } },
                required: ['name', 'b'],
              },
            },
          },
          paths: { '/': { get } },
        }),
      ],
      ask: ['GetModels', { restApiId: '<ImportRestApi.id>' }],
      answer: {
        items: [
          {
            contentType: 'application/json',
            description: 'Somebody',
            id: ANY_TEXT,
            name: 'Person',
            schema: expect.stringContaining('"required":["b","name"]'),
          },
        ],
      },
    },
    {
      name: 'an imported authorizer keeps its kind, and tells of no time to live that nobody gave',
      recorded: '2025-07',
      given: [
        imported({
          components: {
            securitySchemes: {
              own: {
                type: 'apiKey',
                name: 'Authorization',
                in: 'header',
                'x-amazon-apigateway-authtype': 'oauth2',
                'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri, identitySource: '' },
              },
            },
          },
          paths: { '/': { get } },
        }),
      ],
      ask: ['GetAuthorizers', { restApiId: '<ImportRestApi.id>' }],
      answer: {
        items: [
          {
            authType: 'oauth2',
            authorizerUri: functionUri,
            id: ANY_TEXT,
            identitySource: 'method.request.header.Authorization',
            name: 'own',
            type: 'TOKEN',
          },
        ],
      },
    },
    {
      name: 'an export is of no media type in particular, and goes by its version',
      recorded: '2025-05',
      given: [
        imported({ info: { title: 'api', version: '1.0.0' }, paths: { '/pets': { get } } }),
        ['CreateDeployment', { restApiId: '<ImportRestApi.id>', stageName: 'local' }],
      ],
      ask: ['GetExport', { restApiId: '<ImportRestApi.id>', stageName: 'local', exportType: 'oas30' }],
      answer: {
        body: expect.stringContaining('"default": "local"'),
        contentDisposition: 'attachment; filename="oas30_1.0.0.json"',
        contentType: 'application/octet-stream',
      },
    },

    {
      name: 'a test of a method tells what happened',
      recorded: '2025-09',
      given: [
        api,
        ['CreateResource', { restApiId: root.restApiId, parentId: root.resourceId, pathPart: '{id}' }],
        ['PutMethod', { ...ofId, httpMethod: 'GET', authorizationType: 'NONE' }],
        [
          'PutIntegration',
          {
            ...ofId,
            httpMethod: 'GET',
            type: 'MOCK',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
          },
        ],
        [
          'PutIntegrationResponse',
          {
            ...ofId,
            httpMethod: 'GET',
            statusCode: '200',
            responseTemplates: { 'application/json': '{"id": "$input.params(\'id\')"}' },
          },
        ],
      ],
      ask: ['TestInvokeMethod', { ...ofId, httpMethod: 'GET', pathWithQueryString: '/123?foo=bar' }],
      answer: {
        body: '{"id": "123"}',
        headers: { 'Content-Type': 'application/json' },
        latency: expect.any(Number),
        log: expect.stringMatching(
          new RegExp(
            [
              '^Execution log for request [-0-9a-f]{36}',
              'Starting execution for request: [-0-9a-f]{36}',
              'HTTP Method: GET, Resource Path: /123',
              'Method request path: \\{id=123\\}',
              'Method request query string: \\{foo=bar\\}',
              'Method request headers: \\{\\}',
              'Method request body before transformations: ',
              'Method response body after transformations: \\{"id": "123"\\}',
              'Method response headers: \\{Content-Type=application/json\\}',
              'Successfully completed execution',
              'Method completed with status: 200\n$',
            ].join('\n\\w{3} \\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\d{4} : '),
          ),
        ),
        multiValueHeaders: { 'Content-Type': ['application/json'] },
        status: 200,
      },
    },
    {
      name: 'a test of a method whose address is none says so',
      recorded: '2025-09',
      given: [
        api,
        method,
        [
          'PutIntegration',
          {
            ...root,
            httpMethod: 'GET',
            type: 'HTTP_PROXY',
            uri: 'https://${stageVariables.host}',
            integrationHttpMethod: 'GET',
          },
        ],
      ],
      ask: ['TestInvokeMethod', { ...root, httpMethod: 'GET' }],
      answer: {
        body: '{"message": "Internal server error"}',
        headers: { 'x-amzn-ErrorType': 'InternalServerErrorException' },
        latency: expect.any(Number),
        log: expect.stringContaining('Execution failed due to configuration error: Invalid endpoint address\n'),
        multiValueHeaders: { 'x-amzn-ErrorType': ['InternalServerErrorException'] },
        status: 500,
      },
    },
  ],
} satisfies RecordedService;
