import { AwsError } from '../../../core/aws-error.js';
import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';

interface RepositoryProperties extends Properties {
  readonly RepositoryName?: string;
  readonly ImageTagMutability?: string;
  readonly ImageScanningConfiguration?: { readonly ScanOnPush?: boolean };
  readonly EncryptionConfiguration?: { readonly EncryptionType: string; readonly KmsKey?: string };
  readonly LifecyclePolicy?: { readonly LifecyclePolicyText?: string; readonly RegistryId?: string };
  readonly RepositoryPolicyText?: unknown;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Marks a repository as a stack's own, so that a create that was cut off finds it again. */
const OWNER = 'aws:cloudformation:stack-id';

/** AWS::ECR::Repository */
export const repositoryResource: ResourceType<RepositoryProperties> = {
  type: 'AWS::ECR::Repository',
  nameProperty: 'RepositoryName',
  newId: (properties, { stackName, logicalId, stackId }) => {
    const unique = stackId.slice(-12);
    // Names of repositories are in lower case.
    return properties.RepositoryName ?? `${stackName}-${logicalId}-${unique}`.toLowerCase().slice(0, 256);
  },
  create: async (id, properties, context) => {
    refuseUnsupported(properties);
    const { ImageScanningConfiguration: scanning, EncryptionConfiguration: encryption } = properties;
    try {
      await context.call('ecr', 'CreateRepository', {
        repositoryName: id,
        imageTagMutability: properties.ImageTagMutability,
        imageScanningConfiguration: scanning && { scanOnPush: scanning.ScanOnPush },
        encryptionConfiguration: encryption && { encryptionType: encryption.EncryptionType, kmsKey: encryption.KmsKey },
        tags: toTagList(tagsOf(properties, context)),
      });
    } catch (error) {
      if (!failedWith(error, 'RepositoryAlreadyExistsException') || !(await isOwn(id, context))) throw error;
    }
    await putPolicies(id, properties, {}, context);
    return { attributes: attributesOf(id, context) };
  },
  update: async (id, properties, previous, context) => {
    refuseUnsupported(properties);
    await context.call('ecr', 'PutImageTagMutability', {
      repositoryName: id,
      imageTagMutability: properties.ImageTagMutability ?? 'MUTABLE',
    });
    await context.call('ecr', 'PutImageScanningConfiguration', {
      repositoryName: id,
      imageScanningConfiguration: { scanOnPush: properties.ImageScanningConfiguration?.ScanOnPush ?? false },
    });
    await putPolicies(id, properties, previous, context);
    await putTags(id, tagsOf(properties, context), context);
    return { attributes: attributesOf(id, context) };
  },
  delete: async (id, _properties, { call }) => {
    await unlessGone(call('ecr', 'DeleteRepository', { repositoryName: id }), 'RepositoryNotFoundException');
  },
};

function refuseUnsupported(properties: RepositoryProperties): void {
  if (properties.ImageTagMutabilityExclusionFilters === undefined) return;
  throw new AwsError('InvalidParameterException', 'ImageTagMutabilityExclusionFilters is not supported by this cloud');
}

function attributesOf(name: string, { account, region }: ResourceContext) {
  return {
    Arn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
    RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}`,
  };
}

function tagsOf({ Tags = [] }: RepositoryProperties, { stackTags, stackId }: ResourceContext): Record<string, string> {
  return { ...stackTags, ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])), [OWNER]: stackId };
}

async function putPolicies(
  name: string,
  properties: RepositoryProperties,
  previous: RepositoryProperties,
  { call }: ResourceContext,
): Promise<void> {
  const policy = properties.RepositoryPolicyText;
  if (policy !== undefined) {
    const policyText = typeof policy === 'string' ? policy : JSON.stringify(policy);
    await call('ecr', 'SetRepositoryPolicy', { repositoryName: name, policyText });
  } else if (previous.RepositoryPolicyText !== undefined) {
    await unlessGone(
      call('ecr', 'DeleteRepositoryPolicy', { repositoryName: name }),
      'RepositoryPolicyNotFoundException',
    );
  }
  const lifecyclePolicyText = properties.LifecyclePolicy?.LifecyclePolicyText;
  if (lifecyclePolicyText !== undefined) {
    await call('ecr', 'PutLifecyclePolicy', { repositoryName: name, lifecyclePolicyText });
  } else if (previous.LifecyclePolicy?.LifecyclePolicyText !== undefined) {
    await unlessGone(
      call('ecr', 'DeleteLifecyclePolicy', { repositoryName: name }),
      'LifecyclePolicyNotFoundException',
    );
  }
}

async function putTags(name: string, wanted: Record<string, string>, context: ResourceContext): Promise<void> {
  const resourceArn = attributesOf(name, context).Arn;
  const { tags } = await context.call('ecr', 'ListTagsForResource', { resourceArn });
  const gone = Object.keys(fromTagList(tags)).filter((key) => !Object.hasOwn(wanted, key));
  if (gone.length > 0) await context.call('ecr', 'UntagResource', { resourceArn, tagKeys: gone });
  await context.call('ecr', 'TagResource', { resourceArn, tags: toTagList(wanted) }, resourceArn);
}

async function isOwn(name: string, context: ResourceContext): Promise<boolean> {
  const { tags } = await context.call('ecr', 'ListTagsForResource', { resourceArn: attributesOf(name, context).Arn });
  return fromTagList(tags)[OWNER] === context.stackId;
}
