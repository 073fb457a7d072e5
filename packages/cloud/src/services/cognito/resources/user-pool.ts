import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import {
  type Properties,
  type ResourceContext,
  ResourceFailure,
  type ResourceState,
  type ResourceType,
} from '../../../core/resource-type.js';
import { stackTags } from '../../../core/stack-tags.js';
import { issuerOf, poolArn, providerName, type SchemaAttribute } from '../pools/pool-record.js';
import { isStandard } from '../pools/schema.js';

interface PoolProperties extends Properties {
  readonly UserPoolName?: string;
  readonly UserPoolTags?: Readonly<Record<string, string>>;
  readonly Schema?: readonly SchemaAttribute[];
  readonly MfaConfiguration?: string;
  readonly EnabledMfas?: readonly string[];
}

const stateOf = (id: string, { account, region }: ResourceContext): ResourceState => ({
  attributes: {
    Arn: poolArn({ account, region, id }),
    ProviderName: providerName(id),
    ProviderURL: issuerOf(id),
    UserPoolId: id,
  },
});

function tagsOf({ UserPoolTags = {} }: PoolProperties, context: ResourceContext): Readonly<Record<string, string>> {
  const list = Object.entries(UserPoolTags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
  return stackTags(list, context);
}

/** The name that CloudFormation gives a pool without one: stack, logical id and a random end. */
const nameOf = (id: string, { UserPoolName }: PoolProperties, { stackName, logicalId }: ResourceContext): string =>
  UserPoolName ?? `${logicalId.slice(0, 64)}-${stackName.slice(0, 50)}-${id.slice(-9)}`;

function settingsOf({
  UserPoolName: _,
  UserPoolTags: __,
  Schema: ___,
  EnabledMfas: ____,
  WebAuthnRelyingPartyID: _____,
  WebAuthnUserVerification: ______,
  WebAuthnFactorConfiguration: _______,
  EmailAuthenticationMessage: ________,
  EmailAuthenticationSubject: _________,
  ...settings
}: PoolProperties): Properties {
  return settings;
}

/** The factors are a setting of their own. */
async function setFactors(id: string, properties: PoolProperties, { call }: ResourceContext): Promise<void> {
  const { EnabledMfas, MfaConfiguration, SmsConfiguration, SmsAuthenticationMessage } = properties;
  if (EnabledMfas === undefined) return;
  await call('cognito-idp', 'SetUserPoolMfaConfig', {
    UserPoolId: id,
    MfaConfiguration,
    SoftwareTokenMfaConfiguration: { Enabled: EnabledMfas.includes('SOFTWARE_TOKEN_MFA') },
    ...(EnabledMfas.includes('SMS_MFA') && { SmsMfaConfiguration: { SmsConfiguration, SmsAuthenticationMessage } }),
  });
}

const keyOf = ({ Name, DeveloperOnlyAttribute }: SchemaAttribute): string =>
  `${DeveloperOnlyAttribute ?? false} ${Name}`;

/** Attributes can be added to a pool, and nothing else happens to them. */
async function addAttributes(
  id: string,
  { Schema = [] }: PoolProperties,
  previous: PoolProperties,
  { call }: ResourceContext,
): Promise<void> {
  const before = new Map((previous.Schema ?? []).map((attribute) => [keyOf(attribute), JSON.stringify(attribute)]));
  const after = new Set(Schema.map(keyOf));
  const added = Schema.filter((attribute) => !before.has(keyOf(attribute)));
  const isChanged =
    [...before.keys()].some((key) => !after.has(key)) ||
    Schema.some(
      (attribute) => before.has(keyOf(attribute)) && before.get(keyOf(attribute)) !== JSON.stringify(attribute),
    );
  if (isChanged || added.some(({ Name = '' }) => isStandard(Name))) {
    throw new ResourceFailure('Existing schema attributes cannot be modified or deleted.');
  }
  if (added.length === 0) return;
  // An update that was cut off may have added some.
  const { UserPool } = await call('cognito-idp', 'DescribeUserPool', { UserPoolId: id });
  const there = new Set(UserPool?.SchemaAttributes?.map(({ Name }) => Name));
  const CustomAttributes = added.filter(({ Name }) => !there.has(`custom:${Name}`) && !there.has(`dev:custom:${Name}`));
  if (CustomAttributes.length > 0) {
    await call('cognito-idp', 'AddCustomAttributes', { UserPoolId: id, CustomAttributes });
  }
}

/** AWS::Cognito::UserPool. Its physical id is the pool's. */
export const userPool: ResourceType<PoolProperties> = {
  type: 'AWS::Cognito::UserPool',
  newId: (_properties, { region }) => `${region}_${randomId.mixed(9)}`,
  create: async (id, properties, context) => {
    const { call } = context;
    try {
      // A create that was cut off is taken up: nobody else knows the id.
      await call('cognito-idp', 'DescribeUserPool', { UserPoolId: id });
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
      const input = {
        ...settingsOf(properties),
        PoolName: nameOf(id, properties, context),
        Schema: properties.Schema,
        UserPoolTags: tagsOf(properties, context),
      };
      await call('cognito-idp', 'CreateUserPool', input, id);
    }
    await setFactors(id, properties, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    for (const name of ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration']) {
      if (JSON.stringify(properties[name]) !== JSON.stringify(previous[name])) {
        throw new ResourceFailure(`Updates are not allowed for property - ${name}.`);
      }
    }
    await addAttributes(id, properties, previous, context);
    const {
      AliasAttributes: _,
      UsernameAttributes: __,
      UsernameConfiguration: ___,
      ...settings
    } = settingsOf(properties);
    const input = {
      ...settings,
      UserPoolId: id,
      PoolName: nameOf(id, properties, context),
      UserPoolTags: tagsOf(properties, context),
    };
    await context.call('cognito-idp', 'UpdateUserPool', input, id);
    await setFactors(id, properties, context);
    return stateOf(id, context);
  },
  delete: (id, _properties, { call }) => unlessGone(call('cognito-idp', 'DeleteUserPool', { UserPoolId: id })),
};
