import { parseTemplate, type Template } from '../template/template.js';
import type { StackDefinition } from './stack.js';

/** The template from which the resources of a stack follow. */
export function deployedTemplate({ template, processed }: StackDefinition): Template {
  return parseTemplate(processed ?? template);
}
