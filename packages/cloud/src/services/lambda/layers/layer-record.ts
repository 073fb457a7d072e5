import type { Scope } from '../../../core/operation.js';
import type { Output } from '../../../model/client-types.js';
import { invalidParameter } from '../lambda-error.js';

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

type Version = Output<'lambda', 'GetLayerVersion'>;

/** A version of a layer as it is stored, without its code. */
export interface LayerRecord extends LayerReference {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly runtimes?: Version['CompatibleRuntimes'];
  readonly architectures?: Version['CompatibleArchitectures'];
  readonly license?: string | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
  /** The physical id of the AWS::Lambda::LayerVersion that this is, if it is one. */
  readonly resourceId?: string | undefined;
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

/** The name in a layer's name or ARN. @throws AwsError InvalidParameterValueException */
export function parseLayerName(text: string): string {
  const name = text.split(':').at(-1) ?? '';
  if (!/^[\w-]{1,64}$/.test(name)) throw invalidParameter(`Invalid layer name: ${text}`);
  return name;
}

/** A layer version as the API answers it in lists. */
export function layerVersionEntry(record: LayerRecord) {
  return {
    LayerVersionArn: record.arn,
    Version: record.version,
    Description: record.description,
    CreatedDate: new Date(record.created).toISOString().replace('Z', '+0000'),
    CompatibleRuntimes: record.runtimes,
    CompatibleArchitectures: record.architectures,
    LicenseInfo: record.license,
  };
}

/** A layer version as the API answers it alone. @param location where its code can be loaded */
export function layerVersion(record: LayerRecord, location: string): Version {
  return {
    ...layerVersionEntry(record),
    LayerArn: record.arn.slice(0, record.arn.lastIndexOf(':')),
    Content: { Location: location, CodeSha256: record.codeSha256, CodeSize: record.codeSize },
  };
}
