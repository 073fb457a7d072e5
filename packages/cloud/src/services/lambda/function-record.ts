import type { Scope } from '../../core/operation.js';
import type { EventInvokeConfig } from './event-invoke-config.js';
import { functionArn } from './function-name.js';
import type { LayerReference } from './layer-record.js';
import { storedOutput } from './recorded-function.js';

/** One version of a function's code and configuration, as it is stored. */
export interface FunctionVersion {
  readonly version: string;
  readonly description: string;
  readonly runtime: string;
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
  readonly architectures: readonly string[];
  readonly tracingMode: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** In the order in which they are laid over each other. */
  readonly layers?: readonly LayerReference[];
  readonly logging: LoggingConfig;
  /** Absent for a deployment package. */
  readonly packageType?: 'Image';
  readonly imageUri?: string;
  /** Members that are stored as they were given, without effect: `VpcConfig`. */
  readonly stored?: Readonly<Record<string, unknown>>;
  /** The physical id of the AWS::Lambda::Version that this is, if it is one. */
  readonly resourceId?: string;
}

export interface LoggingConfig {
  readonly format: 'Text' | 'JSON';
  readonly group: string;
  readonly applicationLevel?: string;
  readonly systemLevel?: string;
}

export interface AliasRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly revisionId: string;
  /** Version to share of its calls, from 0 to 1; the rest goes to `version`. */
  readonly weights?: Readonly<Record<string, number>>;
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A resource policy of a function, or of one of its versions or aliases. */
export interface PolicyRecord {
  readonly statements: readonly PolicyStatement[];
  readonly revisionId: string;
}

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
  /** What becomes of asynchronous events, by qualifier; `$LATEST` is the function as such. */
  readonly eventInvokeConfigs?: Readonly<Record<string, EventInvokeConfig>>;
  readonly reservedConcurrency?: number;
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

/** A FunctionConfiguration as the API gives it. `qualified` makes the ARN name the version. */
export function functionConfiguration(
  record: FunctionRecord,
  version: FunctionVersion,
  scope: Scope,
  qualifier?: string,
) {
  const arn = functionArn({ ...scope, name: record.name, ...(qualifier !== undefined && { qualifier }) });
  const { logging } = version;
  return {
    FunctionName: record.name,
    FunctionArn: arn,
    Runtime: version.packageType === 'Image' ? undefined : version.runtime,
    Role: version.role,
    Handler: version.packageType === 'Image' ? undefined : version.handler,
    CodeSize: version.codeSize,
    Description: version.description,
    Timeout: version.timeout,
    MemorySize: version.memorySize,
    LastModified: lastModifiedText(version.lastModified),
    CodeSha256: version.codeSha256,
    Version: version.version,
    ...(version.environment && { Environment: { Variables: version.environment } }),
    ...(version.layers?.length && {
      Layers: version.layers.map(({ arn: Arn, codeSize: CodeSize }) => ({ Arn, CodeSize })),
    }),
    TracingConfig: { Mode: version.tracingMode },
    RevisionId: version.revisionId,
    // A function is ready as soon as the call that made or changed it has answered.
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: version.packageType ?? 'Zip',
    Architectures: version.architectures,
    EphemeralStorage: { Size: version.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${scope.region}::runtime:local` },
    LoggingConfig: {
      LogFormat: logging.format,
      LogGroup: logging.group,
      ...(logging.applicationLevel && { ApplicationLogLevel: logging.applicationLevel }),
      ...(logging.systemLevel && { SystemLogLevel: logging.systemLevel }),
    },
    ...storedOutput(version),
  };
}
