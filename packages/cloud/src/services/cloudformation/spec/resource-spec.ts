import { GeneratedLines } from '../../../core/generated-lines.js';

/** The definition of a value in the AWS resource specification. */
export type ValueSpec =
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'integer'; readonly values?: readonly number[] }
  | { readonly type: 'number' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag' }
  | { readonly type: 'array' | 'map'; readonly element: ValueSpec }
  | { readonly type: 'union'; readonly types: readonly ValueSpec[] }
  | { readonly type: 'object'; readonly definition: string };

export type PropertySpec = ValueSpec & {
  readonly required?: boolean;
  /** The effect of a change: replacement, or possibly replacement. */
  readonly replaces?: 'yes' | 'maybe';
};

export type PropertySpecs = Readonly<Record<string, PropertySpec>>;

export interface ResourceTypeSpec {
  readonly primaryIdentifier: readonly string[];
  /** The attributes of `Fn::GetAtt`. */
  readonly attributes: readonly string[];
  /** The kinds of the attributes that are no texts: `array`, `integer`. */
  readonly attributeTypes?: Readonly<Record<string, string>>;
  readonly properties: PropertySpecs;
  /** The property that holds tags. */
  readonly tags?: string;
  /** Paths below `properties` that replace the resource, in addition to properties that say so themselves. */
  readonly replacedBy?: readonly (readonly string[])[];
  /** `arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}` */
  readonly arn?: string;
  /** The value of `Ref`, if it is not the primary identifier. */
  readonly ref?: readonly string[];
}

interface Namespace {
  readonly types: Readonly<Record<string, ResourceTypeSpec>>;
  readonly definitions: Readonly<Record<string, PropertySpecs>>;
}

const lines = new GeneratedLines(new URL('../../../../generated/resource-spec.ndjson.gz', import.meta.url));
const namespaces = new Map<string, Namespace | undefined>();

/** @param name `AWS::EC2` */
function namespace(name: string): Namespace | undefined {
  if (!namespaces.has(name)) {
    const line = lines.find(name);
    namespaces.set(name, line === undefined ? undefined : JSON.parse(line));
  }
  return namespaces.get(name);
}

/** @param type `AWS::DynamoDB::Table` */
export function resourceTypeSpec(type: string): ResourceTypeSpec | undefined {
  const types = namespace(type.split('::', 2).join('::'))?.types;
  return types !== undefined && Object.hasOwn(types, type) ? types[type] : undefined;
}

/** True if the AWS resource specification has the attribute, or property, for the type. */
export function hasAttribute(type: string, name: string): boolean {
  // The outputs of a nested stack are known by its template alone.
  if (type === 'AWS::CloudFormation::Stack') return name.startsWith('Outputs.');
  const spec = resourceTypeSpec(type);
  const isNamed = (one: string): boolean => one === name || name.startsWith(`${one}.`);
  return spec !== undefined && (spec.attributes.some(isNamed) || Object.keys(spec.properties).some(isNamed));
}

/** Every type of the specification by its name. */
export function specifiedTypes(): readonly string[] {
  return lines.all().flatMap((line): readonly string[] => {
    const { types }: Namespace = JSON.parse(line);
    return Object.keys(types);
  });
}

/** The members of a structure that a ValueSpec names. Ids are unique over all namespaces, and those in use are loaded. */
export function definitionSpec(id: string): PropertySpecs {
  for (const loaded of namespaces.values()) {
    const found = loaded?.definitions[id];
    if (found) return found;
  }
  return {};
}
