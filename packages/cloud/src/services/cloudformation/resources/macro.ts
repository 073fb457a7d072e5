import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import type { Store } from '../../../core/store.js';
import { type Macro, MacroStore } from '../stack/macro-store.js';

/** AWS::CloudFormation::Macro: a function that templates of the account and region name as a transform. */
export function macro(store: Store): ResourceType {
  const macros = new MacroStore(store);
  const put = async (name: string, { FunctionName }: Properties, context: ResourceContext) => {
    const { stackId, logicalId } = context;
    await macros.put({ name, functionName: String(FunctionName), stackId, logicalId }, context);
    return {};
  };
  const isOwn = (found: Macro, { stackId, logicalId }: ResourceContext): boolean =>
    found.stackId === stackId && found.logicalId === logicalId;
  return {
    type: 'AWS::CloudFormation::Macro',
    nameProperty: 'Name',
    create: async (name, properties, context) => {
      const found = await macros.find(name, context);
      if (found && !isOwn(found, context)) {
        throw new AwsError('AlreadyExists', `Transform already exists: ${context.account}::${name}`, 409);
      }
      return put(name, properties, context);
    },
    update: (name, properties, _previous, context) => put(name, properties, context),
    delete: async (name, _properties, context) => {
      const found = await macros.find(name, context);
      if (found && isOwn(found, context)) await macros.delete(name, context);
    },
  };
}
