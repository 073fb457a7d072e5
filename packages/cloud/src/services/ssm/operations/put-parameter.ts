import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { type Members, membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { principalArn } from '../../../core/principal.js';
import { parameterAccess } from '../parameter-access.js';
import { checkName } from '../parameter-name.js';
import { newest, type ParameterStore, type ParameterType, type ParameterVersion } from '../parameter-store.js';
import { readTags } from '../tag.js';

const TYPES: readonly string[] = ['String', 'StringList', 'SecureString'] satisfies ParameterType[];
const KEPT_VERSIONS = 100;
const MAX_BYTES = { Standard: 4096, Advanced: 8192 };

function typeOf(members: Members): ParameterType | undefined {
  const type = members.text('Type');
  if (type === undefined || TYPES.includes(type)) return type as ParameterType | undefined;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${type}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]`,
  );
}

function tierOf(members: Members, value: string): 'Standard' | 'Advanced' {
  const asked = members.text('Tier') ?? 'Standard';
  const size = Buffer.byteLength(value);
  const tier = asked === 'Intelligent-Tiering' ? (size > MAX_BYTES.Standard ? 'Advanced' : 'Standard') : asked;
  if (tier !== 'Standard' && tier !== 'Advanced') {
    throw new AwsError('ValidationException', `Value '${tier}' at 'tier' failed to satisfy constraint`);
  }
  if (size > MAX_BYTES[tier]) {
    throw new AwsError(
      'ValidationException',
      `${tier} tier parameters support a maximum parameter value of ${MAX_BYTES[tier]} characters.${tier === 'Standard' ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.' : ''}`,
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

function parse(raw: unknown) {
  const members = membersOf(raw);
  if (members.has('Policies') && members.text('Policies') !== '') {
    throw new AwsError('ValidationException', 'The local cloud does not support Policies of parameters');
  }
  const name = members.neededText('Name');
  checkName(name);
  const value = members.neededText('Value');
  const allowedPattern = members.text('AllowedPattern');
  checkPattern(allowedPattern, value);
  const dataType = members.text('DataType') ?? 'text';
  if (dataType !== 'text') {
    throw new AwsError('ValidationException', `The local cloud does not support the data type ${dataType}`);
  }
  const overwrite = members.flag('Overwrite') ?? false;
  const tags = readTags(members.structures('Tags'));
  if (overwrite && Object.keys(tags).length > 0) {
    throw new AwsError(
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  const description = members.text('Description');
  const keyId = members.text('KeyId');
  return {
    name,
    value,
    type: typeOf(members),
    overwrite,
    tags,
    tier: tierOf(members, value),
    dataType,
    ...(description !== undefined && { description }),
    ...(allowedPattern !== undefined && { allowedPattern }),
    ...(keyId !== undefined && { keyId }),
  };
}

export const putParameter = operation<ParameterStore>()({
  name: 'PutParameter',
  parse,
  access: (row) => [
    parameterAccess(row, 'PutParameter', ({ name }) => [name], {
      ...requestTags(({ tags }) => tags),
      'ssm:Overwrite': ({ input }) => String(input.overwrite),
    }),
    parameterAccess(row, 'AddTagsToResource', ({ name, tags }) => (Object.keys(tags).length > 0 ? [name] : []), {
      ...requestTags(({ tags }) => tags),
    }),
  ],
  handle: ({ name, overwrite, tags, type: asked, ...values }, call, parameters) =>
    parameters.change(async () => {
      const existing = await parameters.get(call, name);
      if (existing && !overwrite) {
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      const previous = existing && newest(existing);
      const type = asked ?? previous?.type;
      if (!type) throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
      const version: ParameterVersion = {
        ...values,
        ...(type === 'SecureString' && { keyId: values.keyId ?? previous?.keyId ?? 'alias/aws/ssm' }),
        type,
        version: (previous?.version ?? 0) + 1,
        modified: parameters.now(),
        user: principalArn(call.principal),
      };
      const versions = [...(existing?.versions ?? []), version].slice(-KEPT_VERSIONS);
      await parameters.put(call, { name, versions, tags: existing?.tags ?? tags });
      return { Version: version.version, Tier: version.tier };
    }),
});
