import { BuildError } from '../build-error.js';
import { stagesNotObject, unknownStage } from '../errors/options.js';
import { nearest } from './nearest.js';
import { parseStageOptions, type StageOptions } from './stage-options.js';

/**
 * The default export of `goblet.config.ts`: options for every stage, and the options of single stages by name, which
 * override them. Environment, stage variables and tags are merged by name.
 * @example
 * export default {
 *   memorySize: 256,
 *   stages: { dev: { environment: { TABLE: 'users-dev' } }, prod: { stageName: 'v1', environment: { TABLE: 'users' } } },
 * } satisfies GobletConfig;
 */
export interface GobletConfig extends StageOptions {
  /** @default - none */
  readonly stages?: Readonly<Record<string, StageOptions>>;
}

/** @throws BuildError GOBLET_BUILD_OPTION_UNKNOWN with the nearest known key; GOBLET_BUILD_OPTION_INVALID */
export function parseConfig(value: unknown): GobletConfig {
  if (typeof value !== 'object' || value === null || !('stages' in value) || value.stages === undefined) {
    return parseStageOptions(value);
  }
  const { stages, ...shared } = value;
  if (typeof stages !== 'object' || stages === null || Array.isArray(stages)) {
    throw new BuildError(stagesNotObject());
  }
  const parsed = Object.entries(stages).map(([name, options]) => [name, parseStageOptions(options, `stages.${name}.`)]);
  return { ...parseStageOptions(shared), stages: Object.fromEntries(parsed) };
}

/**
 * The options of one stage.
 * @param name a name under `stages`; without it, the top-level options apply
 * @throws BuildError GOBLET_BUILD_OPTION_UNKNOWN for an unknown stage, with the nearest known name
 * @example const stage = stageOf(await loadConfig({ project }), 'prod');
 */
export function stageOf(config: GobletConfig, name: string | undefined): StageOptions {
  const { stages = {}, ...shared } = config;
  if (name === undefined) return shared;
  const own = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (own === undefined) throw new BuildError(unknownStage(name, nearest(name, Object.keys(stages))));
  return {
    ...shared,
    ...own,
    ...merged('environment', shared, own),
    ...merged('stageVariables', shared, own),
    ...merged('tags', shared, own),
  };
}

function merged(key: 'environment' | 'stageVariables' | 'tags', shared: StageOptions, own: StageOptions): StageOptions {
  return shared[key] === undefined && own[key] === undefined ? {} : { [key]: { ...shared[key], ...own[key] } };
}
