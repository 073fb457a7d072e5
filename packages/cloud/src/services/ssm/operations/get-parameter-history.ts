import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { selectedAccess } from '../parameter-access.js';
import { parseSelector } from '../parameter-name.js';
import { parameterOutput } from '../parameter-output.js';
import type { ParameterStore } from '../parameter-store.js';

const PAGE = 50;

export const getParameterHistory = operation<ParameterStore>()({
  name: 'GetParameterHistory',
  parse: (raw) => {
    const members = membersOf(raw);
    return {
      name: members.neededText('Name'),
      decrypt: members.flag('WithDecryption') ?? false,
      size: Math.min(members.integer('MaxResults') ?? PAGE, PAGE),
      after: Number(members.text('NextToken') ?? 0),
    };
  },
  access: (row) => [selectedAccess(row, 'GetParameterHistory')],
  handle: async ({ name, decrypt, size, after }, call, parameters) => {
    const record = await parameters.get(call, parseSelector(name, call).name);
    if (!record) throw new AwsError('ParameterNotFound', '');
    const rest = record.versions.filter(({ version }) => version > after);
    const page = rest.slice(0, size).map(async (version) => ({
      ...(await parameterOutput(record, version, decrypt, call, parameters)),
      LastModifiedUser: version.user,
      Tier: version.tier,
      Labels: [],
      Policies: [],
      ...(version.description !== undefined && { Description: version.description }),
      ...(version.allowedPattern !== undefined && { AllowedPattern: version.allowedPattern }),
      ...(version.keyId !== undefined && { KeyId: version.keyId }),
    }));
    const last = rest[size - 1];
    return {
      Parameters: await Promise.all(page),
      ...(rest.length > size && last && { NextToken: String(last.version) }),
    };
  },
});
