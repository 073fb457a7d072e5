import type { EvaluationType, ResourceChangeDetail, ResourceTargetDefinition } from '@aws-sdk/client-cloudformation';
import type { CausedPropertyChange, ChangeCause, ResourceChange } from '../stack/change-set.js';
import type { Json } from '../template/json.js';

/**
 * The changes of a change set as DescribeChangeSet answers them. With property values it shows what is known to change;
 * without them also what may change.
 */
export function shownChanges(changes: readonly ResourceChange[], values: boolean) {
  return changes
    .filter(({ onlyPerhaps }) => !(values && onlyPerhaps))
    .map((change) => ({ Type: 'Resource' as const, ResourceChange: shownChange(change, values) }));
}

function shownChange(change: ResourceChange, values: boolean) {
  const properties = [...change.properties, ...(values ? [] : (change.perhaps ?? []))];
  return {
    PolicyAction: change.policyAction,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: values ? knownReplacement(change) : change.replacement,
    Scope: [...new Set([...(properties.length > 0 ? (['Properties'] as const) : []), ...change.attributes])].sort(),
    Details: [
      ...change.attributes.flatMap((attribute) =>
        shownDetails(
          { Attribute: attribute, RequiresRecreation: 'Never' },
          attribute === 'Metadata' ? change.metadataCauses : undefined,
          values,
        ),
      ),
      ...properties.flatMap((property) => shownDetails(targetOf(property, values), property.causes, values)),
    ],
    ...(values && { BeforeContext: change.before, AfterContext: change.after }),
  };
}

/** The replacement as far as the known changes go. */
function knownReplacement({ replacement, properties }: ResourceChange): ResourceChange['replacement'] {
  const known = replacement !== 'Conditional' || properties.some(({ recreation }) => recreation !== 'Never');
  return known ? replacement : 'False';
}

/** One detail for each cause, and one for the template's own change: with causes AWS cannot tell whether there is one. */
function shownDetails(target: ResourceTargetDefinition, causes: readonly ChangeCause[] = [], values: boolean) {
  const caused = causes.map(({ entity, source, evaluation }) => ({
    Target: target,
    Evaluation: evaluation,
    ChangeSource: source,
    CausingEntity: entity,
  }));
  const own = (evaluation: EvaluationType): ResourceChangeDetail => ({
    Target: target,
    Evaluation: evaluation,
    ChangeSource: 'DirectModification',
  });
  if (causes.length === 0) return [own('Static')];
  if (causes.some(({ source }) => source === 'ParameterReference')) return [...caused, own('Dynamic')];
  return values ? [own('Dynamic'), ...caused] : caused;
}

function targetOf(
  { name, path, before, after, recreation }: CausedPropertyChange,
  values: boolean,
): ResourceTargetDefinition {
  const attributeChangeType = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify';
  return {
    Attribute: 'Properties',
    Name: name,
    RequiresRecreation: recreation,
    ...(values && {
      Path: path,
      BeforeValue: textOf(before),
      AfterValue: textOf(after),
      AttributeChangeType: attributeChangeType,
    }),
  };
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value);
}
