import { pageOfRange } from '../../../kit/page.js';
import { parameterAccess } from '../parameter-access.js';
import { isBelow, parameterFilter } from '../parameter-filter.js';
import { parameterOutput } from '../parameter-output.js';
import { newest, type ParameterRecord } from '../parameter-store.js';
import { ssmOperation } from '../service-state.js';
import { invalid, invalidToken } from '../ssm-error.js';

const MAX_RESULTS = 10;

export const getParametersByPath = ssmOperation({
  name: 'GetParametersByPath',
  limits: { Path: { min: 1 }, MaxResults: { min: 1, max: MAX_RESULTS } },
  parse: ({
    Path: path,
    Recursive: recursive = false,
    WithDecryption = false,
    ParameterFilters: filters = [],
    MaxResults = MAX_RESULTS,
    NextToken,
  }) => {
    if (!path.startsWith('/')) {
      throw invalid(
        `The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can't be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.`,
      );
    }
    const passes = filters.map(parameterFilter);
    return { path, recursive, decrypt: WithDecryption, filters, passes, limit: MaxResults, token: NextToken };
  },
  access: (row) => [
    parameterAccess(row, 'GetParametersByPath', ({ path }) => [path], {
      'ssm:Recursive': ({ input }) => String(input.recursive),
    }),
  ],
  handle: async ({ path, recursive, decrypt, filters, passes, limit, token }, call, parameters) => {
    async function* matching(after: string | undefined): AsyncIterable<ParameterRecord> {
      for await (const record of parameters.list(call, path === '/' ? '' : path, after)) {
        if (isBelow(record.name, path, recursive) && passes.every((matches) => matches(record))) yield record;
      }
    }
    const { items, next } = await pageOfRange(matching, {
      keyOf: ({ name }) => name,
      limit,
      token,
      of: ['GetParametersByPath', path, recursive, filters],
      refuse: invalidToken,
    });
    const found = items.map((record) => parameterOutput(record, newest(record), decrypt, call, parameters));
    return { Parameters: await Promise.all(found), NextToken: next };
  },
});
