import { invalidOperation, type PatchOperation } from '../patch.js';
import type { StageRecord } from '../records/rest-api.js';
import { badRequest } from '../refusal.js';
import { checkVariables } from '../stage-variables.js';
import { promoted, withCanaryPatch } from './canary.js';
import { withoutSetting, withSetting } from './method-settings.js';
import { DEFAULT_CACHE_SIZE } from './stage-settings.js';

const SETTINGS = [
  'metrics/enabled',
  'logging/dataTrace',
  'logging/loglevel',
  'throttling/burstLimit',
  'throttling/rateLimit',
  'caching/ttlInSeconds',
  'caching/enabled',
  'caching/dataEncrypted',
  'caching/requireAuthorizationForCacheControl',
  'caching/unauthorizedCacheControlHeaderStrategy',
];

/** AWS's sentence, in which some commas are missing. */
const PATHS = [
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings',
  '/accessLogSettings/destinationArn, /accessLogSettings/format',
  settingPaths('/{resourcePath}/{httpMethod}/', ''),
  settingPaths('/*/*/', ' '),
  '/variables/{variable_name}, /tracingEnabled',
].join(', ');

function settingPaths(method: string, gap: string): string {
  const [metrics, trace, level, burst, rate, ttl, ...caching] = SETTINGS.map((setting) => method + setting);
  return [metrics, trace, level, [burst, rate, ttl].join(gap), ...caching].join(', ');
}

function unknownPath(path: string): Error {
  return badRequest(`Invalid method setting path: ${path}. Must be one of: [${PATHS}]`);
}

function unknownLogSetting(): Error {
  return badRequest(
    'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
  );
}

/** A stage with one patch of UpdateStage applied. What it names beyond the stage is for the caller to look up. */
export function patchedStage(stage: StageRecord, patch: PatchOperation): StageRecord {
  const { op, path, value = '' } = patch;
  if (op === 'copy') return promoted(stage, patch);
  const [, member = '', ...rest] = path.split('/');
  const removed = op === 'remove';
  const isMember = rest.length === 0;
  switch (isMember ? member : `${member}/`) {
    case 'deploymentId':
      if (op !== 'replace') throw invalidOperation(['replace']);
      return { ...stage, deploymentId: value };
    case 'tracingEnabled':
      return { ...stage, tracingEnabled: value.toLowerCase() === 'true' };
    case 'cacheClusterEnabled': {
      const cacheClusterEnabled = value.toLowerCase() === 'true';
      return { ...stage, cacheClusterEnabled, cacheClusterSize: stage.cacheClusterSize ?? DEFAULT_CACHE_SIZE };
    }
    case 'description':
    case 'documentationVersion':
    case 'clientCertificateId':
    case 'cacheClusterSize':
      return { ...stage, [member]: removed ? undefined : value };
    case 'variables/': {
      const name = rest.join('/');
      const { [name]: _, ...others } = stage.variables;
      const variables = removed ? others : { ...others, [name]: value };
      checkVariables(variables);
      return { ...stage, variables };
    }
    case 'accessLogSettings':
      if (!removed) throw unknownLogSetting();
      return { ...stage, accessLogSettings: undefined };
    case 'accessLogSettings/': {
      const [setting] = rest;
      // AWS takes what is to be removed for a method's settings.
      if (removed) return withMethodSetting(stage, patch);
      if (rest.length > 1 || (setting !== 'destinationArn' && setting !== 'format')) throw unknownLogSetting();
      if (value === '') throw badRequest('Access Log value must not be empty');
      return { ...stage, accessLogSettings: { ...stage.accessLogSettings, [setting]: value } };
    }
    default:
      return withCanaryPatch(stage, patch) ?? withMethodSetting(stage, patch);
  }
}

/** `/~1users/GET/throttling/rateLimit`; two asterisks mean every method, and the first two parts all its settings. */
function withMethodSetting(stage: StageRecord, { op, path, value = '' }: PatchOperation): StageRecord {
  const [, resource = '', httpMethod, ...setting] = path.split('/');
  const key = `${resource}/${httpMethod}`;
  if (op === 'remove' && httpMethod !== undefined && setting.length === 0)
    return { ...stage, methodSettings: withoutSetting(stage.methodSettings, key) };
  const methodSettings = withSetting(stage.methodSettings, key, setting.join('/'), value);
  if (methodSettings === undefined) throw unknownPath(path);
  return { ...stage, methodSettings };
}
