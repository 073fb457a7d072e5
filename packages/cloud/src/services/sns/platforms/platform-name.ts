import type { Scope } from '../../../core/operation.js';
import { invalidParameter } from '../sns-error.js';
import { checkElements } from '../topic-name.js';

/** An application of a platform for mobile notifications, wherever it is. */
export interface ApplicationName extends Scope {
  readonly platform: string;
  readonly name: string;
}

/** A device of an application. */
export interface EndpointName extends ApplicationName {
  readonly id: string;
}

/** The platforms of "CreatePlatformApplication" of the API reference. */
const PLATFORMS = [
  'ADM',
  'APNS',
  'APNS_SANDBOX',
  'APNS_VOIP',
  'APNS_VOIP_SANDBOX',
  'BAIDU',
  'GCM',
  'MACOS',
  'MACOS_SANDBOX',
  'MPNS',
  'WNS',
];
const LONGEST_NAME = 256;

export const applicationArn = ({ account, region, platform, name }: ApplicationName): string =>
  `arn:aws:sns:${region}:${account}:app/${platform}/${name}`;

export const endpointArn = ({ account, region, platform, name, id }: EndpointName): string =>
  `arn:aws:sns:${region}:${account}:endpoint/${platform}/${name}/${id}`;

/** @throws AwsError InvalidParameter */
function partsOf(arn: string, parameter: string, kind: string, count: number, { region }: Scope) {
  checkElements(arn, parameter);
  const [, , , arnRegion = '', account = '', resource = ''] = arn.split(':');
  const [first, ...parts] = resource.split('/');
  if (parts.length !== count) {
    throw invalidParameter(`${parameter} Reason: Wrong number of slashes in relative portion of the ARN.`);
  }
  if (first !== kind || arnRegion !== region) throw invalidParameter(parameter);
  return { account, region, parts };
}

/** @throws AwsError InvalidParameter */
export function parseApplicationArn(arn: string, scope: Scope, parameter = 'PlatformApplicationArn'): ApplicationName {
  const { account, region, parts } = partsOf(arn, parameter, 'app', 2, scope);
  const [platform = '', name = ''] = parts;
  return { account, region, platform, name };
}

/** @throws AwsError InvalidParameter */
export function parseEndpointArn(arn: string, scope: Scope, parameter = 'EndpointArn'): EndpointName {
  const { account, region, parts } = partsOf(arn, parameter, 'endpoint', 3, scope);
  const [platform = '', name = '', id = ''] = parts;
  return { account, region, platform, name, id };
}

/** @throws AwsError InvalidParameter */
export function checkApplicationName({ platform, name }: Pick<ApplicationName, 'platform' | 'name'>): void {
  if (name === '') throw invalidParameter(`${name} Reason: cannot be empty`);
  if (name.length > LONGEST_NAME) {
    throw invalidParameter(`${name} Reason: must be at most ${LONGEST_NAME} characters long`);
  }
  if (!/^[\w.-]+$/.test(name)) {
    throw invalidParameter(`${name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'`);
  }
  if (!PLATFORMS.includes(platform)) throw invalidParameter(`Platform Reason: ${platform} is not supported`);
}
