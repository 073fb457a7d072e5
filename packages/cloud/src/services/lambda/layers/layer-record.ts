import type { Scope } from '../../../core/operation.js';
import type { Output } from '../../../model/client-types.js';
import { invalidParameter } from '../lambda-error.js';
import type { PolicyRecord } from '../policies/policy-record.js';

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
  /** Who may use it, beside its own account. */
  readonly policy?: PolicyRecord | undefined;
  /** The physical id of the AWS::Lambda::LayerVersion that this is, if it is one. */
  readonly resourceId?: string | undefined;
}

/** AWS's pattern of the versions that a function can have. */
export const LAYER_VERSION_ARN =
  /(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)/;

const ARN =
  /^arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):layer:(?<name>[\w-]{1,140}):(?<version>\d+)$/;

export function layerArn({ account, region, name }: Omit<LayerName, 'version'>): string {
  return `arn:aws:lambda:${region}:${account}:layer:${name}`;
}

export const layerVersionArn = (layer: LayerName): string => `${layerArn(layer)}:${layer.version}`;

/** @throws AwsError InvalidParameterValueException */
export function parseLayerVersionArn(arn: string): LayerName {
  const { account, region, name, version } = ARN.exec(arn)?.groups ?? {};
  if (account === undefined || region === undefined || name === undefined) {
    throw invalidParameter(`Invalid layer version ARN: ${arn}`);
  }
  return { account, region, name, version: Number(version) };
}

/** A layer by its name, or by its ARN wherever it is. @throws AwsError InvalidParameterValueException */
export function parseLayerName(text: string, { account, region }: Scope): Omit<LayerName, 'version'> {
  const [, , , arnRegion = region, arnAccount = account] = text.split(':');
  const name = text.split(':').at(-1) ?? '';
  if (!/^[\w-]{1,64}$/.test(name)) throw invalidParameter(`Invalid layer name: ${text}`);
  return { account: arnAccount, region: arnRegion, name };
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
