import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { decodeToken, pageOf } from '../page.js';
import { parameterFilter } from '../parameter-filter.js';
import { parameterArn } from '../parameter-name.js';
import { newest, type ParameterRecord, type ParameterStore } from '../parameter-store.js';

const PAGE = 50;

export const describeParameters = operation<ParameterStore>()({
  name: 'DescribeParameters',
  parse: (raw) => {
    const members = membersOf(raw);
    if (members.flag('Shared')) {
      throw new AwsError('ValidationException', 'The local cloud does not share parameters between accounts');
    }
    // Filters is the older way to say ParameterFilters: an exact match.
    const legacy = members.structures('Filters');
    return {
      filters: [...legacy, ...members.structures('ParameterFilters')].map(parameterFilter),
      size: Math.min(members.integer('MaxResults') ?? PAGE, PAGE),
      after: decodeToken(members.text('NextToken')),
    };
  },
  access: (row) => [
    row({
      action: 'ssm:DescribeParameters',
      on: (_input, { account, region }) => ({ resource: `arn:aws:ssm:${region}:${account}:*` }),
    }),
  ],
  handle: async ({ filters, size, after }, call, parameters) => {
    async function* matching(): AsyncIterable<ParameterRecord> {
      for await (const record of parameters.list(call, '', after)) {
        if (filters.every((passes) => passes(record))) yield record;
      }
    }
    const { page, nextToken } = await pageOf(matching(), size);
    return {
      Parameters: page.map((record) => {
        const { type, keyId, modified, user, description, allowedPattern, version, tier, dataType } = newest(record);
        return {
          Name: record.name,
          ARN: parameterArn(call, record.name),
          Type: type,
          LastModifiedDate: new Date(modified),
          LastModifiedUser: user,
          Version: version,
          Tier: tier,
          Policies: [],
          DataType: dataType,
          ...(keyId !== undefined && { KeyId: keyId }),
          ...(description !== undefined && { Description: description }),
          ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
        };
      }),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    };
  },
});
