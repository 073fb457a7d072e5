import { readFileSync } from 'node:fs';
import { CloudError } from '../../../core/cloud-error.js';

/** What the AWS resource specification says of a value. */
export type ValueSpec =
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'integer'; readonly values?: readonly number[] }
  | { readonly type: 'number' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag' }
  | { readonly type: 'array' | 'map'; readonly element: ValueSpec }
  | { readonly type: 'union'; readonly types: readonly ValueSpec[] }
  | { readonly type: 'object'; readonly definition: string };

export type PropertySpec = ValueSpec & {
  readonly required?: boolean;
  /** Whether a change of it replaces the resource. */
  readonly replaces?: 'yes' | 'maybe';
};

export type PropertySpecs = Readonly<Record<string, PropertySpec>>;

export interface ResourceTypeSpec {
  readonly primaryIdentifier: readonly string[];
  /** What `Fn::GetAtt` can ask for. */
  readonly attributes: readonly string[];
  readonly properties: PropertySpecs;
  /** The property that holds tags. */
  readonly tags?: string;
  /** Paths below `properties` that replace the resource besides those that say so themselves. */
  readonly replacedBy?: readonly (readonly string[])[];
}

interface ResourceSpec {
  readonly types: Readonly<Record<string, ResourceTypeSpec>>;
  readonly definitions: Readonly<Record<string, PropertySpecs>>;
  /** Names of the types that AWS has besides. */
  readonly others: readonly string[];
}

const FILE = new URL('../../../../generated/resource-spec.json', import.meta.url);
let loaded: ResourceSpec | undefined;

/** Read at first use, so that a cloud that deploys nothing does not wait for it. */
function resourceSpec(): ResourceSpec {
  loaded ??= read();
  return loaded;
}

function read(): ResourceSpec {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch (cause) {
    throw new CloudError(
      'GOBLET_CLOUD_SPEC_MISSING',
      'the resource specification was not generated; run npm run build',
      { cause },
    );
  }
}

/** @param type `AWS::DynamoDB::Table` */
export function resourceTypeSpec(type: string): ResourceTypeSpec | undefined {
  const { types } = resourceSpec();
  return Object.hasOwn(types, type) ? types[type] : undefined;
}

/** Whether AWS has a type, whatever this cloud has. */
export function isAwsType(type: string): boolean {
  return resourceTypeSpec(type) !== undefined || resourceSpec().others.includes(type);
}

/** The members of a structure that a ValueSpec names. */
export function definitionSpec(id: string): PropertySpecs {
  return resourceSpec().definitions[id] ?? {};
}
