import { partitionOf } from '../../../core/partition.js';
import type { Stack, StackDefinition, StackResource } from '../stack/stack.js';
import type { StackExport } from '../stack/stack-store.js';
import { conditionLookup } from '../template/conditions.js';
import type { Evaluation, ResourceValues } from '../template/evaluate.js';
import { isMap, type Json, own } from '../template/json.js';
import { parameterJson } from '../template/parameters.js';
import type { Template } from '../template/template.js';
import { validationError } from '../template/template-error.js';

/** The identity of a stack: enough for pseudo parameters. */
export type StackIdentity = Pick<Stack, 'id' | 'name' | 'account' | 'region'>;

/** Values of parameters and pseudo parameters. */
export function stackValues(
  template: Pick<Template, 'parameters'>,
  definition: Pick<StackDefinition, 'notificationArns' | 'parameters'>,
  stack: StackIdentity,
): ReadonlyMap<string, Json> {
  const { name: partition, urlSuffix } = partitionOf(stack.region);
  const values = new Map<string, Json>([
    ['AWS::AccountId', stack.account],
    ['AWS::NotificationARNs', definition.notificationArns],
    ['AWS::Partition', partition],
    ['AWS::Region', stack.region],
    ['AWS::StackId', stack.id],
    ['AWS::StackName', stack.name],
    ['AWS::URLSuffix', urlSuffix],
  ]);
  for (const value of definition.parameters) {
    const declared = own(template.parameters, value.key);
    if (declared) values.set(value.key, parameterJson(value, declared));
  }
  return values;
}

/** Evaluates the parts of a stack's template. `imports` collects the exports that were asked for. */
export interface StackEvaluation extends Evaluation {
  readonly imports: Set<string>;
}

export function stackEvaluation(
  template: Template,
  definition: StackDefinition,
  stack: StackIdentity,
  exports: readonly StackExport[],
  resource: (logicalId: string) => ResourceValues | undefined,
): StackEvaluation {
  const values = stackValues(template, definition, stack);
  const imports = new Set<string>();
  return {
    values,
    mappings: template.mappings,
    condition: conditionLookup(template.conditions, { values, mappings: template.mappings }),
    resource,
    imports,
    importValue: (name) => {
      const found = exports.find((one) => one.name === name && one.stackId !== stack.id);
      if (!found) throw validationError(`No export named ${name} found. Rollback requested by user.`);
      imports.add(name);
      return found.value;
    },
  };
}

/** The values of `Ref` and `Fn::GetAtt` for an existing resource. */
export function resourceValues(resource: StackResource): ResourceValues {
  return {
    ref: resource.ref,
    attribute: (name) => {
      // Every property that can be read is an attribute too.
      const value = attributeAt(resource.attributes, name) ?? attributeAt(resource.properties, name);
      if (value === undefined) {
        throw validationError(
          `Template error: resource ${resource.logicalId} does not support attribute type ${name} in Fn::GetAtt`,
        );
      }
      return value;
    },
  };
}

/** Attributes of attributes are named by dots: `SnapStartResponse.ApplyOn`. */
function attributeAt(attributes: Json, name: string): Json | undefined {
  if (!isMap(attributes)) return undefined;
  const whole = own(attributes, name);
  if (whole !== undefined) return whole;
  const dot = name.indexOf('.');
  const inner = dot < 0 ? undefined : own(attributes, name.slice(0, dot));
  return inner === undefined ? undefined : attributeAt(inner, name.slice(dot + 1));
}
