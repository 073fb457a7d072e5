import { createHash } from 'node:crypto';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { Output } from '../../../model/client-types.js';
import type { LayerReference } from '../layers/layer-record.js';
import type { PolicyRecord } from '../policies/policy-record.js';
import { functionArn } from './function-name.js';
import { type StoredMembers, storedOutput } from './recorded-function.js';

/** A FunctionConfiguration of the API. */
export type FunctionConfiguration = Output<'lambda', 'GetFunctionConfiguration'>;
type Configured<Name extends keyof FunctionConfiguration> = NonNullable<FunctionConfiguration[Name]>;
type Logging = Configured<'LoggingConfig'>;

export type Runtime = Configured<'Runtime'>;

/** One version of a function's code and configuration, as it is stored. */
export interface FunctionVersion {
  readonly version: string;
  readonly description: string;
  /** Empty for an image, as is the handler. */
  readonly runtime: Runtime | '';
  readonly role: string;
  readonly handler: string;
  /** Base64, as AWS gives it. */
  readonly codeSha256: string;
  /** Bytes */
  readonly codeSize: number;
  /** Seconds */
  readonly timeout: number;
  /** MB */
  readonly memorySize: number;
  /** MB */
  readonly ephemeralStorage: number;
  /** Epoch milliseconds */
  readonly lastModified: number;
  readonly revisionId: string;
  /** Another one with each change of code or configuration, of which environments are made. Older records have none. */
  readonly contentId?: string;
  readonly architectures: Configured<'Architectures'>;
  readonly tracingMode: NonNullable<Configured<'TracingConfig'>['Mode']>;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** In the order in which they are laid over each other. */
  readonly layers?: readonly LayerReference[] | undefined;
  readonly logging: LoggingConfig;
  /** The ARN of the queue or topic for events that it did not handle. */
  readonly deadLetter?: string | undefined;
  /** Absent for a deployment package. */
  readonly packageType?: 'Image' | undefined;
  readonly imageUri?: string | undefined;
  /** Members that are stored as they are, without effect: `VpcConfig`. */
  readonly stored?: StoredMembers | undefined;
  /** The physical id of the AWS::Lambda::Version that this is, if it is one. */
  readonly resourceId?: string;
}

export interface LoggingConfig {
  readonly format: NonNullable<Logging['LogFormat']>;
  readonly group: string;
  readonly applicationLevel?: Logging['ApplicationLogLevel'];
  readonly systemLevel?: Logging['SystemLogLevel'];
}

export interface AliasRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly revisionId: string;
  /** Version to share of its calls, from 0 to 1; the rest goes to `version`. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

/** The settings for asynchronous events of a function, version or alias. */
export interface EventInvokeConfig {
  readonly maxRetries?: number;
  /** Seconds */
  readonly maxAge?: number;
  /** ARNs */
  readonly onSuccess?: string;
  readonly onFailure?: string;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** Environments that are kept ready for a version or an alias. They are stored; nothing here takes longer without them. */
export interface ProvisionedConcurrency {
  readonly requested: number;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** When Lambda moves a function to a new runtime version. */
export interface RuntimeManagement {
  readonly updateRuntimeOn: NonNullable<Output<'lambda', 'GetRuntimeManagementConfig'>['UpdateRuntimeOn']>;
  readonly runtimeVersionArn: string | undefined;
}

export type Scaling = NonNullable<Output<'lambda', 'GetFunctionScalingConfig'>['RequestedFunctionScalingConfig']>;

/** All that is stored of one function but its code; written as one value. */
export interface FunctionRecord {
  readonly name: string;
  readonly latest: FunctionVersion;
  /** Published ones, oldest first. */
  readonly versions: readonly FunctionVersion[];
  readonly lastVersion: number;
  readonly aliases: readonly AliasRecord[];
  /** By qualifier; the empty one is the function as such. */
  readonly policies: Readonly<Record<string, PolicyRecord>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The settings for asynchronous events, by qualifier; `$LATEST` is the function itself. */
  readonly eventInvokeConfigs?: Readonly<Record<string, EventInvokeConfig>>;
  readonly reservedConcurrency?: number;
  /** By qualifier. */
  readonly provisioned?: Readonly<Record<string, ProvisionedConcurrency>>;
  readonly recursiveLoop?: NonNullable<Output<'lambda', 'GetFunctionRecursionConfig'>['RecursiveLoop']>;
  /** By qualifier; `$LATEST` is the function as such. */
  readonly runtimeManagement?: Readonly<Record<string, RuntimeManagement>>;
  /** How many environments a version is to have, by qualifier; `$LATEST` is the function as such. */
  readonly scaling?: Readonly<Record<string, Scaling>>;
  readonly codeSigningConfigArn?: string | undefined;
}

/** Everything that a version runs on: its package and its layers. */
export function codesOf(version: FunctionVersion): readonly { readonly codeSha256: string }[] {
  return [version, ...(version.layers ?? [])];
}

/** The hash of a function's code as the store and the work folder name it. */
export function codeHash({ codeSha256 }: { readonly codeSha256: string }): string {
  return Buffer.from(codeSha256, 'base64').toString('hex');
}

/** AWS's time format of Lambda: `2026-11-23T20:00:00.000+0000` */
function lastModifiedText(time: number): string {
  return `${new Date(time).toISOString().slice(0, -1)}+0000`;
}

/** The runtime that is here, named as AWS names the versions of its own: by a hash. */
const RUNTIME_VERSION = createHash('sha256').update(`nodejs ${process.versions.node}`).digest('hex');

/** A version as the API answers it. @param qualifier is in the ARN */
export function functionConfiguration(
  { name }: FunctionRecord,
  version: FunctionVersion,
  { account, region }: Scope,
  qualifier?: string,
): FunctionConfiguration {
  const { environment, layers, logging } = version;
  return {
    FunctionName: name,
    FunctionArn: functionArn({ account, region, name, qualifier }),
    Runtime: version.runtime || undefined,
    Role: version.role,
    Handler: version.handler || undefined,
    CodeSize: version.codeSize,
    Description: version.description,
    Timeout: version.timeout,
    MemorySize: version.memorySize,
    LastModified: lastModifiedText(version.lastModified),
    CodeSha256: version.codeSha256,
    Version: version.version,
    Environment: environment && { Variables: environment },
    Layers: layers?.length ? layers.map(({ arn: Arn, codeSize: CodeSize }) => ({ Arn, CodeSize })) : undefined,
    DeadLetterConfig: version.deadLetter === undefined ? undefined : { TargetArn: version.deadLetter },
    TracingConfig: { Mode: version.tracingMode },
    RevisionId: version.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: version.packageType ?? 'Zip',
    Architectures: version.architectures,
    EphemeralStorage: { Size: version.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${region}::runtime:${RUNTIME_VERSION}` },
    LoggingConfig: {
      LogFormat: logging.format,
      LogGroup: logging.group,
      ApplicationLogLevel: logging.format === 'JSON' ? (logging.applicationLevel ?? DEFAULT_LEVEL) : undefined,
      SystemLogLevel: logging.format === 'JSON' ? (logging.systemLevel ?? DEFAULT_LEVEL) : undefined,
    },
    ...storedOutput(version),
  };
}

/** A version as lists have it, without what only the function alone is asked for. */
export function listedConfiguration(
  ...[record, version, scope, qualifier]: Parameters<typeof functionConfiguration>
): FunctionConfiguration {
  const { State, LastUpdateStatus, RuntimeVersionConfig, ...listed } = functionConfiguration(
    record,
    version,
    scope,
    qualifier,
  );
  return listed;
}

const DEFAULT_LEVEL = 'INFO';
const REASON = 'The function is being created.';

/**
 * The answer to a call that creates a version. The version is ready as soon as the call has answered; its revision is
 * another one then, as on AWS.
 */
export function pending({ LastUpdateStatus: _, ...configuration }: FunctionConfiguration): FunctionConfiguration {
  return {
    ...configuration,
    State: 'Pending',
    StateReason: REASON,
    StateReasonCode: 'Creating',
    RevisionId: randomId.uuid(),
  };
}

/** The answer to a call that changes a function, which likewise is ready with its next revision. */
export function inProgress(configuration: FunctionConfiguration): FunctionConfiguration {
  const answer: FunctionConfiguration = {
    ...configuration,
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: REASON,
    RevisionId: randomId.uuid(),
  };
  // AWS answers this code, which the SDK's type lacks.
  return Object.assign(answer, { LastUpdateStatusReasonCode: 'Creating' });
}
