import { randomId } from '../../../core/random-id.js';
import type { AnyResourceType, ResourceContext } from '../../../core/resource-type.js';
import { type JsonMap, own } from '../template/json.js';

const RANDOM = 12;

/** The physical id of a resource to be created: the type's own way, the name in the template, or a generated name. */
export function newPhysicalId(type: AnyResourceType, properties: JsonMap, context: ResourceContext): string {
  if (type.newId) return type.newId(properties, context);
  const name = givenName(type, properties);
  return name ?? generatedName(context.stackName, context.logicalId, type.maxNameLength ?? 255);
}

/** The name that the template gives the resource, if its type has names and it gives one. */
export function givenName(type: AnyResourceType, properties: JsonMap): string | undefined {
  const name = type.nameProperty === undefined ? undefined : own(properties, type.nameProperty);
  return typeof name === 'string' ? name : undefined;
}

/** `<stack>-<logical id>-<random>`, its middle cut so that it is no longer than the service allows. */
export function generatedName(stackName: string, logicalId: string, maxLength: number): string {
  const room = maxLength - RANDOM - 1;
  const readable = `${stackName}-${logicalId}`;
  if (readable.length <= room) return `${readable}-${randomId.upper(RANDOM)}`;
  // Both parts stay recognisable: the logical id's end holds what makes it unique.
  const ofStack = Math.min(stackName.length, Math.max(Math.floor(room / 2), room - logicalId.length - 1));
  const ofLogicalId = logicalId.slice(0, Math.max(0, room - ofStack - 1));
  return `${`${stackName.slice(0, ofStack)}-${ofLogicalId}`.slice(0, room)}-${randomId.upper(RANDOM)}`;
}
