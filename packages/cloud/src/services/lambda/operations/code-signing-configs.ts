import { requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { pageOf } from '../../../kit/page.js';
import { type CodeSigningConfig, codeSigningConfiguration } from '../code-signing/code-signing-configs.js';
import { functionArn } from '../functions/function-name.js';
import { conflict, invalidMarker } from '../lambda-error.js';
import { anyAccess, type LambdaRow, lambdaOperation } from '../service-state.js';
import { newTags } from '../tags.js';

const ARN = {
  max: 200,
  pattern:
    /arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}/,
};
const SETTINGS = {
  Description: { max: 256 },
  AllowedPublishers: { members: { SigningProfileVersionArns: { min: 1, max: 20 } } },
  CodeSigningPolicies: { members: { UntrustedArtifactOnDeployment: { values: ['Warn', 'Enforce'] } } },
};
const LARGEST_PAGE = 10_000;

const parseArn = ({ CodeSigningConfigArn: arn }: { readonly CodeSigningConfigArn: string }) => ({ arn });

const configAccess = <Input extends { readonly arn: string }>(row: LambdaRow<Input>, action: string) =>
  row({
    action: `lambda:${action}`,
    type: 'code signing config',
    on: ({ arn: resource }) => ({ resource }),
    keys: { 'aws:ResourceTag/*': async ({ input, state }) => (await state.codeSigning.find(input.arn))?.tags },
  });

const described = (config: CodeSigningConfig) => ({ CodeSigningConfig: codeSigningConfiguration(config) });

export const createCodeSigningConfig = lambdaOperation({
  name: 'CreateCodeSigningConfig',
  limits: SETTINGS,
  parse: (input) => ({ ...input, tags: input.Tags ?? {} }),
  access: (row) => [
    row({
      action: 'lambda:CreateCodeSigningConfig',
      on: () => ({ resource: '*' }),
      keys: requestTags(({ tags }) => tags),
    }),
  ],
  handle: async ({ AllowedPublishers, CodeSigningPolicies, Description, tags }, call, { codeSigning, context }) => {
    const { account, region, resourceId } = call;
    const config: CodeSigningConfig = {
      arn: resourceId ?? `arn:aws:lambda:${region}:${account}:code-signing-config:csc-${randomId.lower(17)}`,
      description: Description ?? '',
      publishers: AllowedPublishers.SigningProfileVersionArns,
      untrusted: CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? 'Warn',
      tags: newTags(tags, call),
      modified: context.now(),
    };
    await codeSigning.put(config);
    return described(config);
  },
});

export const updateCodeSigningConfig = lambdaOperation({
  name: 'UpdateCodeSigningConfig',
  limits: { ...SETTINGS, CodeSigningConfigArn: ARN },
  parse: (input) => ({ ...input, ...parseArn(input) }),
  access: (row) => [configAccess(row, 'UpdateCodeSigningConfig')],
  handle: async ({ arn, AllowedPublishers, CodeSigningPolicies, Description }, _call, { codeSigning, context }) =>
    described(
      await codeSigning.change(arn, (before) => ({
        ...before,
        description: Description ?? before.description,
        publishers: AllowedPublishers?.SigningProfileVersionArns ?? before.publishers,
        untrusted: CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? before.untrusted,
        modified: context.now(),
      })),
    ),
});

export const getCodeSigningConfig = lambdaOperation({
  name: 'GetCodeSigningConfig',
  limits: { CodeSigningConfigArn: ARN },
  parse: parseArn,
  access: (row) => [configAccess(row, 'GetCodeSigningConfig')],
  handle: async ({ arn }, _call, { codeSigning }) => described(await codeSigning.get(arn)),
});

export const deleteCodeSigningConfig = lambdaOperation({
  name: 'DeleteCodeSigningConfig',
  limits: { CodeSigningConfigArn: ARN },
  parse: parseArn,
  access: (row) => [configAccess(row, 'DeleteCodeSigningConfig')],
  handle: async ({ arn }, call, { codeSigning, functions }) => {
    await codeSigning.get(arn);
    const used = (await functions.list(call)).some(({ codeSigningConfigArn }) => codeSigningConfigArn === arn);
    if (used) throw conflict(`The code signing configuration ${arn} is in use by at least one function.`);
    await codeSigning.delete(arn);
  },
});

export const listCodeSigningConfigs = lambdaOperation({
  name: 'ListCodeSigningConfigs',
  limits: { MaxItems: { min: 1, max: LARGEST_PAGE } },
  access: (row) => [anyAccess(row, 'ListCodeSigningConfigs')],
  handle: async ({ Marker, MaxItems = LARGEST_PAGE }, call, { codeSigning }) => {
    const { items, next } = pageOf(await codeSigning.list(call), {
      keyOf: ({ arn }) => arn,
      limit: MaxItems,
      token: Marker,
      of: ['ListCodeSigningConfigs'],
      refuse: invalidMarker,
    });
    return { CodeSigningConfigs: items.map(codeSigningConfiguration), NextMarker: next };
  },
});

export const listFunctionsByCodeSigningConfig = lambdaOperation({
  name: 'ListFunctionsByCodeSigningConfig',
  limits: { CodeSigningConfigArn: ARN, MaxItems: { min: 1, max: LARGEST_PAGE } },
  parse: ({ Marker, MaxItems, ...input }) => ({ ...parseArn(input), Marker, MaxItems }),
  access: (row) => [configAccess(row, 'ListFunctionsByCodeSigningConfig')],
  handle: async ({ arn, Marker, MaxItems = LARGEST_PAGE }, call, { codeSigning, functions }) => {
    await codeSigning.get(arn);
    const users = (await functions.list(call)).filter(({ codeSigningConfigArn }) => codeSigningConfigArn === arn);
    const { items, next } = pageOf(users, {
      keyOf: ({ name }) => name,
      limit: MaxItems,
      token: Marker,
      of: ['ListFunctionsByCodeSigningConfig', arn],
      refuse: invalidMarker,
    });
    return {
      FunctionArns: items.map(({ name }) => functionArn({ ...call, name, qualifier: undefined })),
      NextMarker: next,
    };
  },
});
