import { anything, requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { pageOf } from '../../../kit/page.js';
import { withTags } from '../../../kit/tags.js';
import { invalidParameter, invalidToken } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import { PAGE_TOKEN, POOL_ID, POOL_NAME, POOL_PAGE } from '../limits.js';
import { type PoolRecord, poolArn } from '../pools/pool-record.js';
import { fixedOf, settingsOf, shownSettings } from '../pools/pool-settings.js';
import { customAttributes, newSchema, schemaOf } from '../pools/schema.js';
import { cognitoOperation, onPool } from '../service-state.js';
import { warnOfSenders } from '../triggers/custom-senders.js';
import { POOL_TAGS } from './tagging.js';

const POLICIES = {
  members: {
    PasswordPolicy: {
      members: { MinimumLength: { min: 6, max: 99 }, TemporaryPasswordValidityDays: { min: 0, max: 365 } },
    },
  },
};

/** A pool as it is shown. */
export function poolOutput({ record, domain, users }: Pool) {
  const { id, name, settings, fixed, tags, created, modified } = record;
  return {
    Id: id,
    Name: name,
    Arn: poolArn(record),
    ...shownSettings(settings),
    ...fixed,
    SchemaAttributes: [...schemaOf(record)],
    EstimatedNumberOfUsers: users.size,
    ...(Object.keys(tags).length > 0 && { UserPoolTags: { ...tags } }),
    ...(domain && (domain.certificateArn === undefined ? { Domain: domain.domain } : { CustomDomain: domain.domain })),
    CreationDate: new Date(created),
    LastModifiedDate: new Date(modified),
  };
}

export const createUserPool = cognitoOperation({
  name: 'CreateUserPool',
  limits: { PoolName: POOL_NAME, Policies: POLICIES },
  access: (row) => [
    row({
      action: 'cognito-idp:CreateUserPool',
      on: anything,
      keys: {
        ...requestTags(({ UserPoolTags }) => UserPoolTags),
        // A pool that does not exist yet has no tags.
        'aws:ResourceTag/*': () => undefined,
      },
    }),
  ],
  handle: async (input, call, { store, context }) => {
    const id = call.resourceId ?? `${call.region}_${randomId.mixed(9)}`;
    const now = context.now();
    const record: PoolRecord = {
      id,
      account: call.account,
      region: call.region,
      name: input.PoolName,
      settings: settingsOf(input),
      fixed: fixedOf(input),
      schema: newSchema(input.Schema),
      tags: withTags({}, input.UserPoolTags ?? {}, POOL_TAGS, call),
      mfa: {},
      created: now,
      modified: now,
    };
    await store.change({ kind: 'pool', poolId: id, name: '', value: record });
    warnOfSenders(context, id, input.LambdaConfig);
    return { UserPool: poolOutput(store.get(call, id)) };
  },
});

export const describeUserPool = cognitoOperation({
  name: 'DescribeUserPool',
  limits: { UserPoolId: POOL_ID },
  access: (row) => [onPool(row, 'DescribeUserPool')],
  handle: ({ UserPoolId }, call, { store }) => ({ UserPool: poolOutput(store.get(call, UserPoolId)) }),
});

export const updateUserPool = cognitoOperation({
  name: 'UpdateUserPool',
  limits: { UserPoolId: POOL_ID, PoolName: POOL_NAME, Policies: POLICIES },
  access: (row) => [
    onPool(
      row,
      'UpdateUserPool',
      requestTags(({ UserPoolTags }) => UserPoolTags),
    ),
  ],
  handle: async (input, call, { store, context }) => {
    const { record } = store.get(call, input.UserPoolId);
    const { UserPoolTags } = input;
    const value: PoolRecord = {
      ...record,
      name: input.PoolName ?? record.name,
      settings: settingsOf(input),
      tags: UserPoolTags ? withTags({}, UserPoolTags, POOL_TAGS, call) : record.tags,
      modified: context.now(),
    };
    await store.change({ kind: 'pool', poolId: record.id, name: '', value });
    warnOfSenders(context, record.id, input.LambdaConfig);
  },
});

export const deleteUserPool = cognitoOperation({
  name: 'DeleteUserPool',
  limits: { UserPoolId: POOL_ID },
  access: (row) => [onPool(row, 'DeleteUserPool')],
  handle: async ({ UserPoolId }, call, { store, messages }) => {
    const pool = store.get(call, UserPoolId);
    if (pool.record.settings.DeletionProtection === 'ACTIVE') {
      throw invalidParameter(
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      );
    }
    if (pool.domain) {
      throw invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.');
    }
    await store.deletePool(pool);
    await messages.forget(pool.record);
  },
});

export const listUserPools = cognitoOperation({
  name: 'ListUserPools',
  limits: { MaxResults: POOL_PAGE, NextToken: PAGE_TOKEN },
  access: (row) => [row({ action: 'cognito-idp:ListUserPools', on: anything })],
  handle: ({ MaxResults, NextToken }, call, { store }) => {
    const { items, next } = pageOf(store.list(call), {
      keyOf: ({ record }) => record.id,
      limit: MaxResults,
      token: NextToken,
      of: ['ListUserPools'],
      refuse: invalidToken,
    });
    const UserPools = items.map(({ record: { id, name, settings, created, modified } }) => ({
      Id: id,
      Name: name,
      LambdaConfig: settings.LambdaConfig ?? {},
      CreationDate: new Date(created),
      LastModifiedDate: new Date(modified),
    }));
    return { UserPools, NextToken: next };
  },
});

export const addCustomAttributes = cognitoOperation({
  name: 'AddCustomAttributes',
  limits: { UserPoolId: POOL_ID, CustomAttributes: { min: 1, max: 25 } },
  access: (row) => [onPool(row, 'AddCustomAttributes')],
  handle: async ({ UserPoolId, CustomAttributes }, call, { store, context }) => {
    const { record } = store.get(call, UserPoolId);
    const added = customAttributes(CustomAttributes, record.schema);
    const value = { ...record, schema: [...record.schema, ...added], modified: context.now() };
    await store.change({ kind: 'pool', poolId: record.id, name: '', value });
  },
});
