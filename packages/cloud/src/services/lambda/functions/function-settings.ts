import type { Input } from '../../../model/client-types.js';
import { checkDeadLetterTarget } from '../asynchronous/dead-letter.js';
import { invalidParameter } from '../lambda-error.js';
import { LAYER_VERSION_ARN } from '../layers/layer-record.js';
import { checkVariables } from './environment-variables.js';
import type { FunctionVersion, LoggingConfig } from './function-record.js';
import { parseStoredMembers, type StoredChange } from './recorded-function.js';
import { LISTED_RUNTIMES, runtimeStanding } from './runtimes.js';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** The instruction set of a function. */
export const ARCHITECTURES = { max: 1, each: { values: ['x86_64', 'arm64'], notNull: true } };

export const SETTINGS_LIMITS = {
  Description: { max: 256 },
  Role: { pattern: /arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/ },
  Handler: { max: 128, pattern: /[^\s]+/ },
  Timeout: { min: 1, max: 900 },
  Layers: { each: { min: 1, max: 2048, pattern: LAYER_VERSION_ARN, notNull: true } },
  MemorySize: { min: 128, max: 10_240 },
  EphemeralStorage: { members: { Size: { min: 512, max: 10_240 } } },
  SnapStart: { members: { ApplyOn: { values: ['PublishedVersions', 'None'] } } },
  VpcConfig: {
    members: {
      SubnetIds: { each: { min: 0, max: 1024, pattern: /subnet-[0-9a-z]*/ } },
      SecurityGroupIds: { each: { min: 0, max: 1024, pattern: /sg-[0-9a-zA-Z]*/ } },
    },
  },
  TracingConfig: { members: { Mode: { values: ['Active', 'PassThrough'] } } },
  LoggingConfig: {
    members: {
      LogFormat: { values: ['JSON', 'Text'] },
      LogGroup: { max: 512, pattern: /[.\-_/#A-Za-z0-9]+/ },
      ApplicationLogLevel: { values: LEVELS },
      SystemLogLevel: { values: ['DEBUG', 'INFO', 'WARN'] },
    },
  },
};

/** The settings that functions are created with and that updates change; undefined where the input lacks one. */
export type FunctionSettings = {
  readonly [Name in
    | 'description'
    | 'runtime'
    | 'role'
    | 'handler'
    | 'timeout'
    | 'memorySize'
    | 'ephemeralStorage'
    | 'tracingMode'
    | 'environment']: FunctionVersion[Name] | undefined;
} & {
  readonly logging: Partial<LoggingConfig> | undefined;
  /** Empty to have none any more. */
  readonly deadLetter: string | undefined;
  /** ARNs of layer versions. */
  readonly layers: readonly string[] | undefined;
  /** Members that are stored as they are. */
  readonly stored: StoredChange;
};

type SettingsInput = Partial<Input<'lambda', 'CreateFunction'>>;

/** The queue or topic for events that are not handled; empty to have none any more. */
function deadLetterOf({ DeadLetterConfig }: SettingsInput): string | undefined {
  const target = DeadLetterConfig?.TargetArn;
  if (target) checkDeadLetterTarget(target);
  return target;
}

/** @throws AwsError InvalidParameterValueException */
export function parseSettings(input: SettingsInput): FunctionSettings {
  if (input.DurableConfig) throw invalidParameter('The local cloud does not support DurableConfig of a function');
  const environment = input.Environment?.Variables;
  if (environment) checkVariables(environment);
  checkRuntime(input.Runtime);
  const { LoggingConfig: logging } = input;
  return {
    description: input.Description,
    runtime: input.Runtime,
    role: input.Role,
    handler: input.Handler,
    timeout: input.Timeout,
    memorySize: input.MemorySize,
    ephemeralStorage: input.EphemeralStorage?.Size,
    tracingMode: input.TracingConfig?.Mode,
    environment,
    layers: input.Layers,
    deadLetter: deadLetterOf(input),
    stored: parseStoredMembers(input),
    logging: logging && {
      ...(logging.LogFormat && { format: logging.LogFormat }),
      ...(logging.LogGroup && { group: logging.LogGroup }),
      ...(logging.ApplicationLogLevel && { applicationLevel: logging.ApplicationLogLevel }),
      ...(logging.SystemLogLevel && { systemLevel: logging.SystemLogLevel }),
    },
  };
}

function checkRuntime(runtime: string | undefined): void {
  if (runtime === undefined || runtimeStanding(runtime) !== undefined) return;
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${LISTED_RUNTIMES.join(', ')}] or be a valid ARN`,
  );
}

/** Throws where a log level is given for logs that have none. */
export function checkLogging(logging: LoggingConfig): void {
  if (logging.format === 'Text' && (logging.applicationLevel || logging.systemLevel)) {
    throw invalidParameter("Log level can't be configured when the log format is Text. Set the log format to JSON.");
  }
}
