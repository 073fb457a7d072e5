import { failedWith } from '../../../core/aws-failure.js';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { invalidRequest } from '../secret-error.js';
import { parseSecretId, secretArn } from '../secret-id.js';
import { type GenerateSecretString, generatedPassword } from './generated-password.js';

interface SecretProperties extends Properties {
  readonly Name?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretString?: string;
  readonly GenerateSecretString?: GenerateSecretString;
  readonly Type?: string;
  readonly Tags?: TagList;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** CloudFormation's own form: the logical id and a random end. */
function newArn({ Name }: SecretProperties, { account, region, logicalId }: ResourceContext): string {
  const name = Name ?? `${logicalId}-${randomId.mixed(12)}`;
  return secretArn({ account, region, name, suffix: randomId.mixed(6) });
}

/** @throws AwsError InvalidRequestException where there are two sources of the value */
async function secretText(properties: SecretProperties, context: ResourceContext): Promise<string | undefined> {
  const { SecretString, GenerateSecretString: generate } = properties;
  if (SecretString !== undefined && generate !== undefined) {
    throw invalidRequest('You cannot specify both GenerateSecretString and SecretString in one secret.');
  }
  if (SecretString !== undefined) return SecretString;
  // A secret without any value gets a password.
  return generatedPassword(generate ?? {}, context);
}

function settingsOf({ Description, KmsKeyId, Type }: SecretProperties) {
  return { Description: Description ?? '', KmsKeyId: KmsKeyId ?? 'alias/aws/secretsmanager', Type };
}

async function retag(id: string, properties: SecretProperties, context: ResourceContext): Promise<void> {
  const wanted = stackTags(properties.Tags, context);
  const { Tags } = await context.call('secretsmanager', 'DescribeSecret', { SecretId: id });
  const gone = Object.keys(fromTagList(Tags)).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('secretsmanager', 'UntagResource', { SecretId: id, TagKeys: gone });
  await context.call('secretsmanager', 'TagResource', { SecretId: id, Tags: toTagList(wanted) }, id);
}

const stateOf = (id: string): ResourceState => ({ attributes: { Id: id } });

/** AWS::SecretsManager::Secret. Its physical id is the secret's ARN. */
export const secretResource: ResourceType<SecretProperties> = {
  type: 'AWS::SecretsManager::Secret',
  newId: newArn,
  create: async (id, properties, context) => {
    const { text } = parseSecretId(id, context);
    const tags = stackTags(properties.Tags, context);
    const { Description, KmsKeyId, Type } = properties;
    try {
      const input = {
        Name: text.slice(0, text.lastIndexOf('-')),
        ...{ Description, KmsKeyId, Type },
        SecretString: await secretText(properties, context),
        Tags: toTagList(tags),
      };
      await context.call('secretsmanager', 'CreateSecret', input, id);
    } catch (error) {
      if (!failedWith(error, 'ResourceExistsException')) throw error;
      // A create that was cut off is taken up; anybody else's secret is not.
      const found = await context
        .call('secretsmanager', 'DescribeSecret', { SecretId: id })
        .catch(() => ({ Tags: undefined }));
      if (!isOwn(fromTagList(found.Tags), tags)) throw error;
    }
    return stateOf(id);
  },
  update: async (id, properties, previous, context) => {
    const { SecretString, GenerateSecretString } = properties;
    const isNewValue =
      !same(SecretString, previous.SecretString) || !same(GenerateSecretString, previous.GenerateSecretString);
    const value = isNewValue ? await secretText(properties, context) : undefined;
    await context.call('secretsmanager', 'UpdateSecret', {
      SecretId: id,
      ...settingsOf(properties),
      ...defined({ SecretString: value }),
    });
    await retag(id, properties, context);
    return stateOf(id);
  },
  delete: async (id, _properties, context) => {
    // CloudFormation deletes secrets without a window for recovery.
    await context.call('secretsmanager', 'DeleteSecret', { SecretId: id, ForceDeleteWithoutRecovery: true });
  },
};
