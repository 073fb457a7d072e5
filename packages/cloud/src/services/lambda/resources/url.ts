import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { functionArn, parseFunctionName } from '../functions/function-name.js';
import { urlHost } from '../urls/function-url.js';

interface UrlProperties extends Properties {
  readonly TargetFunctionArn: string;
  readonly Qualifier?: string;
  readonly AuthType: string;
  readonly InvokeMode?: string;
  readonly Cors?: object;
}

const targetOf = ({ TargetFunctionArn: FunctionName, Qualifier }: UrlProperties) => ({ FunctionName, Qualifier });

/** AWS's own address is stored in the stack; what a stack tells is put into the local form on its way out. */
function stateOf(id: string, FunctionUrl: string | undefined, { region }: ResourceContext): ResourceState {
  const urlId = /([a-z0-9]{32})/.exec(FunctionUrl ?? '')?.[1] ?? '';
  const host = urlHost({ id: urlId, region });
  return { attributes: { FunctionArn: id, FunctionUrl: `https://${host}/` } };
}

/** AWS::Lambda::Url. Its physical id is the ARN of the function or alias. */
export const url: ResourceType<UrlProperties> = {
  type: 'AWS::Lambda::Url',
  newId: ({ TargetFunctionArn, Qualifier }, context) => {
    const { account, region, name, qualifier } = parseFunctionName(TargetFunctionArn, Qualifier, context);
    return functionArn({ account, region, name, qualifier });
  },
  create: async (id, properties, context) => {
    const { TargetFunctionArn: _, ...settings } = properties;
    const input = { ...settings, ...targetOf(properties) };
    const { FunctionUrl } = await context.call('lambda', 'CreateFunctionUrlConfig', input, id);
    return stateOf(id, FunctionUrl, context);
  },
  update: async (id, properties, _previous, context) => {
    const { AuthType, InvokeMode = 'BUFFERED', Cors = {} } = properties;
    const input = { ...targetOf(properties), AuthType, InvokeMode, Cors };
    const { FunctionUrl } = await context.call('lambda', 'UpdateFunctionUrlConfig', input);
    return stateOf(id, FunctionUrl, context);
  },
  delete: (_id, properties, { call }) => unlessGone(call('lambda', 'DeleteFunctionUrlConfig', targetOf(properties))),
};
