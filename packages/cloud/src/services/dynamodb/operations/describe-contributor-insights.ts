import { defined } from '../../../core/defined.js';
import { tableAccess } from '../access.js';
import { noSuchTable } from '../engine/errors.js';
import { OLD_TABLE } from '../input/rules.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface DescribeContributorInsightsInput extends TableInput {
  readonly IndexName?: string;
}

/** Nothing counts the keys that are asked for most: it is disabled for every table and index. */
export const describeContributorInsights = dynamoDbOperation({
  name: 'DescribeContributorInsights',
  parse: (raw) => parseInput<DescribeContributorInsightsInput>(raw, { types: { ...OLD_TABLE, IndexName: 'String' } }),
  access: (row) => [tableAccess(row, 'DescribeContributorInsights')],
  handle: async ({ TableName, IndexName }, call, state) => {
    if (!(await state.partition(call).findTable(TableName))) throw noSuchTable(TableName);
    return { TableName, ...defined({ IndexName }), ContributorInsightsStatus: 'DISABLED' };
  },
});
