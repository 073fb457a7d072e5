import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { AnyResourceType, Properties, ResourceContext, ResourceState } from '../../../core/resource-type.js';
import type { Store } from '../../../core/store.js';
import { resourceTypeSpec } from '../spec/resource-spec.js';
import { recordedCategory } from './categories.js';
import { nameProperty, recordedAttributes, recordedId } from './recorded-state.js';

/** Whose a recorded resource is. */
interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
  readonly properties: Properties;
}

/**
 * The one implementation of every recorded type: nothing is made, the resource is kept under its id. A name that another
 * stack has taken is refused, as AWS refuses it.
 * @returns undefined for a type that is not recorded
 */
export function recordedType(type: string, store: Store): AnyResourceType | undefined {
  if (recordedCategory(type) === undefined || resourceTypeSpec(type) === undefined) return undefined;
  return recordedResources(type, store);
}

/** Records resources of any type that the specification knows. */
export function recordedResources(type: string, store: Store): AnyResourceType {
  const areaOf = ({ account, region }: ResourceContext) => store.area(account, region, 'recorded').area(type);
  const stateOf = (id: string, properties: Properties, context: ResourceContext): ResourceState => ({
    attributes: recordedAttributes(type, id, properties, context),
  });
  const keep = (id: string, properties: Properties, context: ResourceContext) =>
    areaOf(context).batch([{ key: id, value: { stackId: context.stackId, logicalId: context.logicalId, properties } }]);
  const named = nameProperty(type);
  return {
    type,
    ...defined({ nameProperty: named }),
    newId: (properties: Properties, context) => recordedId(type, properties, context),
    create: async (id, properties: Properties, context) => {
      const before = await areaOf(context).get<Owner>(id);
      const isOwn = before?.stackId === context.stackId && before.logicalId === context.logicalId;
      if (before && !isOwn && named !== undefined && properties[named] !== undefined) {
        throw new AwsError('AlreadyExists', `Resource of type '${type}' with identifier '${id}' already exists.`, 409);
      }
      await keep(id, properties, context);
      return stateOf(id, properties, context);
    },
    update: async (id, properties: Properties, _previous: Properties, context) => {
      await keep(id, properties, context);
      return stateOf(id, properties, context);
    },
    delete: async (id, _properties: Properties, context) => {
      const before = await areaOf(context).get<Owner>(id);
      if (before?.stackId === context.stackId && before.logicalId === context.logicalId) {
        await areaOf(context).batch([{ key: id, value: undefined }]);
      }
    },
  };
}
