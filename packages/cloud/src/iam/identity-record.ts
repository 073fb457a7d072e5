import { AwsError } from '../core/aws-error.js';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The common part of users, groups and roles: what policies are attached to. */
export interface IdentityRecord {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** `AROA…`, `AIDA…` or `AGPA…`, never given twice. */
  readonly id: string;
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Policy name to JSON text. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** ARNs of managed policies, in the order attached. */
  readonly attachedPolicies: readonly string[];
}

/** The identities that a boundary and tags can be given to. */
export interface BoundedRecord extends IdentityRecord {
  /** ARN of a managed policy. */
  readonly permissionsBoundary: string | undefined;
  readonly tags: readonly Tag[];
}

/** A stored role: one value has everything that determines its permissions. */
export interface RoleRecord extends BoundedRecord {
  readonly description: string | undefined;
  /** Seconds. */
  readonly maxSessionDuration: number;
  /** JSON text. */
  readonly trustPolicy: string;
}

/** A stored user, with everything by which it signs in. Its permissions are also those of its groups. */
export interface UserRecord extends BoundedRecord {
  /** Names of groups, in the order joined. */
  readonly groups: readonly string[];
  readonly accessKeys: readonly AccessKeyRecord[];
  readonly loginProfile?: LoginProfileRecord | undefined;
  readonly serviceCredentials: readonly ServiceCredentialRecord[];
}

export type CredentialStatus = 'Active' | 'Inactive';

export interface AccessKeyRecord {
  /** `AKIA…` */
  readonly id: string;
  readonly secret: string;
  readonly status: CredentialStatus;
  /** Epoch milliseconds. */
  readonly created: number;
}

/** There is no console to sign in to, so the password itself is not kept. */
export interface LoginProfileRecord {
  /** Epoch milliseconds. */
  readonly created: number;
  readonly passwordResetRequired: boolean;
}

/** A credential for one service that does not sign requests: CodeCommit, Keyspaces. */
export interface ServiceCredentialRecord {
  /** `ACCA…` */
  readonly id: string;
  /** `codecommit.amazonaws.com` */
  readonly service: string;
  readonly status: CredentialStatus;
  /** Epoch milliseconds. */
  readonly created: number;
}

/** Its members are named by their own records. */
export type GroupRecord = IdentityRecord;

export interface InstanceProfileRecord extends Pick<IdentityRecord, 'name' | 'path' | 'id' | 'arn' | 'created'> {
  /** Names of roles: none or one. */
  readonly roles: readonly string[];
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

const KINDS = ['role', 'policy', 'user', 'group', 'instance-profile'] as const;
export type IamArnKind = (typeof KINDS)[number];

export interface IamArn {
  readonly account: string;
  readonly kind: IamArnKind;
  readonly path: string;
  readonly name: string;
}

const ARN = new RegExp(`^arn:aws[a-z-]*:iam::(\\d{12}|aws):(${KINDS.join('|')})(/(?:[^/]+/)*)([\\w+=,.@-]+)$`);

/** The parts of `arn:aws:iam::<account>:role/<path><name>` and of its like. Undefined for other ARNs. */
export function parseIamArn(arn: string): IamArn | undefined {
  const [, account = '', found, path = '', name = ''] = ARN.exec(arn) ?? [];
  const kind = KINDS.find((each) => each === found);
  return kind && { account, kind, path, name };
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

export function noSuchPolicy(arn: string): AwsError {
  const awsOwn = parseIamArn(arn)?.account === 'aws';
  const hint = awsOwn ? ' AWS has no managed policy of that name.' : '';
  return noSuchEntity(`Policy ${arn} does not exist or is not attachable.${hint}`);
}
