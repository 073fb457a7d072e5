import type { CanarySettings, StageRecord } from '../records/rest-api.js';
import { checkVariables } from '../stage-variables.js';

/** Gigabytes of a cache of which no size is given. */
export const DEFAULT_CACHE_SIZE = '0.5';

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
  readonly canarySettings?: CanarySettings | undefined;
  readonly cacheClusterEnabled?: boolean | undefined;
  readonly cacheClusterSize?: string | undefined;
}

export function newStage({ time, tags = {}, ...stage }: NewStage): StageRecord {
  checkVariables(stage.variables);
  return {
    ...stage,
    tags,
    created: time,
    updated: time,
    methodSettings: {},
    cacheClusterSize: stage.cacheClusterSize ?? (stage.cacheClusterEnabled ? DEFAULT_CACHE_SIZE : undefined),
  };
}
