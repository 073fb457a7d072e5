import { defined } from '../../../core/defined.js';
import { isUnknown } from '../template/evaluate.js';
import { isMap, type Json, type JsonMap, own, sameValue } from '../template/json.js';
import { definitionSpec, type PropertySpec, type PropertySpecs, resourceTypeSpec } from './resource-spec.js';

/** A property whose value differs, and what that does to the resource. */
export interface PropertyChange {
  readonly name: string;
  /** `/Properties/Code/S3Key` */
  readonly path: string;
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
  readonly recreation: 'Always' | 'Conditionally' | 'Never';
}

/** The changes between two sets of properties of one resource type, by the AWS resource specification. */
export function propertyChanges(type: string, before: JsonMap, after: JsonMap): readonly PropertyChange[] {
  const spec = resourceTypeSpec(type);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const path = `/Properties/${name}`;
    const property = spec && own(spec.properties, name);
    return changesAt(name, path, own(before, name), own(after, name), property, spec?.replacedBy);
  });
}

/** The effect of a change of a whole property on its resource. */
export function recreationOf(type: string, name: string): PropertyChange['recreation'] {
  const spec = resourceTypeSpec(type);
  const replaces = spec && own(spec.properties, name)?.replaces;
  return replaces === 'yes' ? 'Always' : replaces === 'maybe' ? 'Conditionally' : 'Never';
}

/** True if CloudFormation replaces the resource for these changes. */
export function replaces(changes: readonly PropertyChange[]): boolean {
  return changes.some(({ recreation }) => recreation === 'Always');
}

function changesAt(
  name: string,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
  spec: PropertySpec | undefined,
  replacedBy: readonly (readonly string[])[] | undefined,
): readonly PropertyChange[] {
  if (sameValue(before, after) && !(after !== undefined && isUnknown(after))) return [];
  if (spec?.type === 'object' && spec.replaces !== 'yes' && isMap(before) && isMap(after)) {
    return nestedChanges(name, path, before, after, definitionSpec(spec.definition), replacedBy);
  }
  const always = spec?.replaces === 'yes' || replacedBy?.some((names) => `/Properties/${names.join('/')}` === path);
  return [
    {
      name,
      path,
      ...defined({ before, after }),
      recreation: always ? 'Always' : spec?.replaces === 'maybe' ? 'Conditionally' : 'Never',
    },
  ];
}

function nestedChanges(
  name: string,
  path: string,
  before: JsonMap,
  after: JsonMap,
  specs: PropertySpecs,
  replacedBy: readonly (readonly string[])[] | undefined,
): readonly PropertyChange[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...members].flatMap((member) =>
    changesAt(name, `${path}/${member}`, own(before, member), own(after, member), own(specs, member), replacedBy),
  );
}
