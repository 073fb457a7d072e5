import { parseTemplate } from '../vtl/parse.js';
import { type LazyScope, renderMapping } from './scope.js';

/** A mapping template; the scope is only made where it is needed. */
export type MappingTemplate = (payload: () => string, scope: LazyScope) => string;

/** Compiles a template. What is wrong with it is said when it is rendered, as on AWS. */
export function compileMapping(text: string): MappingTemplate {
  if (!/[$#\\]/.test(text)) return () => text;
  let parsed: ReturnType<typeof parseTemplate> | undefined;
  return (payload, scope) => {
    parsed ??= parseTemplate(text);
    return renderMapping(parsed, payload(), scope.value);
  };
}

export function compileMappings(texts: Readonly<Record<string, string>>): Readonly<Record<string, MappingTemplate>> {
  return Object.fromEntries(Object.entries(texts).map(([type, text]) => [type.toLowerCase(), compileMapping(text)]));
}
