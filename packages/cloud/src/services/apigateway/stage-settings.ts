import type { Members } from '../../core/members.js';
import { badRequest, unsupported } from './refusal.js';
import type { MethodSetting, StageRecord } from './rest-api-record.js';

export interface NewStage {
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly description?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tracingEnabled: boolean;
  readonly documentationVersion?: string | undefined;
}

export function newStage(stage: NewStage): StageRecord {
  const {
    apiId,
    stageName,
    deploymentId,
    time,
    description,
    variables,
    tags = {},
    tracingEnabled,
    documentationVersion,
  } = stage;
  checkVariables(variables);
  return {
    apiId,
    stageName,
    deploymentId,
    variables,
    tags,
    tracingEnabled,
    created: time,
    updated: time,
    methodSettings: {},
    ...(description !== undefined && { description }),
    ...(documentationVersion !== undefined && { documentationVersion }),
  };
}

export function checkStageName(name: string): string {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
  return name;
}

/** "Stage variables per stage" and their lengths: quotas that AWS does not raise. */
const VARIABLES = 100;
const VARIABLE_NAME = 64;
const VARIABLE_VALUE = 512;

export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const count = Object.keys(variables).length;
  if (count > VARIABLES) throw badRequest(`A stage has at most ${VARIABLES} stage variables, and this has ${count}`);
  for (const [name, value] of Object.entries(variables)) checkVariable(name, value);
}

function checkVariable(name: string, value: string): void {
  if (name.length > VARIABLE_NAME || value.length > VARIABLE_VALUE)
    throw badRequest(
      `The name of a stage variable has at most ${VARIABLE_NAME} characters and its value ${VARIABLE_VALUE}, and ${name} has more`,
    );
  if (!/^[A-Za-z0-9_]+$/.test(name))
    throw badRequest('Stage variable names can only contain alphanumeric characters and underscores.');
  if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value)) {
    throw badRequest(
      `Stage variable value for ${name} is invalid. Please use the following regular expression to validate: [A-Za-z0-9-._~:/?#&=,]+`,
    );
  }
}

/** Refuses the parts of a stage that would change its answers and are not there: canaries and caches. */
export function refuseCanaryAndCache(members: Members): void {
  if (members.has('canarySettings')) throw unsupported('canary releases (canarySettings)');
  if (members.flag('cacheClusterEnabled')) throw unsupported('caching (cacheClusterEnabled)');
}

/** One method setting by the last part of its patch path: `logging/loglevel`, `throttling/rateLimit`. */
export function withSetting(setting: MethodSetting, name: string, value: string): MethodSetting {
  switch (name) {
    case 'metrics/enabled':
      return { ...setting, metricsEnabled: value === 'true' };
    case 'logging/loglevel':
      return { ...setting, loggingLevel: value };
    case 'logging/dataTrace':
      return { ...setting, dataTraceEnabled: value === 'true' };
    case 'throttling/rateLimit':
      return { ...setting, throttlingRateLimit: Number(value) };
    case 'throttling/burstLimit':
      return { ...setting, throttlingBurstLimit: Number(value) };
    case 'caching/enabled':
      if (value === 'true') throw unsupported('caching (caching/enabled)');
      return setting;
    default:
      throw name.startsWith('caching/')
        ? unsupported(`caching (${name})`)
        : badRequest(`Invalid method setting path: ${name}`);
  }
}
