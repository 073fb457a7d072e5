import { checkContent } from '#parts/tooling';
import { type Content, isSource } from './content.js';

/**
 * The description of a content in the inventory, under this name: its schema, and the source whose events wrap it.
 * @throws DeclarationError for invalid content, which JavaScript code may declare
 */
export function contentOptions(name: string, content: Content): object {
  checkContent(name, content);
  if (content === String) return { text: true };
  if (!isSource(content)) return { [name]: content };
  const { kind, options } = content;
  return { carries: kind, [name]: options.message ?? options.detail };
}
