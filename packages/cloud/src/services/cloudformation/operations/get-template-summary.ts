import { resourceTypeSpec } from '../spec/resource-spec.js';
import { requiredCapability } from '../template/capabilities.js';
import { checkTemplate } from '../template/check-template.js';
import { isMap, own, textOf } from '../template/json.js';
import { parseTemplateText } from '../template/parse-text.js';
import { type ParameterDeclaration, parseTemplate, type Template } from '../template/template.js';
import { validationError } from '../template/template-error.js';
import { declaredTransforms } from '../template/transforms.js';
import { namedAccess, templateUrlKey } from './access.js';
import { findStack } from './find-stack.js';
import { unlessEmpty } from './show-stack.js';
import { cloudFormationOperation } from './state.js';
import { parseTemplateSource, readTemplateText } from './template-source.js';

export const getTemplateSummary = cloudFormationOperation({
  name: 'GetTemplateSummary',
  parse: (input) => ({
    name: input.StackName,
    template: input.StackName === undefined ? parseTemplateSource(input) : ({ kind: 'previous' } as const),
  }),
  access: (row) => [namedAccess(row, 'GetTemplateSummary', templateUrlKey)],
  handle: async ({ name, template: source }, call, state) => {
    const stack = name === undefined ? undefined : await findStack(name, call, state);
    if (stack?.status === 'REVIEW_IN_PROGRESS') {
      throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
    }
    const text = await readTemplateText(source, stack?.definition.template, call, state);
    const template = parseTemplate(text);
    checkTemplate(template, state.resourceTypes);
    const resources = Object.entries(template.resources);
    return {
      ...shownTemplate(text, template),
      ResourceTypes: [...new Set(resources.map(([, { type }]) => type))],
      ResourceIdentifierSummaries: identifierSummaries(template),
    };
  },
});

/** By type, the resources and the properties by which each is known: an import of them asks for those. */
function identifierSummaries({ resources }: Template) {
  const declared = Object.entries(resources);
  const types = [...new Set(declared.map(([, { type }]) => type))];
  return types.map((type) => {
    const spec = resourceTypeSpec(type);
    const identifiers = (spec?.primaryIdentifier ?? []).filter((name) => own(spec?.properties ?? {}, name));
    return {
      ResourceType: type,
      LogicalResourceIds: declared.filter(([, one]) => one.type === type).map(([logicalId]) => logicalId),
      ResourceIdentifiers: unlessEmpty(identifiers),
    };
  });
}

/** The description of a template that GetTemplateSummary and ValidateTemplate share. */
export function shownTemplate(text: string, template: Template) {
  const capability = requiredCapability(template);
  const root = parseTemplateText(text);
  const version = isMap(root) ? root.AWSTemplateFormatVersion : undefined;
  return {
    Description: template.description,
    Parameters: Object.entries(template.parameters).map(([key, declared]) => shownParameter(key, declared)),
    Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
    Version: version === undefined ? '2010-09-09' : textOf(version),
    ...(capability !== undefined && {
      Capabilities: [capability],
      CapabilitiesReason: `The following resource(s) require capabilities: [${iamTypes(template).join(', ')}]`,
    }),
    DeclaredTransforms: unlessEmpty(isMap(root) ? declaredTransforms(root) : []),
  };
}

function iamTypes(template: Template): readonly string[] {
  const types = Object.values(template.resources).map(({ type }) => type);
  return [...new Set(types.filter((type) => type.startsWith('AWS::IAM::')))];
}

function shownParameter(key: string, declared: ParameterDeclaration) {
  return {
    ParameterKey: key,
    ParameterType: declared.type,
    DefaultValue: declared.default === undefined ? undefined : textOf(declared.default),
    NoEcho: declared.noEcho,
    Description: declared.description,
    ParameterConstraints: { AllowedValues: declared.allowedValues },
  };
}
