import { pageOf } from '../../../kit/page.js';
import { selectedAccess } from '../parameter-access.js';
import { parseSelector } from '../parameter-name.js';
import { parameterOutput } from '../parameter-output.js';
import { ssmOperation } from '../service-state.js';
import { invalidToken, parameterNotFound } from '../ssm-error.js';

const MAX_RESULTS = 50;

export const getParameterHistory = ssmOperation({
  name: 'GetParameterHistory',
  limits: { Name: { min: 1 }, MaxResults: { min: 1, max: MAX_RESULTS } },
  parse: ({ Name, WithDecryption = false, MaxResults = MAX_RESULTS, NextToken }, scope) => ({
    selected: parseSelector(Name, scope),
    decrypt: WithDecryption,
    limit: MaxResults,
    token: NextToken,
  }),
  access: (row) => [selectedAccess(row, 'GetParameterHistory')],
  handle: async ({ selected, decrypt, limit, token }, call, parameters) => {
    const record = await parameters.get(call, selected.name);
    if (!record) throw parameterNotFound();
    const { items, next } = pageOf(record.versions, {
      keyOf: ({ version }) => String(version).padStart(10, '0'),
      limit,
      token,
      of: ['GetParameterHistory', record.name],
      refuse: invalidToken,
    });
    const found = items.map(async (version) => ({
      ...(await parameterOutput(record, version, decrypt, call, parameters)),
      LastModifiedUser: version.user,
      Description: version.description,
      AllowedPattern: version.allowedPattern,
      KeyId: version.keyId,
      Tier: version.tier,
      Labels: [],
      Policies: [],
    }));
    return { Parameters: await Promise.all(found), NextToken: next };
  },
});
