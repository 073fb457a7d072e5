import { parseTemplate, type Template } from '../template/template.js';
import type { StackDefinition } from './stack.js';

/** The template of a stack whose macros failed. */
export const EMPTY_TEMPLATE: Template = {
  parameters: {},
  mappings: {},
  conditions: {},
  rules: {},
  resources: {},
  outputs: {},
};

/** The template from which the resources of a stack follow. */
export function deployedTemplate({ template, processed, transformFailure }: StackDefinition): Template {
  if (transformFailure !== undefined) return EMPTY_TEMPLATE;
  return parseTemplate(processed ?? template);
}
