import { invalidParameter } from '../cognito-error.js';
import type { PoolRecord, SchemaAttribute } from './pool-record.js';

type Type = NonNullable<SchemaAttribute['AttributeDataType']>;

function standard(Name: string, AttributeDataType: Type = 'String', more: Partial<SchemaAttribute> = {}) {
  const limits = { MinLength: '0', MaxLength: '2048' };
  return {
    Name,
    AttributeDataType,
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    ...(AttributeDataType === 'String' && { StringAttributeConstraints: limits }),
    ...more,
  } satisfies SchemaAttribute;
}

/** The attributes that every pool has ("Working with user attributes", developer guide). */
const STANDARD: readonly SchemaAttribute[] = [
  standard('profile'),
  standard('address'),
  standard('birthdate', 'String', { StringAttributeConstraints: { MinLength: '10', MaxLength: '10' } }),
  standard('gender'),
  standard('preferred_username'),
  standard('updated_at', 'Number', { NumberAttributeConstraints: { MinValue: '0' } }),
  standard('website'),
  standard('picture'),
  standard('identities', 'String', { StringAttributeConstraints: {} }),
  standard('sub', 'String', {
    Mutable: false,
    Required: true,
    StringAttributeConstraints: { MinLength: '1', MaxLength: '2048' },
  }),
  standard('phone_number'),
  standard('phone_number_verified', 'Boolean'),
  standard('zoneinfo'),
  standard('locale'),
  standard('email'),
  standard('email_verified', 'Boolean'),
  standard('given_name'),
  standard('family_name'),
  standard('middle_name'),
  standard('name'),
  standard('nickname'),
];

const STANDARD_NAMES = new Set(STANDARD.map(({ Name }) => Name));

/** Attributes that the service itself writes. */
const OWN = new Set(['sub', 'identities']);

export function isStandard(name: string): boolean {
  return STANDARD_NAMES.has(name);
}

const LONGEST_NAME = 20;

function checkType({ AttributeDataType, Name }: SchemaAttribute): void {
  if (AttributeDataType === undefined) {
    throw invalidParameter('Invalid AttributeDataType input, consider using the provided AttributeDataType enum.');
  }
  if ((Name ?? '').length > LONGEST_NAME) {
    throw invalidParameter(
      `1 validation error detected: Value '${Name}' at 'customAttributes.1.member.name' failed to satisfy constraint: Member must have length less than or equal to 20`,
    );
  }
}

/**
 * The attributes that a pool adds, named as they are from then on: `custom:tenant`.
 *
 * @throws AwsError InvalidParameterException
 */
export function customAttributes(
  given: readonly SchemaAttribute[],
  before: readonly SchemaAttribute[],
): readonly SchemaAttribute[] {
  const names = new Set(before.map(({ Name }) => Name));
  return given.map((attribute) => {
    checkType(attribute);
    if (attribute.Required) throw invalidParameter('Required custom attributes are not supported currently.');
    const plain = `custom:${attribute.Name}`;
    const Name = attribute.DeveloperOnlyAttribute ? `dev:${plain}` : plain;
    if (names.has(Name)) throw invalidParameter(`${plain}: Existing attribute already has name ${Name}.`);
    names.add(Name);
    const isString = attribute.AttributeDataType === 'String';
    const isNumber = attribute.AttributeDataType === 'Number';
    return {
      Name,
      AttributeDataType: attribute.AttributeDataType,
      DeveloperOnlyAttribute: attribute.DeveloperOnlyAttribute ?? false,
      Mutable: attribute.Mutable ?? true,
      Required: false,
      ...(isString && { StringAttributeConstraints: attribute.StringAttributeConstraints ?? {} }),
      ...(isNumber && { NumberAttributeConstraints: attribute.NumberAttributeConstraints ?? {} }),
    };
  });
}

/** The attributes of a new pool that differ from those that every pool has. */
export function newSchema(given: readonly SchemaAttribute[] = []): readonly SchemaAttribute[] {
  const own = given.filter(({ Name = '' }) => isStandard(Name)).map(changedStandard);
  const custom = customAttributes(
    given.filter(({ Name = '' }) => !isStandard(Name)),
    [],
  );
  return [...own, ...custom];
}

function changedStandard(given: SchemaAttribute): SchemaAttribute {
  const original = STANDARD.find(({ Name }) => Name === given.Name) ?? given;
  const isOfType = given.AttributeDataType === undefined || given.AttributeDataType === original.AttributeDataType;
  if (!isOfType || given.DeveloperOnlyAttribute) {
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${given.Name}`,
    );
  }
  return {
    ...original,
    Mutable: given.Mutable ?? original.Mutable,
    Required: given.Required ?? original.Required,
    ...(given.StringAttributeConstraints && { StringAttributeConstraints: given.StringAttributeConstraints }),
    ...(given.NumberAttributeConstraints && { NumberAttributeConstraints: given.NumberAttributeConstraints }),
  };
}

/** Every attribute of a pool: the standard ones, as the pool changed them, and its own. */
export function schemaOf({ schema }: Pick<PoolRecord, 'schema'>): readonly SchemaAttribute[] {
  const changed = new Map(schema.map((attribute) => [attribute.Name, attribute]));
  const standards = STANDARD.map((attribute) => changed.get(attribute.Name) ?? attribute);
  return [...standards, ...schema.filter(({ Name = '' }) => !isStandard(Name))];
}

/**
 * The attributes that somebody sets, by name; undefined takes one away.
 *
 * @param isNew true for a new user, who must have the required ones
 * @param before the attributes that the user has
 * @throws AwsError InvalidParameterException
 */
export function checkAttributes(
  pool: Pick<PoolRecord, 'schema'>,
  given: Readonly<Record<string, string>>,
  { isNew, before = {} }: { readonly isNew: boolean; readonly before?: Readonly<Record<string, string>> },
): void {
  const schema = new Map(schemaOf(pool).map((attribute) => [attribute.Name ?? '', attribute]));
  const problems: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const attribute = schema.get(name);
    if (!attribute) problems.push(`${name}: Attribute does not exist in the schema.`);
    else if (OWN.has(name)) throw invalidParameter(`Cannot modify the non-mutable attribute ${name}`);
    else {
      if (!isNew && attribute.Mutable === false && before[name] !== value) {
        throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
      }
      problems.push(...wrongValue(attribute, value));
    }
  }
  if (isNew) {
    for (const [name, { Required }] of schema) {
      if (Required && !OWN.has(name) && !given[name]) problems.push(`${name}: The attribute is required`);
    }
  }
  if (problems.length > 0) throw invalidParameter(`Attributes did not conform to the schema: ${problems.join('\n')}\n`);
  if (given.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email)) {
    throw invalidParameter('Invalid email address format.');
  }
  if (given.phone_number && !/^\+\d{3,15}$/.test(given.phone_number)) {
    throw invalidParameter('Invalid phone number format.');
  }
}

function wrongValue(attribute: SchemaAttribute, value: string): readonly string[] {
  const { Name, AttributeDataType, StringAttributeConstraints, NumberAttributeConstraints } = attribute;
  if (value === '') return [];
  if (AttributeDataType === 'String') {
    const { MinLength, MaxLength } = StringAttributeConstraints ?? {};
    if (MaxLength !== undefined && value.length > Number(MaxLength)) {
      return [`${Name}: String must be no longer than ${MaxLength} characters`];
    }
    if (MinLength !== undefined && value.length < Number(MinLength)) {
      return [`${Name}: String must be at least ${MinLength} characters long`];
    }
  }
  if (AttributeDataType === 'Number') {
    const { MinValue, MaxValue } = NumberAttributeConstraints ?? {};
    const number = Number(value);
    if (Number.isNaN(number)) return [`${Name}: Number expected`];
    if (MinValue !== undefined && number < Number(MinValue)) return [`${Name}: Number must be at least ${MinValue}`];
    if (MaxValue !== undefined && number > Number(MaxValue))
      return [`${Name}: Number must be no more than ${MaxValue}`];
  }
  if (AttributeDataType === 'Boolean' && !/^(true|false)$/i.test(value)) return [`${Name}: Boolean expected`];
  return [];
}
