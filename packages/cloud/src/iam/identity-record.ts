import { AwsError } from '../core/aws-error.js';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A stored role: one value has everything that determines its permissions. */
export interface RoleRecord {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** `AROA…`, never given twice. */
  readonly id: string;
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly description: string | undefined;
  /** Seconds. */
  readonly maxSessionDuration: number;
  /** JSON text. */
  readonly trustPolicy: string;
  /** Policy name to JSON text. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** ARNs of managed policies, in the order attached. */
  readonly attachedPolicies: readonly string[];
  /** ARN of a managed policy. */
  readonly permissionsBoundary: string | undefined;
  readonly tags: readonly Tag[];
}

export interface PolicyVersionRecord {
  /** `v1` */
  readonly id: string;
  /** JSON text. */
  readonly document: string;
  /** Epoch milliseconds. */
  readonly created: number;
}

/** A managed policy as it is stored. */
export interface PolicyRecord {
  readonly name: string;
  readonly path: string;
  /** `ANPA…` */
  readonly id: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly updated: number;
  /** Oldest first. */
  readonly versions: readonly PolicyVersionRecord[];
  readonly defaultVersion: string;
  /** The number of the last version ever made: numbers are not given twice. */
  readonly lastVersion: number;
  readonly tags: readonly Tag[];
}

/** The parts of `arn:aws:iam::<account>:role/<path><name>` and of a policy's ARN. Undefined for other ARNs. */
export function parseIamArn(
  arn: string,
):
  | { readonly account: string; readonly kind: 'role' | 'policy'; readonly path: string; readonly name: string }
  | undefined {
  const [, account = '', kind, path = '', name = ''] =
    /^arn:aws[a-z-]*:iam::(\d{12}|aws):(role|policy)(\/(?:[^/]+\/)*)([\w+=,.@-]+)$/.exec(arn) ?? [];
  return kind === 'role' || kind === 'policy' ? { account, kind, path, name } : undefined;
}

export function noSuchRole(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}

export function noSuchPolicy(arn: string): AwsError {
  const awsOwn = parseIamArn(arn)?.account === 'aws';
  const hint = awsOwn ? ' AWS has no managed policy of that name.' : '';
  return new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.${hint}`, 404);
}
