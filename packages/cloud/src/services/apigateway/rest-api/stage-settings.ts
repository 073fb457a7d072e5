import type { MethodSetting, StageRecord } from '../records/rest-api.js';
import { badRequest, unsupported } from '../refusal.js';
import { checkVariables } from '../stage-variables.js';

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
    description,
    documentationVersion,
  };
}

/** Refuses the parts of a stage that would change its answers and are not there: canaries and caches. */
export function refuseCanaryAndCache({
  canarySettings,
  cacheClusterEnabled,
}: {
  readonly canarySettings?: object | undefined;
  readonly cacheClusterEnabled?: boolean | undefined;
}): void {
  if (canarySettings !== undefined) throw unsupported('canary releases (canarySettings)');
  if (cacheClusterEnabled) throw unsupported('caching (cacheClusterEnabled)');
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
