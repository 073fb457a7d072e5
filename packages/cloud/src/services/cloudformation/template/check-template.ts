import type { ResourceTypes } from '../resource-types.js';
import { hasAttribute, resourceTypeSpec } from '../spec/resource-spec.js';
import { checkReferences } from './check-references.js';
import { own } from './json.js';
import { checkParameterTypes } from './parameters.js';
import { references } from './references.js';
import type { Template } from './template.js';
import { validationError } from './template-error.js';

type TypeStandings = Pick<ResourceTypes, 'standing'>;

/**
 * Checks a template by itself, without values for its parameters.
 * @throws AwsError ValidationError
 */
export function checkTemplate(template: Template, resourceTypes: TypeStandings): void {
  checkParameterTypes(template);
  checkReferences(template);
  // A template may contain an unsupported AWS type as long as no condition creates it.
  refuseUnknownTypes(template, resourceTypes);
  for (const { type, deletionPolicy, updateReplacePolicy } of Object.values(template.resources)) {
    for (const [name, policy] of Object.entries({ deletionPolicy, updateReplacePolicy })) {
      // A recorded resource has nothing to take a snapshot of.
      if (policy !== 'Snapshot' || resourceTypes.standing(type) === 'recorded') continue;
      const words = name === 'deletionPolicy' ? 'deletion policy' : 'update replace policy';
      throw validationError(`Template error: resource type ${type} does not support ${words} Snapshot`);
    }
  }
  checkAttributes(template);
}

/** Types that AWS does not have either. */
function refuseUnknownTypes(template: Template, resourceTypes: TypeStandings): void {
  const types = new Set(Object.values(template.resources).map(({ type }) => type));
  const unknown = [...types].filter((type) => resourceTypes.standing(type) === 'unknown');
  if (unknown.length === 0) return;
  throw validationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
}

/** Attributes in properties; those in outputs are refused when the stack is deployed. */
function checkAttributes(template: Template): void {
  for (const { properties } of Object.values(template.resources)) {
    for (const { name, attribute } of references(properties)) {
      const declared = attribute === undefined ? undefined : own(template.resources, name);
      if (
        declared &&
        attribute !== undefined &&
        resourceTypeSpec(declared.type) &&
        !hasAttribute(declared.type, attribute)
      ) {
        throw validationError(
          `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
        );
      }
    }
  }
}
