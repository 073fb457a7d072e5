import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { hasAttribute, type StackIdentity, stackValues } from '../engine/stack-evaluation.js';
import { resourceTypeSpec } from '../spec/resource-spec.js';
import { EMPTY_TEMPLATE } from '../stack/deployed-template.js';
import type { Stack, StackDefinition } from '../stack/stack.js';
import { checkReferences } from '../template/check-references.js';
import { conditionLookup } from '../template/conditions.js';
import { dependencyGraph } from '../template/graph.js';
import { type Json, type JsonMap, mapOf, own } from '../template/json.js';
import { checkParameterTypes, parameterJson, resolveParameters } from '../template/parameters.js';
import { processTemplate } from '../template/process-template.js';
import { references } from '../template/references.js';
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
  const given: StackDefinition = {
    template: text,
    parameters,
    tags: givenTags(input) ?? previous?.definition.tags ?? {},
    capabilities: input.Capabilities ?? [],
    notificationArns,
    ...(roleArn !== undefined && roleArn !== '' && { roleArn }),
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
  checkTemplate(template, state);
  checkCapabilities(template, input.Capabilities ?? []);
  const definition: StackDefinition = { ...given, ...(processed !== undefined && { processed }) };
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
  const given = UNSUPPORTED.find((name) => input[name] !== undefined);
  const triggers = (input.RollbackConfiguration?.RollbackTriggers ?? []).length > 0;
  const name = triggers ? 'RollbackConfiguration.RollbackTriggers' : given;
  if (name !== undefined) throw validationError(`${name} is not supported by this cloud`);
}

/** Checks a template by itself, without values for its parameters. */
export function checkTemplate(template: Template, state: CloudFormationState): void {
  checkParameterTypes(template);
  checkReferences(template);
  // A template may contain an unsupported AWS type as long as no condition creates it.
  refuseUnknownTypes(template, state);
  for (const { type, deletionPolicy, updateReplacePolicy } of Object.values(template.resources)) {
    for (const [name, policy] of Object.entries({ deletionPolicy, updateReplacePolicy })) {
      // A recorded resource has nothing to take a snapshot of.
      if (policy !== 'Snapshot' || state.resourceTypes.standing(type) === 'recorded') continue;
      const words = name === 'deletionPolicy' ? 'deletion policy' : 'update replace policy';
      throw validationError(`Template error: resource type ${type} does not support ${words} Snapshot`);
    }
  }
  checkAttributes(template);
}

/** Types that AWS does not have either. */
function refuseUnknownTypes(template: Template, { resourceTypes }: CloudFormationState): void {
  const types = new Set(Object.values(template.resources).map(({ type }) => type));
  const unknown = [...types].filter((type) => resourceTypes.standing(type) === 'unknown');
  if (unknown.length === 0) return;
  throw validationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
}

/** Attributes in properties; those in outputs are refused when the stack is deployed. */
function checkAttributes(template: Template): void {
  for (const { properties } of Object.values(template.resources)) {
    for (const { name, attribute } of references(properties)) {
      const declared = attribute === undefined ? undefined : own(template.resources, name);
      if (
        declared &&
        attribute !== undefined &&
        resourceTypeSpec(declared.type) &&
        !hasAttribute(declared.type, attribute)
      ) {
        throw validationError(
          `Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
        );
      }
    }
  }
}

/** A resource that is referenced under some conditions must exist under them. */
function refuseMissingResources(template: Template, condition: (name: string) => boolean): void {
  const isThere = (logicalId: string): boolean => {
    const declared = own(template.resources, logicalId);
    return declared === undefined || declared.condition === undefined || condition(declared.condition);
  };
  const check = (part: Parameters<typeof references>[0], block: string): void => {
    for (const { name } of references(part, condition)) {
      if (isThere(name)) continue;
      const unresolved = `Unresolved resource dependencies [${name}] in the ${block} block of the template`;
      // AWS says so of outputs without the beginning.
      throw validationError(block === 'Outputs' ? unresolved : `Template format error: ${unresolved}`);
    }
  };
  for (const declared of Object.values(template.resources)) {
    if (declared.condition === undefined || condition(declared.condition)) check(declared.properties, 'Resources');
  }
  for (const output of Object.values(template.outputs)) {
    if (output.condition === undefined || condition(output.condition)) check(output.value, 'Outputs');
  }
}

/** Properties that give an IAM resource a name of the template's choosing. */
const IAM_NAMES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/** The capability that a template needs to be acknowledged, if any. */
export function requiredCapability(template: Template): 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | undefined {
  const ofIam = Object.values(template.resources).filter(({ type }) => Object.hasOwn(IAM_NAMES, type));
  if (ofIam.length === 0) return undefined;
  const named = ofIam.some(({ type, properties }) => {
    const name = IAM_NAMES[type];
    return name !== undefined && own(properties, name) !== undefined;
  });
  return named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
}

/** Refuses a template with macros whose expansion nobody has acknowledged. */
function refuseUnacknowledgedMacros(root: JsonMap, capabilities: readonly string[]): void {
  if (!needsMacros(root) || capabilities.includes('CAPABILITY_AUTO_EXPAND')) return;
  throw new AwsError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]');
}

function checkCapabilities(template: Template, given: readonly string[]): void {
  const required = requiredCapability(template);
  if (required === undefined || given.includes(required) || given.includes('CAPABILITY_NAMED_IAM')) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${required}]`);
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
