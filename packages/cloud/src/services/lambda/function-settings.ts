import type { InputReader } from '../../core/input-reader.js';
import { checkVariables } from './environment-variables.js';
import type { FunctionVersion, LoggingConfig } from './function-record.js';
import { invalidParameter } from './invalid-parameter.js';
import { readStoredMembers, type StoredMembers } from './recorded-function.js';
import { RUNTIME_NAMES, runtimeStanding } from './runtimes.js';

const ROLE = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** What CreateFunction and UpdateFunctionConfiguration have in common; what was not given is undefined. */
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
    | 'environment']?: FunctionVersion[Name] | undefined;
} & {
  readonly logging?: Partial<LoggingConfig> | undefined;
  /** ARNs of layer versions. */
  readonly layers?: readonly string[] | undefined;
  /** Members that are stored as they are. */
  readonly stored: StoredMembers;
};

/** Members that Lambda has and this cloud has not: refused by name unless they say what is so anyway. */
const UNSUPPORTED: Readonly<Record<string, (value: InputReader, name: string) => boolean>> = {
  DeadLetterConfig: (input, name) => !input.structure(name)?.text('TargetArn'),
  DurableConfig: () => false,
};

export function refuseUnsupported(input: InputReader): void {
  for (const [name, harmless] of Object.entries(UNSUPPORTED)) {
    if (input.has(name) && !harmless(input, name)) {
      throw invalidParameter(`The local cloud does not support ${name} of a function`);
    }
  }
}

/** Reads the settings; violations are left in the reader, to be told by its check. */
export function readSettings(input: InputReader): FunctionSettings {
  refuseUnsupported(input);
  const environment = input.structure('Environment')?.textMap('Variables');
  if (environment) checkVariables(environment);
  const logging = input.structure('LoggingConfig');
  return {
    description: input.text('Description', { max: 256 }),
    runtime: readRuntime(input),
    role: input.text('Role', { pattern: ROLE }),
    handler: input.text('Handler', { pattern: /^[^\s]+$/, max: 128 }),
    timeout: input.integer('Timeout', { min: 1, max: 900 }),
    memorySize: input.integer('MemorySize', { min: 128, max: 10_240 }),
    ephemeralStorage: input.structure('EphemeralStorage')?.integer('Size', { min: 512, max: 10_240 }),
    tracingMode: input.structure('TracingConfig')?.text('Mode', { oneOf: ['Active', 'PassThrough'] }),
    environment,
    layers: input.texts('Layers'),
    stored: readStoredMembers(input),
    logging: logging && {
      ...(logging.has('LogFormat') && { format: readFormat(logging) }),
      ...(logging.has('LogGroup') && {
        group: logging.text('LogGroup', { pattern: /^[.\-_/#A-Za-z0-9]+$/, max: 512 }) ?? '',
      }),
      ...optional('applicationLevel', logging.text('ApplicationLogLevel', { oneOf: LEVELS })),
      ...optional('systemLevel', logging.text('SystemLogLevel', { oneOf: ['DEBUG', 'INFO', 'WARN'] })),
    },
  };
}

function readFormat(logging: InputReader): 'Text' | 'JSON' {
  return logging.text('LogFormat', { oneOf: ['JSON', 'Text'] }) === 'JSON' ? 'JSON' : 'Text';
}

function readRuntime(input: InputReader): string | undefined {
  const runtime = input.text('Runtime');
  if (runtime === undefined || runtimeStanding(runtime) !== undefined) return runtime;
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIME_NAMES}] or be a valid ARN`,
  );
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: string };
}

/** Throws where a log level is given for logs that have none. */
export function checkLogging(logging: LoggingConfig): void {
  if (logging.format === 'Text' && (logging.applicationLevel || logging.systemLevel)) {
    throw invalidParameter("Log level can't be configured when the log format is Text. Set the log format to JSON.");
  }
}
