import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { parsePolicy } from '../../../iam/index.js';
import { groupNameOf } from '../log-arn.js';
import { invalidParameter, page } from '../log-input.js';
import { normalizedPolicy } from '../normalized-policy.js';
import type { PolicyName, ResourcePolicy } from '../resource-policies.js';
import { logsOperation } from '../service-state.js';

const LONGEST = 5120;

/** @throws AwsError InvalidParameterException */
function checkDocument(document: string | undefined): string {
  if (document === undefined) throw invalidParameter('Policy document must be provided');
  try {
    // AWS keeps resources that are no ARNs.
    parsePolicy(document, 'resource', 'any');
  } catch (error) {
    if (error instanceof AwsError) throw invalidParameter(`The policy document is not valid: ${error.message}`);
    throw error;
  }
  return document;
}

/** The policy of an account by its name, or that of a log group. @throws AwsError InvalidParameterException */
function policyName(
  name: string | undefined,
  resourceArn: string | undefined,
): Pick<PolicyName, 'name' | 'resourceArn'> {
  if (resourceArn !== undefined) return { name: '', resourceArn: resourceArn.replace(/:\*$/, '') };
  if (name === undefined) throw invalidParameter('Policy name must be provided');
  return { name, resourceArn };
}

/** @throws AwsError OperationAbortedException where the policy of a log group has another revision */
function checkRevision(before: ResourcePolicy | undefined, expected: string | undefined): void {
  if (before?.resourceArn === undefined || before.revisionId === expected) return;
  throw new AwsError('OperationAbortedException', 'The revision ID that was provided is not the current one.');
}

const shown = ({ name, resourceArn, revisionId, document, updated }: ResourcePolicy) => ({
  ...(resourceArn === undefined ? { policyName: name } : { resourceArn, revisionId }),
  policyDocument: document,
  lastUpdatedTime: updated,
  policyScope: resourceArn === undefined ? ('ACCOUNT' as const) : ('RESOURCE' as const),
});

export const putResourcePolicy = logsOperation({
  name: 'PutResourcePolicy',
  limits: { policyDocument: { min: 1, max: LONGEST } },
  parse: ({ policyName: name, policyDocument, resourceArn, expectedRevisionId: expected }) => ({
    ...policyName(name, resourceArn),
    document: checkDocument(policyDocument),
    expected,
  }),
  access: (row) => [row({ action: 'logs:PutResourcePolicy', on: anything })],
  handle: async ({ name, resourceArn, document, expected }, { account, region }, { context, logs, policies }) => {
    const isOfGroup = resourceArn !== undefined;
    if (isOfGroup) await logs.group({ account, region }, groupNameOf(resourceArn));
    checkRevision(policies.find({ account, region, name, resourceArn }), expected);
    const revisionId = isOfGroup ? randomId.uuid() : undefined;
    const policy = { account, region, name, resourceArn, revisionId, document, updated: context.now() };
    await policies.put(policy);
    const of = isOfGroup ? resourceArn : name;
    context.reviewPolicy({ name: `the resource policy ${of} of CloudWatch Logs`, text: document, kind: 'resource' });
    return { resourcePolicy: shown(policy), revisionId };
  },
});

export const describeResourcePolicies = logsOperation({
  name: 'DescribeResourcePolicies',
  limits: { limit: { min: 1, max: 50 }, policyScope: { values: ['ACCOUNT', 'RESOURCE'] } },
  parse: ({ resourceArn, policyScope, ...rest }) => {
    if (policyScope === 'RESOURCE' && resourceArn === undefined) {
      throw invalidParameter('resourceArn must be provided for the policyScope RESOURCE.');
    }
    return { resourceArn: resourceArn?.replace(/:\*$/, ''), ...rest };
  },
  access: (row) => [row({ action: 'logs:DescribeResourcePolicies', on: anything })],
  handle: ({ resourceArn, limit = 50, nextToken: token }, call, { policies }) => {
    const all = policies.list(call, resourceArn);
    const of = ['DescribeResourcePolicies', resourceArn];
    const { items, next } = page(all, ({ name }) => name, { limit, token }, of);
    return {
      resourcePolicies: items.map((policy) => ({
        ...shown(policy),
        policyDocument: normalizedPolicy(policy.document),
      })),
      nextToken: next,
    };
  },
});

export const deleteResourcePolicy = logsOperation({
  name: 'DeleteResourcePolicy',
  parse: ({ policyName: name, resourceArn, expectedRevisionId: expected }) => ({
    ...policyName(name, resourceArn),
    expected,
  }),
  access: (row) => [row({ action: 'logs:DeleteResourcePolicy', on: anything })],
  handle: ({ name, resourceArn, expected }, { account, region }, { policies }) => {
    const policy = { account, region, name, resourceArn };
    checkRevision(policies.find(policy), expected);
    return policies.delete(policy);
  },
});
