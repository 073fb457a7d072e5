import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { principalArn } from '../../../core/principal.js';
import { fromTagList, withTags } from '../../../kit/tags.js';
import { parameterAccess } from '../parameter-access.js';
import { checkName, checkNameLength } from '../parameter-name.js';
import { newest, type ParameterVersion } from '../parameter-store.js';
import { ssmOperation } from '../service-state.js';
import { invalid } from '../ssm-error.js';
import { PARAMETER_TAGS } from './tagging.js';

const KEPT_VERSIONS = 100;
const MAX_BYTES = { Standard: 4096, Advanced: 8192 };
const TYPES = ['SecureString', 'StringList', 'String'];
const TIERS = ['Intelligent-Tiering', 'Advanced', 'Standard'];

/** @throws AwsError ValidationException for a value that is too long for the tier */
function tierFor(value: string, asked: string): 'Standard' | 'Advanced' {
  const size = Buffer.byteLength(value);
  const needed = size > MAX_BYTES.Standard ? 'Advanced' : 'Standard';
  const tier = asked === 'Intelligent-Tiering' ? needed : asked === 'Advanced' ? 'Advanced' : 'Standard';
  if (size > MAX_BYTES[tier]) {
    const advice = ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.';
    throw invalid(
      `${tier} tier parameters support a maximum parameter value of ${MAX_BYTES[tier]} characters.${tier === 'Standard' ? advice : ''}`,
    );
  }
  return tier;
}

function checkPattern(pattern: string | undefined, value: string): void {
  if (pattern === undefined) return;
  let matches: boolean;
  try {
    matches = new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    throw new AwsError('InvalidAllowedPatternException', `The pattern ${pattern} is not a regular expression`);
  }
  if (!matches) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}

export const putParameter = ssmOperation({
  name: 'PutParameter',
  limits: {
    Name: { min: 1, max: 2048 },
    Description: { max: 1024 },
    Value: { min: 1 },
    Type: { values: TYPES },
    Tier: { values: TIERS },
    AllowedPattern: { max: 1024 },
    DataType: { max: 128 },
  },
  parse: (input) => {
    const { Name: name, Value: value, Tier = 'Standard', AllowedPattern: allowedPattern } = input;
    const { Overwrite: overwrite = false, DataType: dataType = 'text' } = input;
    if (input.Policies) throw invalid('The local cloud does not support Policies of parameters');
    checkName(name);
    checkPattern(allowedPattern, value);
    if (dataType !== 'text') throw invalid(`The local cloud does not support the data type ${dataType}`);
    const tags = fromTagList(input.Tags);
    if (overwrite && Object.keys(tags).length > 0) {
      throw invalid(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
      );
    }
    const { Type: type, Description: description, KeyId: keyId } = input;
    const tier = tierFor(value, Tier);
    return { name, overwrite, tags, type, keyId, values: { value, tier, dataType, description, allowedPattern } };
  },
  access: (row) => [
    parameterAccess(row, 'PutParameter', ({ name }) => [name], {
      ...requestTags(({ tags }) => tags),
      'ssm:Overwrite': ({ input }) => String(input.overwrite),
    }),
    parameterAccess(row, 'AddTagsToResource', ({ name, tags }) => (Object.keys(tags).length > 0 ? [name] : []), {
      ...requestTags(({ tags }) => tags),
    }),
  ],
  handle: ({ name, overwrite, tags, type: asked, keyId, values }, call, parameters) =>
    parameters.change(call, name, async (existing) => {
      checkNameLength(name, call);
      if (existing && !overwrite) {
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      const previous = existing && newest(existing);
      const type = asked ?? previous?.type;
      if (!type) throw invalid('A parameter type is required when you create a parameter.');
      const version: ParameterVersion = {
        ...values,
        keyId: type === 'SecureString' ? (keyId ?? previous?.keyId ?? 'alias/aws/ssm') : keyId,
        type,
        version: (previous?.version ?? 0) + 1,
        modified: parameters.now(),
        user: principalArn(call.principal),
      };
      await parameters.useKey(call, { ...version, name: existing?.name ?? name }, 'Encrypt');
      const versions = [...(existing?.versions ?? []), version].slice(-KEPT_VERSIONS);
      const all = existing?.tags ?? withTags({}, tags, PARAMETER_TAGS, call);
      await parameters.put(call, { name: existing?.name ?? name, versions, tags: all });
      return { Version: version.version, Tier: version.tier };
    }),
});
