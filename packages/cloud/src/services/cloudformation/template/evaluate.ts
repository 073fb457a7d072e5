import { cidrBlocks } from './cidr.js';
import { isList, isMap, type Json, type JsonMap, mapOf, own, sameValue, textOf } from './json.js';
import { parseSub } from './sub.js';
import { validationError } from './template-error.js';

/** Stands for a value that exists once the stack is deployed, in AWS's own spelling. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** The values of `Ref` and `Fn::GetAtt` for one resource. */
export interface ResourceValues {
  readonly ref: Json;
  readonly attribute: (name: string) => Json;
}

/** Everything that the functions of a template can see. */
export interface Evaluation {
  /** Values of parameters and of pseudo parameters (`AWS::Region`), by name. */
  readonly values: ReadonlyMap<string, Json>;
  readonly mappings: JsonMap;
  readonly condition: (name: string) => boolean;
  readonly resource: (logicalId: string) => ResourceValues | undefined;
  readonly importValue: (name: string) => Json;
}

const NO_VALUE = Symbol('AWS::NoValue');
type Value = Json | typeof NO_VALUE;

/**
 * The value of a part of a template. Undefined where it is `AWS::NoValue`; members and items without value are left out.
 * Pure: everything it knows is in `evaluation`.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function evaluate(template: Json, evaluation: Evaluation): Json | undefined {
  const value = valueIn(template, evaluation);
  return value === NO_VALUE ? undefined : value;
}

/** True if a condition function (`Fn::Equals` …) is true. */
export function evaluateCondition(template: Json, evaluation: Evaluation): boolean {
  const value = valueIn(template, evaluation);
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw validationError('Template format error: Every condition must evaluate to true or false.');
}

/** The function call that a map is, if it is one. */
export function functionCall(value: Json): readonly [name: string, argument: Json] | undefined {
  if (!isMap(value)) return undefined;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length !== 1 || !first) return undefined;
  const [name, argument] = first;
  if (name === 'Ref' || name.startsWith('Fn::')) return [name, argument];
  if (name === 'Condition' && typeof argument === 'string') return [name, argument];
  return undefined;
}

function valueIn(template: Json, evaluation: Evaluation): Value {
  if (isList(template)) return withoutNoValue(template.map((item) => valueIn(item, evaluation)));
  if (!isMap(template)) return template;
  const call = functionCall(template);
  // `Condition` is a function only where conditions are asked for; in properties (policies) it is a plain key.
  if (call && call[0] !== 'Condition') return callFunction(call[0], call[1], evaluation);
  const members: [string, Json][] = [];
  for (const [key, member] of Object.entries(template)) {
    const value = valueIn(member, evaluation);
    if (value !== NO_VALUE) members.push([key, value]);
  }
  return mapOf(members);
}

function withoutNoValue(values: readonly Value[]): readonly Json[] {
  return values.filter((value): value is Json => value !== NO_VALUE);
}

type TemplateFunction = (argument: Json, evaluation: Evaluation) => Value;

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  Ref: (name, evaluation) => ref(name, evaluation),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (name, evaluation) => evaluation.importValue(text(name, evaluation, 'Fn::ImportValue')),
  'Fn::Base64': (value, evaluation) =>
    known('Fn::Base64', value, evaluation, (given) => Buffer.from(string(given, 'Fn::Base64')).toString('base64')),
  'Fn::Length': (argument, evaluation) => {
    const value = valueIn(argument, evaluation);
    if (value !== NO_VALUE && isList(value)) return value.length;
    throw validationError('Template error: Fn::Length needs a list');
  },
  'Fn::ToJsonString': (argument, evaluation) => {
    const value = valueIn(argument, evaluation);
    if (value !== NO_VALUE && (isList(value) || isMap(value))) return JSON.stringify(value);
    throw validationError('Template error: Fn::ToJsonString needs an object or a list');
  },
  'Fn::Cidr': cidr,
  'Fn::GetAZs': getAzs,
  'Fn::If': (argument, evaluation) => valueIn(chosenBranch(argument, evaluation.condition), evaluation),
  'Fn::Equals': (argument, evaluation) => {
    const [a, b] = list(argument, evaluation, 'Fn::Equals', 2);
    return sameValue(a, b);
  },
  'Fn::Not': (argument, evaluation) => !every(argument, evaluation, 'Fn::Not', 1, 1)[0],
  'Fn::And': (argument, evaluation) => every(argument, evaluation, 'Fn::And', 2, 10).every(Boolean),
  'Fn::Or': (argument, evaluation) => every(argument, evaluation, 'Fn::Or', 2, 10).some(Boolean),
};

function callFunction(name: string, argument: Json, evaluation: Evaluation): Value {
  const call = own(FUNCTIONS, name);
  if (!call) throw validationError(`Template error: ${name} is not supported by this cloud`);
  return call(argument, evaluation);
}

/** The branch of an `Fn::If` that counts, not evaluated. */
export function chosenBranch(argument: Json, condition: (name: string) => boolean): Json {
  if (!isList(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
    throw validationError(
      'Template error: Fn::If requires a list argument with three elements, the first a condition name',
    );
  }
  const [name, whenTrue = null, whenFalse = null] = argument;
  return condition(name) ? whenTrue : whenFalse;
}

function every(argument: Json, evaluation: Evaluation, name: string, least: number, most: number): readonly boolean[] {
  if (!isList(argument) || argument.length < least || argument.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    throw validationError(`Template validation error: ${name} object requires a list of ${count} boolean parameters.`);
  }
  return argument.map((part) => {
    const call = functionCall(part);
    if (call?.[0] === 'Condition') return evaluation.condition(textOf(call[1]));
    return evaluateCondition(part, evaluation);
  });
}

function ref(name: Json, evaluation: Evaluation): Value {
  if (typeof name !== 'string')
    throw validationError('Template format error: Every Ref object must have a single String value.');
  if (name === 'AWS::NoValue') return NO_VALUE;
  const value = evaluation.values.get(name);
  // A parameter may have the name of the pseudo parameter as its value.
  if (value === 'AWS::NoValue') return NO_VALUE;
  if (value !== undefined) return value;
  const resource = evaluation.resource(name);
  if (resource) return resource.ref;
  throw validationError(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}

function getAtt(argument: Json, evaluation: Evaluation): Value {
  const [logicalId, attribute] = getAttParts(argument);
  const resource = evaluation.resource(logicalId);
  if (!resource)
    throw validationError(`Template error: instance of Fn::GetAtt references undefined resource ${logicalId}`);
  return resource.attribute(text(attribute, evaluation, 'Fn::GetAtt'));
}

/** Logical id and attribute of `["Id", "Attribute"]` or `"Id.Attribute"`; the attribute may be a `Ref`. */
export function getAttParts(argument: Json): readonly [logicalId: string, attribute: Json] {
  if (typeof argument === 'string' && argument.includes('.')) {
    const dot = argument.indexOf('.');
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (isList(argument) && argument.length >= 2 && typeof argument[0] === 'string') {
    const [logicalId, ...rest] = argument;
    const attribute = rest.length === 1 ? rest[0] : rest.map(textOf).join('.');
    return [logicalId, attribute ?? null];
  }
  throw validationError(
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

function join(argument: Json, evaluation: Evaluation): Value {
  const wrong =
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
  if (!isList(argument) || argument.length !== 2) throw validationError(wrong);
  const [delimiter, parts = null] = argument;
  const values = valueIn(parts, evaluation);
  if (typeof delimiter !== 'string') throw validationError(wrong);
  if (values === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (values === NO_VALUE || !isList(values)) throw validationError(wrong);
  if (values.includes(KNOWN_AFTER_APPLY)) return KNOWN_AFTER_APPLY;
  return values.map((value) => string(value, 'Fn::Join')).join(delimiter);
}

function sub(argument: Json, evaluation: Evaluation): Value {
  const wrong =
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";
  const [template, variables = {}] = isList(argument) ? argument : [argument];
  if (typeof template !== 'string' || !isMap(variables) || (isList(argument) && argument.length > 2))
    throw validationError(wrong);
  return parseSub(template)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const variable = own(variables, part.name);
      if (variable !== undefined) return text(variable, evaluation, 'Fn::Sub');
      const value = part.name.includes('.') ? getAtt(part.name, evaluation) : ref(part.name, evaluation);
      return value === NO_VALUE ? '' : string(value, 'Fn::Sub');
    })
    .join('');
}

function select(argument: Json, evaluation: Evaluation): Value {
  const wrong = 'Template error: Fn::Select requires a list argument with two elements: an integer index and a list';
  if (!isList(argument) || argument.length !== 2) throw validationError(wrong);
  const index = valueIn(argument[0] ?? null, evaluation);
  const items = valueIn(argument[1] ?? null, evaluation);
  if (index === NO_VALUE || items === NO_VALUE) throw validationError(wrong);
  if (isUnknown(index) || items === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  if (!isList(items) || !/^\d+$/.test(textOf(index))) throw validationError(wrong);
  const item = items[Number(index)];
  if (item !== undefined && item !== null) return item;
  if (isList(argument[1])) throw validationError(wrong);
  // A list cut out of a value that is not known yet may well be longer than it looks.
  if (items.some(isUnknown)) return KNOWN_AFTER_APPLY;
  throw validationError(`Template error: Fn::Select cannot select nonexistent value at index ${textOf(index)}`);
}

function split(argument: Json, evaluation: Evaluation): Value {
  const wrong =
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
  if (!isList(argument) || argument.length !== 2) throw validationError(wrong);
  const [delimiter, source = null] = argument;
  if (typeof delimiter !== 'string' || delimiter === '') throw validationError(wrong);
  const value = text(source, evaluation, 'Fn::Split');
  return value.includes(KNOWN_AFTER_APPLY) ? [KNOWN_AFTER_APPLY] : value.split(delimiter);
}

function findInMap(argument: Json, evaluation: Evaluation): Value {
  const [last] = isList(argument) ? argument.slice(3) : [];
  const fallback = isMap(last) ? own(last, 'DefaultValue') : undefined;
  const keys = list(
    fallback !== undefined && isList(argument) ? argument.slice(0, 3) : argument,
    evaluation,
    'Fn::FindInMap',
  );
  if (keys.length !== 3) {
    throw validationError(
      'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  }
  const names = keys.map((key) => string(key, 'Fn::FindInMap'));
  let found: Json | undefined = evaluation.mappings;
  for (const [depth, name] of names.entries()) {
    found = isMap(found) ? own(found, name) : undefined;
    if (found !== undefined) continue;
    if (fallback !== undefined) return valueIn(fallback, evaluation);
    throw validationError(
      depth === 0
        ? `Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`
        : `Template error: Unable to get mapping for ${names.join('::')}`,
    );
  }
  return found ?? null;
}

function cidr(argument: Json, evaluation: Evaluation): Value {
  return known('Fn::Cidr', argument, evaluation, (given) => {
    if (!isList(given) || given.length < 2 || given.length > 3) {
      throw validationError(
        'Template error: every Fn::Cidr object requires two or three parameters: ipBlock, count and cidrBits',
      );
    }
    const [block, count, bits] = given;
    return cidrBlocks(string(block ?? '', 'Fn::Cidr'), numeric(count), bits === undefined ? undefined : numeric(bits));
  });
}

function getAzs(argument: Json, evaluation: Evaluation): Value {
  const asked = text(argument, evaluation, 'Fn::GetAZs');
  const region = asked === '' ? textOf(evaluation.values.get('AWS::Region') ?? '') : asked;
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
}

/** Applies a function to its evaluated argument, unless that is not known before the stack is deployed. */
function known(name: string, argument: Json, evaluation: Evaluation, apply: (value: Json) => Json): Value {
  const value = valueIn(argument, evaluation);
  if (value === NO_VALUE) throw validationError(`Template error: ${name} was given AWS::NoValue`);
  return isUnknown(value) ? KNOWN_AFTER_APPLY : apply(value);
}

/** True if a value contains a part that only a deployment reveals. */
export function isUnknown(value: Json): boolean {
  if (typeof value === 'string') return value.includes(KNOWN_AFTER_APPLY);
  if (isList(value)) return value.some(isUnknown);
  return isMap(value) && Object.values(value).some(isUnknown);
}

function list(argument: Json, evaluation: Evaluation, name: string, length?: number): readonly Json[] {
  if (!isList(argument) || (length !== undefined && argument.length !== length)) {
    throw validationError(
      `Template validation error: ${name} object requires a list of ${length ?? 'string'} parameters.`,
    );
  }
  return argument.map((item) => {
    const value = valueIn(item, evaluation);
    return value === NO_VALUE ? '' : value;
  });
}

function text(template: Json, evaluation: Evaluation, name: string): string {
  const value = valueIn(template, evaluation);
  return value === NO_VALUE ? '' : string(value, name);
}

function string(value: Json, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validationError(
    `Template error: ${name} must be given strings, not ${value === null ? 'null' : isList(value) ? 'a list' : 'an object'}`,
  );
}

function numeric(value: Json | undefined): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
