import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { neededText, texts } from '../../../kit/properties.js';
import { added, policyText, unlessGone } from './properties.js';

const NOUNS = ['Group', 'Role', 'User'] as const;

function refuseWithoutIdentity(properties: Properties): void {
  if (NOUNS.some((noun) => texts(properties, `${noun}s`).length > 0)) return;
  throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
}

async function put(properties: Properties, { call }: ResourceContext): Promise<void> {
  refuseWithoutIdentity(properties);
  const PolicyName = neededText(properties, 'PolicyName');
  const PolicyDocument = policyText(properties, 'PolicyDocument');
  for (const noun of NOUNS) {
    for (const name of texts(properties, `${noun}s`)) {
      await call('iam', `Put${noun}Policy`, { [`${noun}Name`]: name, PolicyName, PolicyDocument });
    }
  }
}

/** Deletes the policy from the identities of the properties that are not among `kept`. */
async function remove(properties: Properties, kept: Properties, { call }: ResourceContext): Promise<void> {
  const PolicyName = neededText(properties, 'PolicyName');
  for (const noun of NOUNS) {
    for (const name of added(texts(kept, `${noun}s`), texts(properties, `${noun}s`))) {
      await unlessGone(call('iam', `Delete${noun}Policy`, { [`${noun}Name`]: name, PolicyName }));
    }
  }
}

/** An inline policy of one or more identities. Its physical id names the resource, not the policy. */
export const policy: ResourceType = {
  type: 'AWS::IAM::Policy',
  // CloudFormation cuts the id of a policy to five letters of the stack and five of the logical id.
  maxNameLength: 24,
  create: async (id, properties, context) => {
    await put(properties, context);
    return { attributes: { Id: id } };
  },
  update: async (id, properties, previous, context) => {
    await put(properties, context);
    const renamed = neededText(properties, 'PolicyName') !== neededText(previous, 'PolicyName');
    await remove(previous, renamed ? {} : properties, context);
    return { attributes: { Id: id } };
  },
  delete: async (_id, properties, context) => {
    // AWS refuses the deletion as well, so that the stack can only be deleted without the policy.
    refuseWithoutIdentity(properties);
    await remove(properties, {}, context);
  },
};
