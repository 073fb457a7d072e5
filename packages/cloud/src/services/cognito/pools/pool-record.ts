import type { Tags } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import type { Input, Output } from '../../../model/client-types.js';

type Created = Input<'cognito-idp', 'CreateUserPool'>;

/** The settings that UpdateUserPool sets as a whole: those that it leaves out go back to their defaults. */
export type PoolSettings = Omit<Input<'cognito-idp', 'UpdateUserPool'>, 'UserPoolId' | 'UserPoolTags' | 'PoolName'>;

/** The settings that no update changes. */
export type FixedSettings = Pick<Created, 'AliasAttributes' | 'UsernameAttributes' | 'UsernameConfiguration'>;

type MfaSettings = Output<'cognito-idp', 'GetUserPoolMfaConfig'>;

export type SchemaAttribute = NonNullable<Created['Schema']>[number];

/** A user pool as it is stored. */
export interface PoolRecord extends Scope {
  /** `us-east-1_AbCdEfGhI` */
  readonly id: string;
  readonly name: string;
  readonly settings: PoolSettings;
  readonly fixed: FixedSettings;
  /** Those that the pool adds, and standard ones that it changed. */
  readonly schema: readonly SchemaAttribute[];
  readonly tags: Tags;
  readonly mfa: Pick<MfaSettings, 'SoftwareTokenMfaConfiguration' | 'EmailMfaConfiguration' | 'WebAuthnConfiguration'>;
  /** Epoch milliseconds, like the next. */
  readonly created: number;
  readonly modified: number;
}

export type TriggerConfig = NonNullable<PoolSettings['LambdaConfig']>;

/** An app client as it is stored. */
export interface ClientRecord {
  /** 26 lower-case letters and digits. */
  readonly id: string;
  readonly poolId: string;
  readonly secret?: string | undefined;
  readonly settings: ClientSettings;
  /** Epoch milliseconds, like the next. */
  readonly created: number;
  readonly modified: number;
}

/** The settings that UpdateUserPoolClient sets as a whole. */
export type ClientSettings = Omit<Input<'cognito-idp', 'UpdateUserPoolClient'>, 'UserPoolId' | 'ClientId'>;

export interface GroupRecord {
  readonly name: string;
  readonly poolId: string;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly precedence?: number | undefined;
  readonly created: number;
  readonly modified: number;
}

export interface ServerRecord {
  /** `https://api.example.com`, the part of a scope before its last `/` */
  readonly identifier: string;
  readonly poolId: string;
  readonly name: string;
  readonly scopes: readonly { readonly ScopeName: string; readonly ScopeDescription: string }[];
}

export interface DomainRecord {
  /** The prefix below amazoncognito.com, or a whole name. */
  readonly domain: string;
  readonly poolId: string;
  readonly certificateArn?: string | undefined;
  readonly managedLoginVersion: number;
}

export const poolArn = ({ account, region, id }: Pick<PoolRecord, 'account' | 'region' | 'id'>): string =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`;

/** The name by which tokens and CloudFormation's `ProviderName` know the pool. */
export const providerName = (poolId: string): string =>
  `cognito-idp.${poolId.slice(0, poolId.lastIndexOf('_'))}.amazonaws.com/${poolId}`;

/** `iss` of the pool's tokens. */
export const issuerOf = (poolId: string): string => `https://${providerName(poolId)}`;
