import { unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { stackTags, type TagList } from '../../../core/stack-tags.js';

interface ConfigProperties extends Properties {
  readonly AllowedPublishers?: { readonly SigningProfileVersionArns: readonly string[] };
  readonly CodeSigningPolicies?: { readonly UntrustedArtifactOnDeployment?: string };
  readonly Description?: string;
  readonly Tags?: TagList;
}

const DEFAULTS = { CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Warn' }, Description: '' };

const stateOf = (arn: string) => ({
  attributes: { CodeSigningConfigArn: arn, CodeSigningConfigId: arn.slice(arn.lastIndexOf(':') + 1) },
});

/** AWS::Lambda::CodeSigningConfig. Its physical id is the ARN of the configuration. */
export const codeSigningConfig: ResourceType<ConfigProperties> = {
  type: 'AWS::Lambda::CodeSigningConfig',
  newId: (_properties, { account, region }) =>
    `arn:aws:lambda:${region}:${account}:code-signing-config:csc-${randomId.lower(17)}`,
  create: async (id, { Tags, ...properties }, context) => {
    const tags = stackTags(Tags, context);
    await context.call('lambda', 'CreateCodeSigningConfig', { ...properties, Tags: tags }, id);
    return stateOf(id);
  },
  update: async (id, { Tags, ...properties }, _previous, context) => {
    const input = { ...DEFAULTS, ...properties, CodeSigningConfigArn: id };
    await context.call('lambda', 'UpdateCodeSigningConfig', input);
    await retag(id, stackTags(Tags, context), context);
    return stateOf(id);
  },
  delete: (id, _properties, { call }) =>
    unlessGone(call('lambda', 'DeleteCodeSigningConfig', { CodeSigningConfigArn: id })),
};

async function retag(Resource: string, wanted: Readonly<Record<string, string>>, { call }: ResourceContext) {
  const { Tags: before = {} } = await call('lambda', 'ListTags', { Resource });
  const TagKeys = Object.keys(before).filter((key) => !(key in wanted));
  if (TagKeys.length > 0) await call('lambda', 'UntagResource', { Resource, TagKeys });
  await call('lambda', 'TagResource', { Resource, Tags: wanted }, Resource);
}
