import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface ConfigProperties extends Properties {
  readonly FunctionName: string;
  readonly Qualifier: string;
}

/** Settings that the template does not have are removed. */
async function put(properties: ConfigProperties, { call }: ResourceContext): Promise<ResourceState> {
  await call('lambda', 'PutFunctionEventInvokeConfig', properties);
  return {};
}

/** AWS::Lambda::EventInvokeConfig. Its physical id tells nothing; a function has one for each qualifier. */
export const eventInvokeConfig: ResourceType<ConfigProperties> = {
  type: 'AWS::Lambda::EventInvokeConfig',
  create: (_id, properties, context) => put(properties, context),
  update: (_id, properties, _previous, context) => put(properties, context),
  delete: (_id, { FunctionName, Qualifier }, { call }) =>
    unlessGone(call('lambda', 'DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier })),
};
