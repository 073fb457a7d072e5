import { type PropertyChange, propertyChanges, recreationOf, replaces } from '../spec/property-changes.js';
import { resourceTypeSpec } from '../spec/resource-spec.js';
import type { CausedPropertyChange, ChangeCause, ResourceChange } from '../stack/change-set.js';
import { deployedTemplate } from '../stack/deployed-template.js';
import type { StackDefinition, StackResource } from '../stack/stack.js';
import type { StackExport } from '../stack/stack-store.js';
import { evaluate, KNOWN_AFTER_APPLY, type ResourceValues } from '../template/evaluate.js';
import { dependencyGraph, type Graph } from '../template/graph.js';
import { isMap, type Json, type JsonMap, own, sameValue } from '../template/json.js';
import type { ResourceDeclaration, Template } from '../template/template.js';
import { causesOf, changedParameters, type ResourceFate, type Surroundings } from './change-causes.js';
import { maskedAt, maskedProperties } from './masked-properties.js';
import { resourceValues, type StackIdentity, stackEvaluation } from './stack-evaluation.js';

export interface PlanInput {
  readonly template: Template;
  readonly definition: StackDefinition;
  readonly stack: StackIdentity;
  /** The definition that is deployed; none for a stack that is to be created. */
  readonly previous?: StackDefinition | undefined;
  /** The resources as they are; none for a stack that is to be created. */
  readonly resources: readonly StackResource[];
  readonly exports: readonly StackExport[];
}

/** Both `Ref` and every attribute of a resource that does not exist yet. */
const UNKNOWN: ResourceValues = { ref: KNOWN_AFTER_APPLY, attribute: () => KNOWN_AFTER_APPLY };

/**
 * The changes that a deployment would make, in order. Pure.
 * @throws AwsError ValidationError if the template's functions cannot be evaluated
 */
export function planChanges(input: PlanInput): readonly ResourceChange[] {
  const { template, definition, stack, previous, resources, exports } = input;
  const before = definitionBefore(previous);
  const existing = new Map(resources.filter(({ physicalId }) => physicalId !== '').map((one) => [one.logicalId, one]));
  const fates = new Map<string, ResourceFate>();
  const atDeployment = stackEvaluation(template, definition, stack, exports, (logicalId) => {
    const resource = existing.get(logicalId);
    if (!resource || fates.get(logicalId) === 'replaced')
      return own(template.resources, logicalId) ? UNKNOWN : undefined;
    const { ref, attribute } = resourceValues(resource);
    return { ref, attribute: (name) => attributeOrUnknown(attribute, name) };
  });
  // An export that is not there yet may be there when the change set is executed.
  let missingExport: string | undefined;
  const importValue = (name: string) => {
    if (exports.some((one) => one.name === name)) return atDeployment.importValue(name);
    missingExport ??= name;
    return KNOWN_AFTER_APPLY;
  };
  const evaluation = { ...atDeployment, importValue };
  const graph = dependencyGraph(template, evaluation.condition);
  const surroundings: Surroundings = {
    parameters: changedParameters(template, definition, before),
    fates,
    condition: evaluation.condition,
  };
  const changes: ResourceChange[] = [];
  const add = (change: ResourceChange): void => {
    changes.push(missingExport === undefined ? change : { ...change, missingExport });
  };
  for (const logicalId of inOrder(graph)) {
    const declared = template.resources[logicalId];
    if (!declared) continue;
    missingExport = undefined;
    const evaluated = evaluate(declared.properties, evaluation);
    const properties = isMap(evaluated) ? evaluated : {};
    const masked = maskedProperties(declared.properties, template, evaluation);
    const current = existing.get(logicalId);
    const change = current
      ? withMask(
          modification(
            current,
            declared,
            own(before?.template.resources ?? {}, logicalId),
            properties,
            definition,
            surroundings,
          ),
          current.masked,
          masked,
        )
      : addition(logicalId, declared, masked ?? properties);
    if (change) add(change);
    if (change?.action === 'Modify') fates.set(logicalId, fateOf(change));
  }
  for (const { value, condition } of Object.values(template.outputs)) {
    if (condition === undefined || evaluation.condition(condition)) evaluate(value, evaluation);
  }
  for (const resource of existing.values()) {
    if (graph.has(resource.logicalId)) continue;
    changes.push(removal(resource, before && declaredBefore(resource.logicalId, before, input)));
  }
  return changes;
}

/** An attribute that the resource did not have when it was last deployed may be there after the next deployment. */
function attributeOrUnknown(
  attribute: ResourceValues['attribute'],
  name: string,
): ReturnType<ResourceValues['attribute']> {
  try {
    return attribute(name);
  } catch {
    return KNOWN_AFTER_APPLY;
  }
}

function addition(logicalId: string, declared: ResourceDeclaration, properties: JsonMap): ResourceChange {
  return {
    action: 'Add',
    logicalId,
    type: declared.type,
    properties: [],
    attributes: [],
    after: JSON.stringify({ Properties: properties }),
  };
}

/** The properties of a resource that goes, from its template: AWS does not say what its references stood for. */
function declaredBefore(
  logicalId: string,
  { template, definition }: NonNullable<ReturnType<typeof definitionBefore>>,
  { stack, exports }: PlanInput,
): JsonMap | undefined {
  const declared = own(template.resources, logicalId);
  if (!declared) return undefined;
  const evaluation = stackEvaluation(template, definition, stack, exports, () => UNKNOWN);
  try {
    const properties =
      maskedProperties(declared.properties, template, evaluation) ?? evaluate(declared.properties, evaluation);
    return isMap(properties ?? null) ? (properties as JsonMap) : undefined;
  } catch {
    // An export may have gone since.
    return undefined;
  }
}

function definitionBefore(definition: StackDefinition | undefined) {
  return definition && { definition, template: deployedTemplate(definition) };
}

function removal(resource: StackResource, properties: JsonMap | undefined): ResourceChange {
  return {
    action: 'Remove',
    logicalId: resource.logicalId,
    type: resource.type,
    physicalId: resource.physicalId,
    properties: [],
    attributes: [],
    before: JSON.stringify({ Properties: properties ?? resource.masked ?? resource.properties }),
    policyAction: resource.deletionPolicy === 'Delete' ? 'Delete' : 'Retain',
  };
}

function modification(
  current: StackResource,
  declared: ResourceDeclaration,
  before: ResourceDeclaration | undefined,
  properties: JsonMap,
  definition: StackDefinition,
  surroundings: Surroundings,
): ResourceChange | undefined {
  const causesAt = (name: string) => causesOf(own(declared.properties, name) ?? null, surroundings);
  const changed = propertyChanges(declared.type, current.properties, properties)
    .map((change) => withCauses(change, causesAt(change.name)))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const taggable = resourceTypeSpec(declared.type)?.tags !== undefined;
  const attributes = [
    ...(sameValue(current.metadata, declared.metadata) ? [] : (['Metadata'] as const)),
    ...(['DeletionPolicy', 'UpdateReplacePolicy'] as const).filter(
      (policy) => before && !sameValue(before.stated[policy], declared.stated[policy]),
    ),
    ...(taggable && !sameValue(current.stackTags, definition.tags) ? (['Tags'] as const) : []),
  ];
  const perhaps = perhapsChanged(declared, new Set(changed.map(({ name }) => name)), causesAt);
  const onlyPerhaps = changed.length === 0 && attributes.length === 0;
  if (onlyPerhaps && perhaps.length === 0) return undefined;
  const metadataCauses = causesOf(declared.metadata ?? null, surroundings);
  const replaced = replaces(changed);
  return {
    action: 'Modify',
    logicalId: current.logicalId,
    type: declared.type,
    physicalId: current.physicalId,
    replacement: replaced
      ? 'True'
      : [...changed, ...perhaps].some(({ recreation }) => recreation !== 'Never')
        ? 'Conditional'
        : 'False',
    properties: changed,
    ...(perhaps.length > 0 && { perhaps }),
    ...(onlyPerhaps && { onlyPerhaps }),
    ...(metadataCauses.length > 0 && { metadataCauses }),
    attributes,
    before: JSON.stringify({ Properties: current.properties }),
    after: JSON.stringify({ Properties: properties }),
    ...(replaced && {
      policyAction:
        declared.updateReplacePolicy === 'Delete' ? ('ReplaceAndDelete' as const) : ('ReplaceAndRetain' as const),
    }),
  };
}

function withCauses(change: PropertyChange, causes: readonly ChangeCause[]): CausedPropertyChange {
  return causes.length > 0 ? { ...change, causes } : change;
}

/** The change without the values of NoEcho parameters, before and after. */
function withMask(
  change: ResourceChange | undefined,
  before: JsonMap | undefined,
  after: JsonMap | undefined,
): ResourceChange | undefined {
  if (!change || (!before && !after)) return change;
  const shown = (value: Json | undefined, masked: JsonMap | undefined, path: string) =>
    value === undefined || !masked ? value : maskedAt(masked, path);
  return {
    ...change,
    properties: change.properties.map((property) => ({
      ...property,
      before: shown(property.before, before, property.path),
      after: shown(property.after, after, property.path),
    })),
    before: before ? JSON.stringify({ Properties: before }) : change.before,
    after: after ? JSON.stringify({ Properties: after }) : change.after,
  };
}

/** The properties that only the deployment will know to be changed. */
function perhapsChanged(
  { type, properties }: ResourceDeclaration,
  changed: ReadonlySet<string>,
  causesAt: (name: string) => readonly ChangeCause[],
): readonly CausedPropertyChange[] {
  return Object.keys(properties).flatMap((name) => {
    const causes = causesAt(name).filter(({ evaluation }) => evaluation === 'Dynamic');
    if (causes.length === 0 || changed.has(name)) return [];
    return [{ name, path: `/Properties/${name}`, recreation: recreationOf(type, name), causes }];
  });
}

function fateOf({ replacement }: ResourceChange): ResourceFate {
  if (replacement === 'True') return 'replaced';
  return replacement === 'Conditional' ? 'perhaps replaced' : 'modified';
}

/** Every resource after all that it needs. */
export function inOrder(graph: Graph): readonly string[] {
  const ordered = new Set<string>();
  const add = (id: string): void => {
    if (ordered.has(id)) return;
    for (const need of graph.get(id) ?? []) add(need);
    ordered.add(id);
  };
  for (const id of graph.keys()) add(id);
  return [...ordered];
}
