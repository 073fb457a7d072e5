import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { decodeToken, pageOf } from '../page.js';
import { parameterAccess } from '../parameter-access.js';
import { isBelow, parameterFilter } from '../parameter-filter.js';
import { parameterOutput } from '../parameter-output.js';
import { newest, type ParameterRecord, type ParameterStore } from '../parameter-store.js';

const PAGE = 10;

export const getParametersByPath = operation<ParameterStore>()({
  name: 'GetParametersByPath',
  parse: (raw) => {
    const members = membersOf(raw);
    const path = members.neededText('Path');
    if (!path.startsWith('/')) {
      throw new AwsError(
        'ValidationException',
        `The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can't be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.`,
      );
    }
    return {
      path,
      recursive: members.flag('Recursive') ?? false,
      decrypt: members.flag('WithDecryption') ?? false,
      filters: members.structures('ParameterFilters').map(parameterFilter),
      size: Math.min(members.integer('MaxResults') ?? PAGE, PAGE),
      after: decodeToken(members.text('NextToken')),
    };
  },
  access: (row) => [
    parameterAccess(row, 'GetParametersByPath', ({ path }) => [path], {
      'ssm:Recursive': ({ input }) => String(input.recursive),
    }),
  ],
  handle: async ({ path, recursive, decrypt, filters, size, after }, call, parameters) => {
    async function* matching(): AsyncIterable<ParameterRecord> {
      for await (const record of parameters.list(call, path === '/' ? '' : path, after)) {
        if (isBelow(record.name, path, recursive) && filters.every((passes) => passes(record))) yield record;
      }
    }
    const { page, nextToken } = await pageOf(matching(), size);
    const found = page.map((record) => parameterOutput(record, newest(record), decrypt, call, parameters));
    return { Parameters: await Promise.all(found), ...(nextToken !== undefined && { NextToken: nextToken }) };
  },
});
