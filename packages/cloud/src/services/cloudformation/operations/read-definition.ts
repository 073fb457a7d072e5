import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import { type StackIdentity, stackValues } from '../engine/stack-evaluation.js';
import { EMPTY_TEMPLATE } from '../stack/deployed-template.js';
import type { Stack, StackDefinition } from '../stack/stack.js';
import { checkCapabilities, refuseUnacknowledgedMacros } from '../template/capabilities.js';
import { refuseMissingResources } from '../template/check-references.js';
import { checkTemplate } from '../template/check-template.js';
import { conditionLookup } from '../template/conditions.js';
import { dependencyGraph } from '../template/graph.js';
import { type Json, mapOf, own } from '../template/json.js';
import { checkParameterTypes, parameterJson, resolveParameters } from '../template/parameters.js';
import { processTemplate } from '../template/process-template.js';
import { checkRules } from '../template/rules.js';
import { declaredParameters, needsMacros, type Template, templateRoot } from '../template/template.js';
import { validationError } from '../template/template-error.js';
import { TransformFailure } from '../template/transforms.js';
import type { DefinitionRequest } from './definition-request.js';
import { refuseUnsupported } from './refuse-unsupported.js';
import { type MacroValues, runMacros } from './run-macros.js';
import type { CloudFormationState } from './state.js';
import { readTemplateText } from './template-source.js';

/** A definition that was found good, with its template read. */
export interface CheckedDefinition {
  readonly definition: StackDefinition;
  readonly template: Template;
}

/**
 * Reads what a request wants a stack to be, and checks all that can be checked before anything is made. The definition of
 * a template whose macro fails says so.
 * @param previous the stack that the request changes
 * @param shown whether the request shows what macros make before it is made; else it must acknowledge them
 * @throws AwsError ValidationError, InsufficientCapabilitiesException
 */
export async function readDefinition(
  request: DefinitionRequest,
  stack: StackIdentity,
  previous: Stack | undefined,
  call: Call,
  state: CloudFormationState,
  shown: 'shown' | 'made' = 'made',
): Promise<CheckedDefinition> {
  if (request.unsupported !== undefined) {
    throw validationError(`${request.unsupported} is not supported by this cloud`);
  }
  const text = await readTemplateText(request.template, previous?.definition.template, call, state);
  const root = templateRoot(text);
  if (shown === 'made') refuseUnacknowledgedMacros(root, request.capabilities);
  const declared = { parameters: declaredParameters(root) };
  checkParameterTypes(declared);
  const parameters = await resolveParameters(
    declared,
    request.parameters,
    new Map(previous?.definition.parameters.map((one) => [one.key, one])),
    (names) => readSsmParameters(names, call, state),
  );
  const notificationArns = request.notificationArns ?? previous?.definition.notificationArns ?? [];
  const open = { notificationArns, parameters: parameters.filter(({ noEcho }) => !noEcho) };
  const roleArn = request.roleArn ?? previous?.definition.roleArn;
  const rollbackConfiguration = request.rollbackConfiguration ?? previous?.definition.rollbackConfiguration;
  const given: StackDefinition = {
    template: text,
    parameters,
    tags: request.tags ?? previous?.definition.tags ?? {},
    capabilities: request.capabilities,
    notificationArns,
    ...(roleArn !== undefined && roleArn !== '' && { roleArn }),
    ...(rollbackConfiguration && { rollbackConfiguration }),
  };
  const known = stackValues(declared, open, stack);
  let expanded = root;
  try {
    if (needsMacros(root)) expanded = await runMacros(root, macroValues(declared, given, known), call, state);
  } catch (error) {
    if (!(error instanceof TransformFailure)) throw error;
    return { definition: { ...given, transformFailure: error.message }, template: EMPTY_TEMPLATE };
  }
  const { template, processed } = processTemplate(root, expanded, known);
  checkTemplate(template, state.resourceTypes);
  checkCapabilities(template, request.capabilities);
  const { description } = template;
  const definition: StackDefinition = {
    ...given,
    ...defined({ processed, description }),
  };
  const values = stackValues(template, definition, stack);
  checkRules(template, { values, mappings: template.mappings });
  const condition = conditionLookup(template.conditions, { values, mappings: template.mappings });
  for (const name of Object.keys(template.conditions)) condition(name);
  refuseUnsupported(template, definition, stack, state);
  refuseMissingResources(template, condition);
  dependencyGraph(template, condition);
  return { definition, template };
}

/** Macros get the parameters' values; what is said of them in their own parameters shows no secret. */
function macroValues(
  declared: Pick<Template, 'parameters'>,
  { parameters }: StackDefinition,
  all: ReadonlyMap<string, Json>,
): MacroValues {
  const values = parameters.flatMap((value): readonly [string, Json][] => {
    const declaration = own(declared.parameters, value.key);
    return declaration ? [[value.key, parameterJson(value, declaration)]] : [];
  });
  return { all, parameters: mapOf(values) };
}

/** Reads SSM parameters with the caller's permissions, as CloudFormation does. */
async function readSsmParameters(
  names: readonly string[],
  call: Call,
  state: CloudFormationState,
): Promise<ReadonlyMap<string, string>> {
  const output: unknown = await state.cloud.dispatch('ssm', 'GetParameters', { Names: names }, { ...call });
  const found = new Map<string, string>();
  const list = typeof output === 'object' && output !== null && 'Parameters' in output ? output.Parameters : [];
  if (Array.isArray(list)) for (const { Name, Value } of list) found.set(String(Name), String(Value));
  return found;
}
