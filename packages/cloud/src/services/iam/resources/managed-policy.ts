import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { parseIamArn } from '../../../iam/identity-record.js';
import { text, texts } from '../../../kit/properties.js';
import { added, createOrTakeUp, isMarked, policyText, resourceTags, stackMarks, unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::ManagedPolicy';
const LONGEST_NAME = 128;
const VERSIONS_KEPT = 4;

/** The physical id is the ARN, so the name is chosen here. */
function newArn(properties: Properties, { account, stackName, logicalId }: ResourceContext): string {
  const ending = `-${randomId.upper(12)}`;
  const generated = `${stackName}-${logicalId}`.slice(0, LONGEST_NAME - ending.length) + ending;
  const name = text(properties, 'ManagedPolicyName') ?? generated;
  return `arn:aws:iam::${account}:policy${text(properties, 'Path') ?? '/'}${name}`;
}

function createOrFind(id: string, properties: Properties, context: ResourceContext): Promise<void> {
  const input = {
    PolicyName: parseIamArn(id)?.name,
    Path: text(properties, 'Path') ?? '/',
    Description: text(properties, 'Description'),
    PolicyDocument: policyText(properties, 'PolicyDocument'),
    Tags: [...resourceTags(properties, context), ...stackMarks(context)],
  };
  return createOrTakeUp(
    TYPE,
    id,
    () => context.call('iam', 'CreatePolicy', input, id),
    async () => {
      const found = await context.call('iam', 'GetPolicy', { PolicyArn: id }).catch(() => undefined);
      return isMarked(found?.Policy?.Tags, context);
    },
  );
}

const NOUNS = ['Group', 'Role', 'User'] as const;

/** Brings the identities that the policy is attached to from those of one template to those of another. */
async function changeIdentities(
  PolicyArn: string,
  properties: Properties,
  previous: Properties,
  { call }: ResourceContext,
) {
  for (const noun of NOUNS) {
    const wanted = texts(properties, `${noun}s`);
    for (const name of wanted) await call('iam', `Attach${noun}Policy`, { [`${noun}Name`]: name, PolicyArn });
    for (const name of added(wanted, texts(previous, `${noun}s`))) {
      await unlessGone(call('iam', `Detach${noun}Policy`, { [`${noun}Name`]: name, PolicyArn }));
    }
  }
}

/** Deletes versions that are not the default, the oldest first, until `kept` are left. */
async function dropVersions(id: string, kept: number, { call }: ResourceContext): Promise<void> {
  const { Versions = [] } = await call('iam', 'ListPolicyVersions', { PolicyArn: id });
  const versions = [...Versions].reverse();
  const others = versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion);
  for (const { VersionId } of others.slice(0, Math.max(0, versions.length - kept))) {
    await unlessGone(call('iam', 'DeletePolicyVersion', { PolicyArn: id, VersionId }));
  }
}

async function stateOf(id: string, { call }: ResourceContext): Promise<ResourceState> {
  const { Policy } = await call('iam', 'GetPolicy', { PolicyArn: id });
  return {
    attributes: {
      PolicyArn: id,
      PolicyId: Policy?.PolicyId,
      DefaultVersionId: Policy?.DefaultVersionId,
      AttachmentCount: Policy?.AttachmentCount,
      PermissionsBoundaryUsageCount: Policy?.PermissionsBoundaryUsageCount,
      IsAttachable: Policy?.IsAttachable,
      CreateDate: Policy?.CreateDate?.toISOString(),
      UpdateDate: Policy?.UpdateDate?.toISOString(),
    },
  };
}

export const managedPolicy: ResourceType = {
  type: TYPE,
  newId: newArn,
  create: async (id, properties, context) => {
    await createOrFind(id, properties, context);
    await changeIdentities(id, properties, {}, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const PolicyDocument = policyText(properties, 'PolicyDocument');
    if (PolicyDocument !== policyText(previous, 'PolicyDocument')) {
      await dropVersions(id, VERSIONS_KEPT, context);
      await context.call('iam', 'CreatePolicyVersion', { PolicyArn: id, PolicyDocument, SetAsDefault: true });
    }
    await changeIdentities(id, properties, previous, context);
    return stateOf(id, context);
  },
  delete: async (id, properties, context) => {
    await changeIdentities(id, {}, properties, context);
    await unlessGone(dropVersions(id, 1, context));
    await unlessGone(context.call('iam', 'DeletePolicy', { PolicyArn: id }));
  },
};
