import type { Scope } from '../../core/operation.js';
import { invalidParameter } from './invalid-parameter.js';

/** A version of a layer, wherever it is. */
export interface LayerName extends Scope {
  readonly name: string;
  readonly version: number;
}

/** A function's copy of a layer's data; the layer itself may be deleted. */
export interface LayerReference {
  /** Of the version. */
  readonly arn: string;
  /** Base64 */
  readonly codeSha256: string;
  /** Bytes */
  readonly codeSize: number;
}

/** A version of a layer as it is stored, without its code. */
export interface LayerRecord extends LayerReference {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly runtimes?: readonly string[];
  readonly architectures?: readonly string[];
  readonly license?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** The physical id of the AWS::Lambda::LayerVersion that this is, if it is one. */
  readonly resourceId?: string;
}

const ARN =
  /^arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):layer:(?<name>[\w-]{1,140}):(?<version>\d+)$/;

export function layerArn({ account, region, name }: Omit<LayerName, 'version'>): string {
  return `arn:aws:lambda:${region}:${account}:layer:${name}`;
}

/** @throws AwsError InvalidParameterValueException */
export function parseLayerVersionArn(arn: string): LayerName {
  const { account, region, name, version } = ARN.exec(arn)?.groups ?? {};
  if (account === undefined || region === undefined || name === undefined) {
    throw invalidParameter(`Invalid layer version ARN: ${arn}`);
  }
  return { account, region, name, version: Number(version) };
}

/** A layer version as the API gives it in lists. */
export function layerVersionEntry(record: LayerRecord) {
  return {
    LayerVersionArn: record.arn,
    Version: record.version,
    Description: record.description,
    CreatedDate: new Date(record.created).toISOString().replace('Z', '+0000'),
    ...(record.runtimes && { CompatibleRuntimes: record.runtimes }),
    ...(record.architectures && { CompatibleArchitectures: record.architectures }),
    ...(record.license !== undefined && { LicenseInfo: record.license }),
  };
}

/** A layer version as the API gives it alone. AWS also gives an address to load the code from; the local cloud has none. */
export function layerVersion(record: LayerRecord) {
  return {
    ...layerVersionEntry(record),
    LayerArn: record.arn.slice(0, record.arn.lastIndexOf(':')),
    Content: { CodeSha256: record.codeSha256, CodeSize: record.codeSize },
  };
}
