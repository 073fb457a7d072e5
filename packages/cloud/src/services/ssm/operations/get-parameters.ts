import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { allSelectedAccess } from '../parameter-access.js';
import { type ParameterOutput, readParameter } from '../parameter-output.js';
import type { ParameterStore } from '../parameter-store.js';

const NOT_FOUND = new Set(['ParameterNotFound', 'ParameterVersionNotFound']);

export const getParameters = operation<ParameterStore>()({
  name: 'GetParameters',
  parse: (raw) => {
    const members = membersOf(raw);
    const names = members.texts('Names');
    if (names.length === 0 || names.length > 10) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length between 1 and 10`,
      );
    }
    return { names, decrypt: members.flag('WithDecryption') ?? false };
  },
  access: (row) => [allSelectedAccess(row, 'GetParameters')],
  handle: async ({ names, decrypt }, call, parameters) => {
    const found: ParameterOutput[] = [];
    const invalid: string[] = [];
    for (const name of new Set(names)) {
      try {
        found.push(await readParameter(name, decrypt, call, parameters));
      } catch (error) {
        if (!(error instanceof AwsError) || !NOT_FOUND.has(error.code)) throw error;
        invalid.push(name);
      }
    }
    return { Parameters: found, InvalidParameters: invalid };
  },
});
