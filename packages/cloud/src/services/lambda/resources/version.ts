import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { parseFunctionName } from '../functions/function-name.js';
import { invalidParameter } from '../lambda-error.js';
import { type Provisioned, provision } from './provisioned.js';

interface VersionProperties extends Properties, Provisioned {
  readonly Description?: string;
  readonly CodeSha256?: string;
  readonly RuntimePolicy?: object;
}

const SUPPORTED = ['FunctionName', 'Description', 'CodeSha256', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'];

async function publish(id: string, properties: VersionProperties, context: ResourceContext): Promise<ResourceState> {
  const unknown = Object.keys(properties).filter((name) => !SUPPORTED.includes(name));
  if (unknown.length > 0) throw invalidParameter(`The local cloud does not support ${unknown.join(', ')} of a version`);
  const { Version, FunctionArn } = await context.call('lambda', 'PublishVersion', properties, id);
  await provision(properties, Version ?? '', undefined, context);
  if (properties.RuntimePolicy) {
    const { FunctionName, RuntimePolicy } = properties;
    await context.call('lambda', 'PutRuntimeManagementConfig', { FunctionName, Qualifier: Version, ...RuntimePolicy });
  }
  return { ref: FunctionArn, attributes: { FunctionArn, Version } };
}

/**
 * A published version. Its number is not known before it is made, so the physical id is kept with it, by which it is
 * found again to be deleted.
 */
export const version: ResourceType<VersionProperties> = {
  type: 'AWS::Lambda::Version',
  create: publish,
  // Every property of a version is replaced with it.
  update: (id, properties, _previous, context) => publish(id, properties, context),
  delete: async (id, { FunctionName }, context) => {
    const { name } = parseFunctionName(FunctionName, undefined, context);
    await unlessGone(context.call('lambda', 'DeleteFunction', { FunctionName: name }, id));
  },
};
