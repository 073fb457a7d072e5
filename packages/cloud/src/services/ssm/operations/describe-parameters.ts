import { pageOfRange } from '../../../kit/page.js';
import { parameterFilter } from '../parameter-filter.js';
import { parameterArn } from '../parameter-name.js';
import { newest, type ParameterRecord } from '../parameter-store.js';
import { ssmOperation } from '../service-state.js';
import { invalid, invalidToken } from '../ssm-error.js';

const MAX_RESULTS = 50;

export const describeParameters = ssmOperation({
  name: 'DescribeParameters',
  limits: { MaxResults: { min: 1, max: MAX_RESULTS } },
  parse: ({ Shared, Filters = [], ParameterFilters = [], MaxResults = MAX_RESULTS, NextToken }) => {
    if (Shared) throw invalid('The local cloud does not share parameters between accounts');
    // Filters is the older way to say ParameterFilters: an exact match.
    const filters = [...Filters, ...ParameterFilters];
    return { filters, passes: filters.map(parameterFilter), limit: MaxResults, token: NextToken };
  },
  access: (row) => [
    row({
      action: 'ssm:DescribeParameters',
      on: (_input, { account, region }) => ({ resource: `arn:aws:ssm:${region}:${account}:*` }),
    }),
  ],
  handle: async ({ filters, passes, limit, token }, call, parameters) => {
    async function* matching(after: string | undefined): AsyncIterable<ParameterRecord> {
      for await (const record of parameters.list(call, '', after)) {
        if (passes.every((matches) => matches(record))) yield record;
      }
    }
    const { items, next } = await pageOfRange(matching, {
      keyOf: ({ name }) => name,
      limit,
      token,
      of: ['DescribeParameters', filters],
      refuse: invalidToken,
    });
    return {
      Parameters: items.map((record) => {
        const { type, keyId, modified, user, description, allowedPattern, version, tier, dataType } = newest(record);
        return {
          Name: record.name,
          ARN: parameterArn(call, record.name),
          Type: type,
          KeyId: keyId,
          LastModifiedDate: new Date(modified),
          LastModifiedUser: user,
          Description: description,
          AllowedPattern: allowedPattern,
          Version: version,
          Tier: tier,
          Policies: [],
          DataType: dataType,
        };
      }),
      NextToken: next,
    };
  },
});
