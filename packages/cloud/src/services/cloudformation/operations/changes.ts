import type { ResourceChange } from '../stack/change-set.js';
import { deployedTemplate } from '../stack/deployed-template.js';
import { shownRollbackConfiguration } from '../stack/rollback-configuration.js';
import type { Stack, StackDefinition } from '../stack/stack.js';
import { type Json, sameValue } from '../template/json.js';
import type { Template } from '../template/template.js';

/** True if a definition differs from the stack: in a resource, an output, a tag or an alarm that rolls it back. */
export function hasChanges(
  changes: readonly ResourceChange[],
  definition: StackDefinition,
  template: Template,
  stack: Stack,
): boolean {
  // A failed update that was not rolled back is to be finished even with the same template.
  if (
    changes.some(({ onlyPerhaps }) => !onlyPerhaps) ||
    stack.status === 'UPDATE_FAILED' ||
    stack.status === 'CREATE_FAILED'
  )
    return true;
  if (!sameValue({ ...definition.tags }, { ...stack.definition.tags })) return true;
  const [rollback, rollbackBefore] = [definition, stack.definition].map(({ rollbackConfiguration }) =>
    asJson(shownRollbackConfiguration(rollbackConfiguration)),
  );
  if (!sameValue(rollback, rollbackBefore)) return true;
  const before = deployedTemplate(stack.definition);
  return !sameValue(asJson(template.outputs), asJson(before.outputs));
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
