import { setByLambda, variableName } from './errors/bindings.js';
import { GobletError } from './goblet-error.js';
import type { Inventory } from './inventory.js';

/** Variables that Lambda sets itself; it refuses them as settings ("Defined runtime environment variables"). */
export const SET_BY_LAMBDA = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
] as const;

export type LambdaVariable = (typeof SET_BY_LAMBDA)[number];

export const isSetByLambda = (name: string): boolean => (SET_BY_LAMBDA as readonly string[]).includes(name);

/**
 * @throws GobletError GOBLET_CDK_ENVIRONMENT_UNKNOWN for names that Lambda refuses ("Using Lambda environment
 * variables")
 */
export function checkVariableNames({ source }: Inventory, environment: object): void {
  for (const name of Object.keys(environment)) {
    if (isSetByLambda(name)) throw new GobletError(setByLambda(name));
    if (!/^[A-Za-z]\w+$/.test(name)) throw new GobletError(variableName(source, name));
  }
}

/** Variables that every function reads, whether the app declares them or not. */
export interface RuntimeEnvironment {
  /** `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. @default 'info' */
  readonly GOBLET_LOG_LEVEL?: string;
  /**
   * Options of Node.js.
   * @default - none
   */
  readonly NODE_OPTIONS?: string;
}

const RUNTIME = { GOBLET_LOG_LEVEL: true, NODE_OPTIONS: true } satisfies Record<keyof RuntimeEnvironment, true>;

export const RUNTIME_VARIABLES: readonly { readonly name: string }[] = Object.keys(RUNTIME).map((name) => ({ name }));

const MAPPED = '--enable-source-maps';

/** The construct's options that determine an environment. */
interface EnvironmentOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly sourceMaps?: boolean;
}

/** The environment of every function. */
export function functionEnvironment(options: EnvironmentOptions): Record<string, string> {
  const { environment = {}, sourceMaps } = options;
  if (sourceMaps !== true) return { ...environment };
  const { NODE_OPTIONS } = environment;
  return { ...environment, NODE_OPTIONS: NODE_OPTIONS === undefined ? MAPPED : `${NODE_OPTIONS} ${MAPPED}` };
}
