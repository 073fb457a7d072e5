import { delimiter, join } from 'node:path';
import { AwsError } from '../../../core/aws-error.js';
import type { SessionCredentials } from '../../../core/credentials.js';
import { invalidParameter } from '../lambda-error.js';
import type { FunctionVersion } from './function-record.js';

/** Names that a function can not declare (AWS Lambda developer guide, "Reserved environment variables"). */
export const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
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
]);
const LONGEST = 4096;

/** Throws where AWS would refuse the variables of a function. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const names = Object.keys(variables);
  const reserved = names.filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        `contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const wrong = names.find((name) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name));
  if (wrong !== undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${wrong}' at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`,
      400,
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > LONGEST) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
        `exceeded the 4KB limit. String measured: ${measured}`,
    );
  }
}

export interface ProcessPlace {
  readonly region: string;
  readonly endpoint: string;
  readonly functionName: string;
  readonly logStream: string;
  readonly taskRoot: string;
  /** The folder that replaces /opt, if there are layers. */
  readonly layerRoot: string | undefined;
  /** True if the version has provisioned concurrency. */
  readonly provisioned: boolean;
}

/**
 * The whole environment of a function's process, made from nothing: what the function declares, what Lambda sets, its
 * role's session, and where AWS is. Nothing of the cloud's own environment goes in, and the SDK is kept from looking
 * for configuration or instance metadata.
 *
 * @param declared the declared variables as they leave the cloud, local addresses in place
 */
export function processVariables(
  version: FunctionVersion,
  declared: Readonly<Record<string, string>>,
  credentials: SessionCredentials,
  { region, endpoint, functionName, logStream, taskRoot, layerRoot, provisioned }: ProcessPlace,
): Readonly<Record<string, string>> {
  const { logging } = version;
  return {
    PATH: joined(layerRoot && join(layerRoot, 'bin'), SYSTEM_PATH),
    ...(process.platform === 'win32' && { SYSTEMROOT: process.env.SYSTEMROOT ?? '' }),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // The SDK warns of the Node.js that runs. Where that is not the declared one it is the cloud's doing, which says so itself.
    ...(version.runtime !== `nodejs${process.versions.node.split('.')[0]}.x` && {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    }),
    ...(process.platform === 'linux' && {
      LD_LIBRARY_PATH: joined(taskRoot, join(taskRoot, 'lib'), layerRoot && join(layerRoot, 'lib')),
    }),
    NODE_PATH: joined(layerRoot && packagesOf(layerRoot, version.runtime), taskRoot),
    PWD: taskRoot,
    ...declared,
    _HANDLER: version.handler,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: provisioned ? 'provisioned-concurrency' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...(logging.format === 'JSON' && {
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: logging.applicationLevel ?? 'INFO',
    }),
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: NOWHERE,
    AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
  };
}

/** Where `require` looks for packages of layers, before it looks in the package ("Working with layers for Node.js Lambda functions"). */
function packagesOf(layerRoot: string, runtime: string): string {
  const ofRuntime = runtime.replace(/^nodejs(\d+)\.x$/, 'node$1');
  return joined(join(layerRoot, 'nodejs', ofRuntime, 'node_modules'), join(layerRoot, 'nodejs', 'node_modules'));
}

const joined = (...paths: readonly (string | undefined)[]): string => paths.filter(Boolean).join(delimiter);

const SYSTEM_PATH = process.platform === 'win32' ? (process.env.PATH ?? '') : '/usr/local/bin:/usr/bin:/bin';
const NOWHERE = process.platform === 'win32' ? 'NUL' : '/dev/null';
