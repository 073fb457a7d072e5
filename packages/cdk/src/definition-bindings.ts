import { unknownPlaceholder } from './errors/app.js';
import { GobletError } from './goblet-error.js';

/** CDK's values for the placeholders of a definition. */
export interface DefinitionBindings {
  readonly functionUri: (name: string) => string;
  readonly streamingUri: (name: string) => string;
  readonly userPoolArns: (authorizer: string) => readonly string[];
}

const PLACEHOLDER = /^\{\{goblet:(functionUri|streamingUri|userPoolArns):([\w.-]+)\}\}$/;

/** The definition with every placeholder replaced; a list of one `userPoolArns` placeholder becomes the list of ARNs. */
export function bindDefinition(definition: unknown, bindings: DefinitionBindings): unknown {
  if (typeof definition === 'string') return bindText(definition, bindings);
  if (Array.isArray(definition)) return definition.flatMap((item) => bindDefinition(item, bindings));
  if (typeof definition !== 'object' || definition === null) return definition;
  return Object.fromEntries(Object.entries(definition).map(([key, value]) => [key, bindDefinition(value, bindings)]));
}

function bindText(text: string, bindings: DefinitionBindings): unknown {
  const [, kind, name] = PLACEHOLDER.exec(text) ?? [];
  if (kind === undefined || name === undefined) return text;
  if (kind === 'functionUri') return bindings.functionUri(name);
  if (kind === 'streamingUri') return bindings.streamingUri(name);
  if (kind === 'userPoolArns') return bindings.userPoolArns(name);
  throw new GobletError(unknownPlaceholder(text));
}
