import type { StackOutput } from '../stack/stack.js';
import type { StackExport } from '../stack/stack-store.js';
import { evaluate } from '../template/evaluate.js';
import { isList, isMap, textOf } from '../template/json.js';
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
      ...(declared.description !== undefined && { description: declared.description }),
      ...(exportName !== undefined && { exportName: textOf(exportName) }),
    });
  }
  return outputs;
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
