import { defined } from '../../../core/defined.js';
import type { Input, Output } from '../../../model/client-types.js';
import { invalidParameter } from '../cognito-error.js';
import type { FixedSettings, PoolSettings } from './pool-record.js';

type PasswordPolicy = NonNullable<NonNullable<PoolSettings['Policies']>['PasswordPolicy']>;

/** The policy of a pool that names none ("Adding user pool password requirements", developer guide). */
const DEFAULT_PASSWORD: PasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

export function passwordPolicy({ Policies }: PoolSettings): PasswordPolicy {
  const given = Policies?.PasswordPolicy;
  if (given === undefined) return DEFAULT_PASSWORD;
  return {
    MinimumLength: given.MinimumLength ?? 6,
    RequireUppercase: given.RequireUppercase ?? false,
    RequireLowercase: given.RequireLowercase ?? false,
    RequireNumbers: given.RequireNumbers ?? false,
    RequireSymbols: given.RequireSymbols ?? false,
    ...defined({ PasswordHistorySize: given.PasswordHistorySize }),
    TemporaryPasswordValidityDays: given.TemporaryPasswordValidityDays ?? 7,
  };
}

type Created = Input<'cognito-idp', 'CreateUserPool'>;
type Updated = Input<'cognito-idp', 'UpdateUserPool'>;

/** @throws AwsError InvalidParameterException */
export function settingsOf(input: Partial<Created> & Partial<Updated>): PoolSettings {
  const settings: PoolSettings = {
    Policies: input.Policies,
    DeletionProtection: input.DeletionProtection,
    LambdaConfig: input.LambdaConfig,
    AutoVerifiedAttributes: input.AutoVerifiedAttributes,
    SmsVerificationMessage: input.SmsVerificationMessage,
    EmailVerificationMessage: input.EmailVerificationMessage,
    EmailVerificationSubject: input.EmailVerificationSubject,
    VerificationMessageTemplate: input.VerificationMessageTemplate,
    SmsAuthenticationMessage: input.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: input.UserAttributeUpdateSettings,
    MfaConfiguration: input.MfaConfiguration,
    DeviceConfiguration: input.DeviceConfiguration,
    EmailConfiguration: input.EmailConfiguration,
    SmsConfiguration: input.SmsConfiguration,
    AdminCreateUserConfig: input.AdminCreateUserConfig,
    UserPoolAddOns: input.UserPoolAddOns,
    AccountRecoverySetting: input.AccountRecoverySetting,
    UserPoolTier: input.UserPoolTier,
  };
  checkSettings(settings);
  return settings;
}

function checkSettings({ LambdaConfig, UserAttributeUpdateSettings, AutoVerifiedAttributes = [] }: PoolSettings): void {
  const { PreTokenGeneration, PreTokenGenerationConfig } = LambdaConfig ?? {};
  if (PreTokenGenerationConfig && PreTokenGeneration && PreTokenGenerationConfig.LambdaArn !== PreTokenGeneration) {
    throw invalidParameter(
      'PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must have the same value when both are specified',
    );
  }
  const { AttributesRequireVerificationBeforeUpdate: before = [] } = UserAttributeUpdateSettings ?? {};
  const unverified = before.find((name) => !AutoVerifiedAttributes.includes(name));
  if (unverified !== undefined) {
    throw invalidParameter(
      'AttributesRequireVerificationBeforeUpdate can only contain attributes that are in AutoVerifiedAttributes.',
    );
  }
}

export function fixedOf({ AliasAttributes, UsernameAttributes, UsernameConfiguration }: Created): FixedSettings {
  if (AliasAttributes?.length && UsernameAttributes?.length) {
    throw invalidParameter('Only one of aliasAttributes or usernameAttributes can be set in a user pool.');
  }
  return { AliasAttributes, UsernameAttributes, UsernameConfiguration };
}

type PoolOutput = NonNullable<Output<'cognito-idp', 'DescribeUserPool'>['UserPool']>;

/** The settings as DescribeUserPool shows them, with AWS's defaults for those that were not given. */
export function shownSettings(settings: PoolSettings): Partial<PoolOutput> {
  const {
    Policies,
    DeletionProtection = 'INACTIVE',
    LambdaConfig = {},
    MfaConfiguration = 'OFF',
    EmailConfiguration = { EmailSendingAccount: 'COGNITO_DEFAULT' },
    VerificationMessageTemplate,
    AdminCreateUserConfig,
    UserPoolTier = 'ESSENTIALS',
    ...others
  } = settings;
  const SignInPolicy = Policies?.SignInPolicy ?? { AllowedFirstAuthFactors: ['PASSWORD'] };
  return {
    ...others,
    Policies: { PasswordPolicy: passwordPolicy(settings), SignInPolicy },
    DeletionProtection,
    LambdaConfig: shownTriggers(LambdaConfig),
    MfaConfiguration,
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...EmailConfiguration },
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE', ...VerificationMessageTemplate },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...AdminCreateUserConfig,
      UnusedAccountValidityDays: passwordPolicy(settings).TemporaryPasswordValidityDays,
    },
    UserPoolTier,
  };
}

/** The two members that name the function before token generation have the same value. */
function shownTriggers(config: NonNullable<PoolSettings['LambdaConfig']>): NonNullable<PoolOutput['LambdaConfig']> {
  const { PreTokenGeneration: plain, PreTokenGenerationConfig: versioned } = config;
  const arn = versioned?.LambdaArn ?? plain;
  if (arn === undefined) return config;
  return {
    ...config,
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: versioned ?? { LambdaArn: arn, LambdaVersion: 'V1_0' },
  };
}
