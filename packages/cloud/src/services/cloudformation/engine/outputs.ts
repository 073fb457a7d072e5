import { defined } from '../../../core/defined.js';
import { hasAttribute, resourceTypeSpec } from '../spec/resource-spec.js';
import type { StackOutput } from '../stack/stack.js';
import type { StackExport } from '../stack/stack-store.js';
import { evaluate } from '../template/evaluate.js';
import { isList, isMap, own, textOf } from '../template/json.js';
import { references } from '../template/references.js';
import type { Template } from '../template/template.js';
import { validationError } from '../template/template-error.js';
import type { Target } from './deploy.js';

/**
 * The values of a stack's outputs.
 * @throws AwsError where one is not a string, or its export's name is taken by another stack
 */
export function evaluateOutputs(
  { template, evaluation }: Target,
  stackId: string,
  exports: readonly StackExport[],
): readonly StackOutput[] {
  const outputs: StackOutput[] = [];
  for (const [key, declared] of Object.entries(template.outputs)) {
    if (declared.condition !== undefined && !evaluation.condition(declared.condition)) continue;
    const value = evaluate(declared.value, evaluation);
    if (value === undefined) continue;
    if (isMap(value) || isList(value) || value === null) {
      throw validationError(
        `Template format error: Output ${key} is malformed. The Value field must evaluate to a string`,
      );
    }
    const exportName = declared.exportName === undefined ? undefined : evaluate(declared.exportName, evaluation);
    if (exportName !== undefined) refuseTaken(textOf(exportName), stackId, exports, outputs);
    outputs.push({
      key,
      value: textOf(value),
      ...defined({ description: declared.description }),
      ...(exportName !== undefined && { exportName: textOf(exportName) }),
    });
  }
  return outputs;
}

/**
 * AWS looks at the attributes in outputs once a deployment has begun, before it makes anything.
 * @throws AwsError where a resource's type does not have one
 */
export function refuseUnknownAttributes(template: Template): void {
  for (const [key, { value }] of Object.entries(template.outputs)) {
    for (const { name, attribute, via } of references(value)) {
      const type = own(template.resources, name)?.type;
      if (type === undefined || attribute === undefined || !resourceTypeSpec(type) || hasAttribute(type, attribute)) {
        continue;
      }
      throw validationError(
        `[Error] /Outputs/${key}/Value/${via}: Resource type ${type} does not support attribute {${attribute}}. Rollback requested by user.`,
      );
    }
  }
}

function refuseTaken(
  name: string,
  stackId: string,
  exports: readonly StackExport[],
  outputs: readonly StackOutput[],
): void {
  const other = exports.find((one) => one.name === name && one.stackId !== stackId);
  if (other)
    throw validationError(
      `Export with name ${name} is already exported by stack ${other.stackName}. Rollback requested by user.`,
    );
  if (outputs.some(({ exportName }) => exportName === name)) {
    throw validationError(`Template format error: Output export ${name} is declared twice`);
  }
}
