import { AwsError } from '../../../core/aws-error.js';
import { allSelectedAccess } from '../parameter-access.js';
import { parseSelector } from '../parameter-name.js';
import { type ParameterOutput, readParameter } from '../parameter-output.js';
import { ssmOperation } from '../service-state.js';

const NOT_FOUND = new Set(['ParameterNotFound', 'ParameterVersionNotFound']);

export const getParameters = ssmOperation({
  name: 'GetParameters',
  limits: { Names: { min: 1, max: 10 } },
  parse: ({ Names, WithDecryption = false }, scope) => ({
    selected: [...new Set(Names)].map((name) => parseSelector(name, scope)),
    decrypt: WithDecryption,
  }),
  access: (row) => [allSelectedAccess(row, 'GetParameters')],
  handle: async ({ selected, decrypt }, call, parameters) => {
    const found: ParameterOutput[] = [];
    const invalid: string[] = [];
    for (const each of selected) {
      try {
        found.push(await readParameter(each, decrypt, call, parameters));
      } catch (error) {
        if (!(error instanceof AwsError) || !NOT_FOUND.has(error.code)) throw error;
        invalid.push(each.text);
      }
    }
    return { Parameters: found, InvalidParameters: invalid };
  },
});
