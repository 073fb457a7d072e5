import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { parsePolicy } from '../../../iam/index.js';
import { invalidParameter, page } from '../log-input.js';
import type { ResourcePolicy } from '../resource-policies.js';
import { logsOperation } from '../service-state.js';

const LONGEST = 5120;

/** @throws AwsError InvalidParameterException */
function checkDocument(document: string | undefined): string {
  if (document === undefined) throw invalidParameter('Policy document must be provided');
  try {
    parsePolicy(document, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw invalidParameter(`The policy document is not valid: ${error.message}`);
    throw error;
  }
  return document;
}

function refuseResource(resourceArn: string | undefined): void {
  if (resourceArn !== undefined) throw invalidParameter('The local cloud does not support policies of one log group');
}

const output = ({ name, document, updated }: ResourcePolicy) => ({
  policyName: name,
  policyDocument: document,
  lastUpdatedTime: updated,
});

export const putResourcePolicy = logsOperation({
  name: 'PutResourcePolicy',
  limits: { policyDocument: { min: 1, max: LONGEST } },
  parse: ({ policyName, policyDocument, resourceArn }) => {
    refuseResource(resourceArn);
    if (policyName === undefined) throw invalidParameter('Policy name must be provided');
    return { name: policyName, document: checkDocument(policyDocument) };
  },
  access: (row) => [row({ action: 'logs:PutResourcePolicy', on: anything })],
  handle: async ({ name, document }, { account, region }, { context, policies }) => {
    const policy = { account, region, name, document, updated: context.now() };
    await policies.put(policy);
    context.reviewPolicy({ name: `the resource policy ${name} of CloudWatch Logs`, text: document, kind: 'resource' });
    return { resourcePolicy: output(policy) };
  },
});

export const describeResourcePolicies = logsOperation({
  name: 'DescribeResourcePolicies',
  limits: { limit: { min: 1, max: 50 } },
  access: (row) => [row({ action: 'logs:DescribeResourcePolicies', on: anything })],
  handle: ({ resourceArn, limit = 50, nextToken }, call, { policies }) => {
    refuseResource(resourceArn);
    const all = policies.list(call);
    const { items, next } = page(all, ({ name }) => name, { limit, token: nextToken }, ['DescribeResourcePolicies']);
    return { resourcePolicies: items.map(output), nextToken: next };
  },
});

export const deleteResourcePolicy = logsOperation({
  name: 'DeleteResourcePolicy',
  parse: ({ policyName, resourceArn }) => {
    refuseResource(resourceArn);
    if (policyName === undefined) throw invalidParameter('Policy name must be provided');
    return { name: policyName };
  },
  access: (row) => [row({ action: 'logs:DeleteResourcePolicy', on: anything })],
  handle: ({ name }, call, { policies }) => policies.delete(call, name),
});
