import {
  api,
  badRequest,
  canaryAnswer,
  dev,
  logPath,
  method,
  mock,
  noSetting,
  patch,
  root,
  settingsAnswer,
  stageAnswer,
  staged,
  updateStage,
} from '../apigateway.js';
import type { RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's API Gateway about stages, deployments and canaries. */
export default {
  service: 'apigateway',
  cases: [
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
  ],
} satisfies RecordedService;
