import { isList, type Json, own, textOf } from './json.js';
import type { ParameterDeclaration, Template } from './template.js';
import { validationError } from './template-error.js';

/** A parameter as a request gives it. */
export interface GivenParameter {
  readonly key: string;
  readonly value?: string;
  readonly usePreviousValue: boolean;
}

/** A parameter as a stack keeps it. */
export interface ParameterValue {
  readonly key: string;
  /** As given: for a parameter of the SSM kind, the name of the SSM parameter. */
  readonly value: string;
  /** The value of an SSM parameter at the last deployment of the stack. */
  readonly resolvedValue?: string;
  readonly noEcho: boolean;
}

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;
const PLAIN = new Set([
  'String',
  'Number',
  'CommaDelimitedList',
  'List<Number>',
  'List<String>',
  'AWS::SSM::Parameter::Name',
]);

/**
 * The value of every declared parameter, from the request, the previous deployment, or the default.
 * @param readSsm the values of SSM parameters by name; names that do not exist are left out of the answer
 * @throws AwsError ValidationError in CloudFormation's words
 */
export async function resolveParameters(
  template: Pick<Template, 'parameters'>,
  given: readonly GivenParameter[],
  previous: ReadonlyMap<string, ParameterValue>,
  readSsm: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<readonly ParameterValue[]> {
  const undeclared = given.filter(({ key }) => own(template.parameters, key) === undefined).map(({ key }) => key);
  if (undeclared.length > 0)
    throw validationError(`Parameters: [${undeclared.join(', ')}] do not exist in the template`);

  const missing: string[] = [];
  const chosen: ParameterValue[] = [];
  for (const [key, declared] of Object.entries(template.parameters)) {
    const value = chooseValue(
      key,
      declared,
      given.find((one) => one.key === key),
      previous.get(key),
    );
    if (value === undefined) missing.push(key);
    else chosen.push({ key, value, noEcho: declared.noEcho });
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  for (const { key, value } of chosen) {
    const declared = template.parameters[key];
    if (declared) checkValue(key, value, declared);
  }
  return withSsmValues(template, chosen, readSsm);
}

function chooseValue(
  key: string,
  declared: ParameterDeclaration,
  given: GivenParameter | undefined,
  previous: ParameterValue | undefined,
): string | undefined {
  if (given?.usePreviousValue) {
    if (!previous)
      throw validationError(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    return previous.value;
  }
  if (given?.value !== undefined) return given.value;
  const fallback = declared.default;
  if (fallback === undefined || fallback === null) return undefined;
  return isList(fallback) ? fallback.map(textOf).join(',') : textOf(fallback);
}

async function withSsmValues(
  template: Pick<Template, 'parameters'>,
  chosen: readonly ParameterValue[],
  readSsm: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<readonly ParameterValue[]> {
  const ofSsm = (key: string): boolean => SSM_VALUE.test(template.parameters[key]?.type ?? '');
  const names = chosen.filter(({ key }) => ofSsm(key)).map(({ value }) => value);
  if (names.length === 0) return chosen;
  const found = await readSsm([...new Set(names)]);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    const bare = chosen.find(
      ({ key, value }) => missing.includes(value) && own(template.parameters, key)?.default === undefined,
    );
    if (bare && ofSsm(bare.key)) {
      throw validationError(`Parameter ${bare.key} should either have input value or default value`);
    }
    throw validationError(`Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`);
  }
  return chosen.map((one) => (ofSsm(one.key) ? { ...one, resolvedValue: found.get(one.value) ?? '' } : one));
}

/** The value of `Ref` for a parameter: a string, or a list for the list types. */
export function parameterJson(value: ParameterValue, declared: ParameterDeclaration): Json {
  const text = value.resolvedValue ?? value.value;
  const type = SSM_VALUE.exec(declared.type)?.[1] ?? declared.type;
  if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) return text;
  return text === '' ? [''] : text.split(',').map((part) => part.trim());
}

/** Refuses types that need a look-up in services this cloud does not have. */
export function checkParameterTypes(template: Pick<Template, 'parameters'>): void {
  for (const [name, { type }] of Object.entries(template.parameters)) {
    const known =
      PLAIN.has(type) || SSM_VALUE.test(type) || /^(List<)?AWS::(EC2|Route53)::[A-Za-z0-9:.]+>?$/.test(type);
    if (!known)
      throw validationError(`Template format error: Unrecognized parameter type: ${type} [/Parameters/${name}]`);
  }
}

function checkValue(name: string, value: string, declared: ParameterDeclaration): void {
  const refuse = (constraint: string): never => {
    throw validationError(
      declared.constraintDescription === undefined
        ? `Parameter '${name}' must ${constraint}`
        : `Parameter ${name} failed to satisfy constraint: ${declared.constraintDescription}`,
    );
  };
  const isListType = declared.type === 'CommaDelimitedList' || declared.type.startsWith('List<');
  const parts = isListType && value !== '' ? value.split(',').map((part) => part.trim()) : [value];
  if (declared.allowedValues && !parts.every((part) => declared.allowedValues?.includes(part)))
    refuse('be one of AllowedValues');
  if (declared.allowedPattern !== undefined && !matchesWhole(declared.allowedPattern, value)) {
    refuse(`match pattern ${declared.allowedPattern}`);
  }
  if (declared.type === 'Number' || declared.type === 'List<Number>') {
    for (const part of parts) checkNumber(part, declared, refuse);
  } else {
    if (declared.minLength !== undefined && value.length < declared.minLength) {
      refuse(`contain at least ${declared.minLength} characters`);
    }
    if (declared.maxLength !== undefined && value.length > declared.maxLength) {
      refuse(`contain at most ${declared.maxLength} characters`);
    }
  }
}

function checkNumber(value: string, declared: ParameterDeclaration, refuse: (constraint: string) => never): void {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) refuse('be a number.');
  if (declared.minValue !== undefined && number < declared.minValue)
    refuse(`be a number not less than ${declared.minValue}`);
  if (declared.maxValue !== undefined && number > declared.maxValue)
    refuse(`be a number not greater than ${declared.maxValue}`);
}

function matchesWhole(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    throw validationError(`Template format error: AllowedPattern ${pattern} is not a regular expression`);
  }
}
