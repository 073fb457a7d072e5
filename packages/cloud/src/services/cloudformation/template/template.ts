import { defined } from '../../../core/defined.js';
import { isList, isMap, type Json, type JsonMap, own, textOf } from './json.js';
import { withoutLoops } from './language-extensions.js';
import { parseTemplateText } from './parse-text.js';
import { validationError } from './template-error.js';
import { checkTransforms, declaredTransforms, hasEmbeddedTransform, withoutTransforms } from './transforms.js';

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

export interface ParameterDeclaration {
  readonly type: string;
  readonly default?: Json;
  readonly description?: string;
  readonly noEcho: boolean;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly constraintDescription?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
}

export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: JsonMap;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly metadata?: Json;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  /** The policies that the template states, as they are there: to state a default is a change for AWS. */
  readonly stated: { readonly DeletionPolicy?: Json; readonly UpdateReplacePolicy?: Json };
}

export interface OutputDeclaration {
  readonly value: Json;
  readonly description?: string;
  readonly condition?: string;
  readonly exportName?: Json;
}

export interface Rule {
  readonly condition?: Json;
  readonly assertions: readonly { readonly assert: Json; readonly description?: string }[];
}

/** A template whose shape is known to be right; what its functions refer to is not looked at yet. */
export interface Template {
  readonly description?: string;
  readonly metadata?: Json;
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly mappings: JsonMap;
  readonly conditions: JsonMap;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
}

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
]);
const RESOURCE_KEYS = new Set([
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
]);

/** Quotas of CloudFormation: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_MEMBERS = { Resources: 500, Outputs: 200, Parameters: 200, Mappings: 200 } as const;

/**
 * Reads a template whose macros ran, or need not run. Without values for parameters, loops are left out.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseTemplate(text: string): Template {
  const root = templateRoot(text);
  return needsMacros(root) ? templateOf(withoutLoops(withoutTransforms(root)), true) : templateOf(root);
}

/** True of a template that macros have to complete. */
export function needsMacros(root: JsonMap): boolean {
  return declaredTransforms(root).length > 0 || hasEmbeddedTransform(root);
}

/** The sections of a template. @throws AwsError ValidationError in CloudFormation's words */
export function templateRoot(text: string): JsonMap {
  const root = parseTemplateText(text);
  if (!isMap(root)) throw validationError('Template format error: unsupported structure.');
  // Macros have sections of their own, like AWS::Serverless its Globals.
  checkTransforms(root);
  const unknown = Object.keys(root).filter((key) => !SECTIONS.has(key));
  if (unknown.length > 0) throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  if (root.AWSTemplateFormatVersion !== undefined && textOf(root.AWSTemplateFormatVersion) !== '2010-09-09') {
    throw validationError('Template format error: unsupported value for AWSTemplateFormatVersion.');
  }
  if (root.Hooks !== undefined) throw validationError('The Hooks section is not supported by this cloud');
  return root;
}

/** The parameters that a template declares, whatever macros its other sections need. */
export function declaredParameters(root: JsonMap): Template['parameters'] {
  return mapValues(section(root, 'Parameters'), parameter);
}

/** @param mayBeEmpty whether all of its resources may be made by loops */
export function templateOf(root: JsonMap, mayBeEmpty = false): Template {
  const resources = section(root, 'Resources');
  if (!mayBeEmpty && Object.keys(resources).length === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  return {
    ...(typeof root.Description === 'string' && { description: root.Description }),
    ...defined({ metadata: root.Metadata }),
    parameters: declaredParameters(root),
    mappings: mappings(section(root, 'Mappings')),
    conditions: section(root, 'Conditions'),
    rules: mapValues(section(root, 'Rules'), rule),
    resources: mapValues(resources, resource),
    outputs: mapValues(section(root, 'Outputs'), output),
  };
}

function section(root: JsonMap, name: string): JsonMap {
  const value = own(root, name);
  if (value === undefined || value === null) return {};
  if (!isMap(value)) {
    const words = name === 'Resources' ? 'Any Resources member' : name;
    throw validationError(`Template format error: ${words} must be an object.`);
  }
  const most = MAX_MEMBERS[name as keyof typeof MAX_MEMBERS];
  const count = Object.keys(value).length;
  if (most !== undefined && count > most) {
    throw validationError(
      `Template format error: Number of ${name.toLowerCase()}, ${count}, is greater than maximum allowed, ${most}`,
    );
  }
  return value;
}

function mapValues<T>(map: JsonMap, convert: (value: Json, name: string) => T): Readonly<Record<string, T>> {
  const result: Record<string, T> = Object.create(null);
  for (const [name, value] of Object.entries(map)) result[name] = convert(value, name);
  return result;
}

/** A map of maps, whose values are texts or lists. */
function mappings(maps: JsonMap): JsonMap {
  for (const [name, keys] of Object.entries(maps)) {
    if (!isMap(keys)) throw validationError(`Template format error: Every Mappings member ${name} must be a map`);
    for (const [key, attributes] of Object.entries(keys)) {
      if (!isMap(attributes))
        throw validationError(`Template format error: Every Mappings member ${key} must be a map`);
      if (Object.values(attributes).some((value) => value === null || isMap(value))) {
        throw validationError('Template format error: Every Mappings attribute must be a String or a List.');
      }
    }
  }
  return maps;
}

function parameter(value: Json, name: string): ParameterDeclaration {
  const at = `[/Parameters/${name}]`;
  if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
    throw validationError(`Template format error: Parameter name ${name} is non alphanumeric.`);
  }
  if (!isMap(value)) throw validationError(`Template format error: ${at} parameter definition is malformed`);
  if (typeof value.Type !== 'string') {
    throw validationError(`Template format error: ${at} Every Parameters object must contain a Type member.`);
  }
  const length = (key: string): number | undefined => {
    const given = own(value, key);
    if (given === undefined) return undefined;
    const number = typeof given === 'object' ? Number.NaN : Number(given);
    if (Number.isNaN(number)) throw validationError(`Template format error: ${at} ${key} must be a number.`);
    return number;
  };
  const numbers = Object.entries({
    minLength: length('MinLength'),
    maxLength: length('MaxLength'),
    minValue: length('MinValue'),
    maxValue: length('MaxValue'),
  }).filter(([, number]) => number !== undefined);
  return {
    type: value.Type,
    noEcho: value.NoEcho === true || value.NoEcho === 'true',
    ...defined({ default: value.Default }),
    ...(typeof value.Description === 'string' && { description: value.Description }),
    ...(isList(value.AllowedValues) && { allowedValues: value.AllowedValues.map(textOf) }),
    ...(typeof value.AllowedPattern === 'string' && { allowedPattern: value.AllowedPattern }),
    ...(typeof value.ConstraintDescription === 'string' && { constraintDescription: value.ConstraintDescription }),
    ...Object.fromEntries(numbers),
  };
}

function resource(value: Json, name: string): ResourceDeclaration {
  const at = `[/Resources/${name}]`;
  if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
    throw validationError(`Template format error: Resource name ${name} is non alphanumeric.`);
  }
  if (!isMap(value)) throw validationError(`Template format error: ${at} resource definition is malformed`);
  if (typeof value.Type !== 'string') {
    throw validationError(`Template format error: ${at} Every Resources object must contain a Type member.`);
  }
  for (const key of Object.keys(value)) {
    if (!RESOURCE_KEYS.has(key)) throw validationError(`Invalid template resource property '${key}'`);
  }
  // Both say how groups of instances and releases of aliases go on, which are done at once here.
  for (const key of ['CreationPolicy', 'UpdatePolicy'] as const) {
    if (value[key] !== undefined && !isMap(value[key]))
      throw validationError(`Template format error: ${at} ${key} must be an object.`);
  }
  const properties = value.Properties ?? {};
  if (!isMap(properties)) throw validationError(`Template format error: ${at} Properties must be an object.`);
  return {
    type: value.Type,
    properties,
    dependsOn: dependsOn(value.DependsOn, at),
    ...(typeof value.Condition === 'string' && { condition: value.Condition }),
    ...defined({ metadata: value.Metadata }),
    deletionPolicy: policy(value.DeletionPolicy, at, 'DeletionPolicy'),
    updateReplacePolicy: policy(value.UpdateReplacePolicy, at, 'UpdateReplacePolicy'),
    stated: {
      ...defined({ DeletionPolicy: value.DeletionPolicy, UpdateReplacePolicy: value.UpdateReplacePolicy }),
    },
  };
}

function dependsOn(value: Json | undefined, at: string): readonly string[] {
  if (value === undefined || value === null) return [];
  const names = isList(value) ? value : [value];
  return names.map((name) => {
    if (typeof name === 'string') return name;
    throw validationError(`Template format error: DependsOn must be a string or list of strings. ${at}`);
  });
}

function policy(value: Json | undefined, at: string, key: 'DeletionPolicy' | 'UpdateReplacePolicy'): DeletionPolicy {
  // A function of parameters and conditions, which were not given.
  if (isMap(value)) return 'Delete';
  switch (value) {
    case undefined:
    case null:
      return 'Delete';
    case 'Delete':
    case 'Retain':
    case 'Snapshot':
      return value;
    case 'RetainExceptOnCreate':
      if (key === 'DeletionPolicy') return value;
  }
  throw validationError(`Template format error: Unrecognized ${key} ${JSON.stringify(value)} ${at}`);
}

function output(value: Json, name: string): OutputDeclaration {
  if (!isMap(value)) throw validationError(`Template format error: [/Outputs/${name}] output definition is malformed`);
  if (value.Value === undefined) {
    throw validationError(`Template format error: Output ${name} is malformed. The Value field is required`);
  }
  const exported = value.Export;
  if (exported !== undefined && (!isMap(exported) || exported.Name === undefined)) {
    throw validationError(`Template format error: Output ${name} is malformed. Export needs a Name`);
  }
  return {
    value: value.Value,
    ...(typeof value.Description === 'string' && { description: value.Description }),
    ...(typeof value.Condition === 'string' && { condition: value.Condition }),
    ...(isMap(exported) && exported.Name !== undefined && { exportName: exported.Name }),
  };
}

function rule(value: Json, name: string): Rule {
  if (!isMap(value) || !isList(value.Assertions)) {
    throw validationError(
      `Template format error: [/Rules/${name}] Every Rules object must contain an Assertions list.`,
    );
  }
  return {
    ...defined({ condition: value.RuleCondition }),
    assertions: value.Assertions.map((assertion) => {
      if (!isMap(assertion) || assertion.Assert === undefined) {
        throw validationError(`Template format error: [/Rules/${name}] Every assertion must contain an Assert member.`);
      }
      return {
        assert: assertion.Assert,
        ...(typeof assertion.AssertDescription === 'string' && { description: assertion.AssertDescription }),
      };
    }),
  };
}
