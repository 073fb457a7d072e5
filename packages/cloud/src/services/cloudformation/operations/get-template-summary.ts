import { isMap, textOf } from '../template/json.js';
import { parseTemplateText } from '../template/parse-text.js';
import { type ParameterDeclaration, parseTemplate, type Template } from '../template/template.js';
import { namedAccess, templateUrlKey } from './access.js';
import { findStack } from './find-stack.js';
import { Input } from './input.js';
import { checkTemplate, requiredCapability } from './read-definition.js';
import { readTemplateText } from './read-template-text.js';
import { cloudFormationOperation } from './state.js';

export const getTemplateSummary = cloudFormationOperation({
  name: 'GetTemplateSummary',
  parse: (raw) => {
    const input = new Input(raw);
    return { input, name: input.text('StackName') };
  },
  access: (row) => [namedAccess(row, 'GetTemplateSummary', templateUrlKey)],
  handle: async ({ input, name }, call, state) => {
    const text =
      name === undefined
        ? await readTemplateText(input, undefined, call, state)
        : (await findStack(name, call, state)).definition.template;
    const template = parseTemplate(text);
    checkTemplate(template, state);
    const resources = Object.entries(template.resources);
    return {
      ...shownTemplate(text, template),
      ResourceTypes: [...new Set(resources.map(([, { type }]) => type))],
      ResourceIdentifierSummaries: [],
    };
  },
});

/** The description of a template that GetTemplateSummary and ValidateTemplate share. */
export function shownTemplate(text: string, template: Template): object {
  const capability = requiredCapability(template);
  const root = parseTemplateText(text);
  const version = isMap(root) ? root.AWSTemplateFormatVersion : undefined;
  return {
    Description: template.description,
    Parameters: Object.entries(template.parameters).map(([key, declared]) => shownParameter(key, declared)),
    Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
    Version: version === undefined ? undefined : textOf(version),
    ...(capability !== undefined && {
      Capabilities: [capability],
      CapabilitiesReason: `The following resource(s) require capabilities: [${iamTypes(template).join(', ')}]`,
    }),
    DeclaredTransforms: [],
  };
}

function iamTypes(template: Template): readonly string[] {
  const types = Object.values(template.resources).map(({ type }) => type);
  return [...new Set(types.filter((type) => type.startsWith('AWS::IAM::')))];
}

function shownParameter(key: string, declared: ParameterDeclaration): object {
  return {
    ParameterKey: key,
    ParameterType: declared.type,
    DefaultValue: declared.default === undefined ? undefined : textOf(declared.default),
    NoEcho: declared.noEcho,
    Description: declared.description,
    ParameterConstraints: { AllowedValues: declared.allowedValues },
  };
}
