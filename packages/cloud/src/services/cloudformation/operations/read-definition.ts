import type { Call } from '../../../core/operation.js';
import { type StackIdentity, stackValues } from '../engine/stack-evaluation.js';
import { EMPTY_TEMPLATE } from '../stack/deployed-template.js';
import { rollbackConfigurationIn } from '../stack/rollback-configuration.js';
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
import { type DefinitionInput, givenParameters, givenTags } from './input.js';
import { readTemplateText } from './read-template-text.js';
import { refuseUnsupported } from './refuse-unsupported.js';
import { type MacroValues, runMacros } from './run-macros.js';
import type { CloudFormationState } from './state.js';

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
  input: DefinitionInput,
  stack: StackIdentity,
  previous: Stack | undefined,
  call: Call,
  state: CloudFormationState,
  shown: 'shown' | 'made' = 'made',
): Promise<CheckedDefinition> {
  refuseUnsupportedMembers(input);
  const text = await readTemplateText(input, previous?.definition.template, call, state);
  const root = templateRoot(text);
  if (shown === 'made') refuseUnacknowledgedMacros(root, input.Capabilities ?? []);
  const declared = { parameters: declaredParameters(root) };
  checkParameterTypes(declared);
  const parameters = await resolveParameters(
    declared,
    givenParameters(input),
    new Map(previous?.definition.parameters.map((one) => [one.key, one])),
    (names) => readSsmParameters(names, call, state),
  );
  const notificationArns = input.NotificationARNs ?? previous?.definition.notificationArns ?? [];
  const open = { notificationArns, parameters: parameters.filter(({ noEcho }) => !noEcho) };
  const roleArn = input.RoleARN ?? previous?.definition.roleArn;
  const rollbackConfiguration =
    rollbackConfigurationIn(input.RollbackConfiguration) ?? previous?.definition.rollbackConfiguration;
  const given: StackDefinition = {
    template: text,
    parameters,
    tags: givenTags(input) ?? previous?.definition.tags ?? {},
    capabilities: input.Capabilities ?? [],
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
  checkCapabilities(template, input.Capabilities ?? []);
  const { description } = template;
  const definition: StackDefinition = {
    ...given,
    ...(processed !== undefined && { processed }),
    ...(description !== undefined && { description }),
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

/**
 * Members of requests that change what happens, and that this cloud would have to ignore. ImportExistingResources is
 * not among them: `cdk bootstrap` always asks for it, and without it a resource that exists fails by its name.
 */
const UNSUPPORTED = ['ResourceTypes', 'TimeoutInMinutes'] as const;

function refuseUnsupportedMembers(input: DefinitionInput): void {
  const name = UNSUPPORTED.find((one) => input[one] !== undefined);
  if (name !== undefined) throw validationError(`${name} is not supported by this cloud`);
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
