import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import { parsePolicy } from '../../../iam/index.js';
import { arnAccess } from '../access.js';
import { validationError } from '../engine/errors.js';
import type { Partition } from '../engine/partition.js';
import type { Table } from '../engine/tables/table.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';
import { ResourceArn, type ResourceInput, tableNameOf } from './resource-arn.js';

interface PutResourcePolicyInput extends ResourceInput {
  readonly Policy: string;
  readonly ExpectedRevisionId?: string;
}

const arnOf = ({ ResourceArn: arn }: ResourceInput): string => arn;

/** Changes with the policy, and only with it. */
const revisionOf = (policy: string): string => createHash('sha256').update(policy).digest('hex').slice(0, 32);

const policyNotFound = (arn: string): AwsError =>
  new AwsError('PolicyNotFoundException', `Resource-based policy not found for the provided ResourceArn: ${arn}`);

async function tableOf(partition: Partition, { ResourceArn: arn }: ResourceInput, call: Call): Promise<Table> {
  const table = await partition.findTable(tableNameOf(arn, call));
  if (!table)
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: ResourceArn: ${arn} not found`);
  return table;
}

function checkRevision(table: Table, expected: string | undefined): void {
  if (expected === undefined) return;
  const current = table.resourcePolicy === undefined ? 'NO_POLICY' : revisionOf(table.resourcePolicy);
  if (current === expected) return;
  throw new AwsError('PolicyNotFoundException', 'The policy with the specified revision ID was not found');
}

function checkPolicy(policy: string): void {
  try {
    parsePolicy(policy, 'resource');
  } catch (error) {
    throw error instanceof AwsError ? validationError(`Invalid policy document: ${error.message}`) : error;
  }
}

export const putResourcePolicy = dynamoDbOperation({
  name: 'PutResourcePolicy',
  parse: (raw) =>
    parseInput<PutResourcePolicyInput>(raw, {
      types: { ResourceArn, Policy: { type: 'String', notNull: true }, ExpectedRevisionId: 'String' },
    }),
  access: (row) => [arnAccess(row, 'PutResourcePolicy', 'table', arnOf)],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(tableNameOf(input.ResourceArn, call), async () => {
      const table = await tableOf(partition, input, call);
      checkRevision(table, input.ExpectedRevisionId);
      checkPolicy(input.Policy);
      await partition.putTable({ ...table, resourcePolicy: input.Policy });
      state.reviewPolicy({ name: `the policy of ${table.arn}`, text: input.Policy, kind: 'resource' });
      return { RevisionId: revisionOf(input.Policy) };
    });
  },
});

export const getResourcePolicy = dynamoDbOperation({
  name: 'GetResourcePolicy',
  parse: (raw) => parseInput<ResourceInput>(raw, { types: { ResourceArn } }),
  access: (row) => [arnAccess(row, 'GetResourcePolicy', 'table', arnOf)],
  handle: async (input, call, state) => {
    const { resourcePolicy } = await tableOf(state.partition(call), input, call);
    if (resourcePolicy === undefined) throw policyNotFound(input.ResourceArn);
    return { Policy: resourcePolicy, RevisionId: revisionOf(resourcePolicy) };
  },
});

export const deleteResourcePolicy = dynamoDbOperation({
  name: 'DeleteResourcePolicy',
  parse: (raw) =>
    parseInput<ResourceInput & { readonly ExpectedRevisionId?: string }>(raw, {
      types: { ResourceArn, ExpectedRevisionId: 'String' },
    }),
  access: (row) => [arnAccess(row, 'DeleteResourcePolicy', 'table', arnOf)],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(tableNameOf(input.ResourceArn, call), async () => {
      const { resourcePolicy, ...table } = await tableOf(partition, input, call);
      checkRevision({ ...table, ...defined({ resourcePolicy }) }, input.ExpectedRevisionId);
      if (resourcePolicy === undefined) return {};
      await partition.putTable(table);
      return { RevisionId: revisionOf(resourcePolicy) };
    });
  },
});
