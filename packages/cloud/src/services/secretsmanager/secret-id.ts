import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { partitionOf } from '../../core/partition.js';
import type { SecretRecord } from './secret-record.js';

/** A secret as a request names it: by its name, its ARN, or the ARN without the characters that AWS adds. */
export interface SecretId extends Scope {
  /** The name, or the end of the ARN. */
  readonly text: string;
  readonly byArn: boolean;
}

const ARN = /^arn:aws[a-z-]*:secretsmanager:(?<region>[a-z0-9-]+):(?<account>\d{12}):secret:(?<text>.+)$/;
const SUFFIX = /^(?<name>.+)-(?<suffix>[A-Za-z0-9]{6})$/;
const NAME = /^[A-Za-z0-9/_+=.@!-]+$/;

/** @param region in which the request was signed; an ARN of another means a secret that is not there */
export function parseSecretId(text: string, scope: Scope): SecretId {
  const arn = ARN.exec(text)?.groups;
  if (!arn) {
    checkName(text);
    return { account: scope.account, region: scope.region, text, byArn: false };
  }
  const { region = '', account = '', text: end = '' } = arn;
  return { account, region, text: end, byArn: true };
}

/** @throws AwsError ValidationException */
export function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new AwsError(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
}

/** The names that an id may mean, and the suffix that its ARN must have. */
export function meaningsOf({ text, byArn }: SecretId): readonly { readonly name: string; readonly suffix?: string }[] {
  const { name, suffix } = (byArn && SUFFIX.exec(text)?.groups) || {};
  if (name === undefined || suffix === undefined) return [{ name: text }];
  return [{ name, suffix }, { name: text }];
}

type Identity = Pick<SecretRecord, 'account' | 'region' | 'name' | 'suffix'>;

export function secretArn({ account, region, name, suffix }: Identity): string {
  return `arn:${partitionOf(region).name}:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
}

/** The ARN by which policies are asked for a secret that is not there; its end matches what policies write for it. */
export function missingArn({ account, region, text, byArn }: SecretId): string {
  return byArn && SUFFIX.test(text)
    ? `arn:${partitionOf(region).name}:secretsmanager:${region}:${account}:secret:${text}`
    : secretArn({ account, region, name: text, suffix: '??????' });
}

/** The suffix in an ARN that CloudFormation has chosen. */
export function suffixIn(arn: string): string | undefined {
  return SUFFIX.exec(arn)?.groups?.suffix;
}
