import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { functionArn, parseFunctionName } from '../functions/function-name.js';
import { invalidParameter } from '../lambda-error.js';
import { type Provisioned, provision } from './provisioned.js';

interface AliasProperties extends Properties, Provisioned {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: readonly {
      readonly FunctionVersion: string;
      readonly FunctionWeight: number;
    }[];
  };
}

const SUPPORTED = [
  'FunctionName',
  'Name',
  'FunctionVersion',
  'Description',
  'RoutingConfig',
  'ProvisionedConcurrencyConfig',
];

/** The members of CreateAlias and UpdateAlias, absent ones with their defaults. */
function members(properties: AliasProperties, context: ResourceContext) {
  const unknown = Object.keys(properties).filter((name) => !SUPPORTED.includes(name));
  if (unknown.length > 0) throw invalidParameter(`The local cloud does not support ${unknown.join(', ')} of an alias`);
  const weights = properties.RoutingConfig?.AdditionalVersionWeights ?? [];
  return {
    FunctionName: parseFunctionName(properties.FunctionName, undefined, context).name,
    Name: properties.Name,
    FunctionVersion: properties.FunctionVersion,
    Description: properties.Description ?? '',
    RoutingConfig: {
      AdditionalVersionWeights: Object.fromEntries(
        weights.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, FunctionWeight]),
      ),
    },
  };
}

const stateOf = (arn: string): ResourceState => ({ ref: arn, attributes: { AliasArn: arn } });

export const alias: ResourceType<AliasProperties> = {
  type: 'AWS::Lambda::Alias',
  newId: ({ FunctionName, Name }, context) => {
    const { name } = parseFunctionName(FunctionName, undefined, context);
    return functionArn({ account: context.account, region: context.region, name, qualifier: Name });
  },
  create: async (id, properties, context) => {
    const input = members(properties, context);
    try {
      await context.call('lambda', 'CreateAlias', input, id);
    } catch (error) {
      if (!failedWith(error, 'ResourceConflictException')) throw error;
      // An alias has no tags to tell whose it is; one that says just what is wanted is a create that was cut off.
      const found = await context.call('lambda', 'GetAlias', input);
      if (found.FunctionVersion !== input.FunctionVersion || found.Description !== input.Description) throw error;
    }
    await provision(properties, properties.Name, undefined, context);
    return stateOf(id);
  },
  update: async (id, properties, previous, context) => {
    await context.call('lambda', 'UpdateAlias', members(properties, context));
    await provision(properties, properties.Name, previous, context);
    return stateOf(id);
  },
  delete: (_id, properties, context) => {
    const { name } = parseFunctionName(properties.FunctionName, undefined, context);
    return unlessGone(context.call('lambda', 'DeleteAlias', { FunctionName: name, Name: properties.Name }));
  },
};
