import type { OutputOf } from '../model/client-types.js';
import type { Scope } from './operation.js';
import type { RefusedValue } from './refused-value.js';

/** Properties as CloudFormation hands them over: intrinsics resolved, pseudo parameters in place. */
export type Properties = Readonly<Record<string, unknown>>;

/** A call of an operation on behalf of a stack. */
export type ResourceCall = <const Service extends string, const Name extends string>(
  service: Service,
  operation: Name,
  input: unknown,
  resourceId?: string,
) => Promise<OutputOf<Service, Name>>;

/** The facts of a stack that a resource type needs. */
export interface ResourceContext extends Scope {
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** Tags of the stack, to be merged under the resource's own. */
  readonly stackTags: Readonly<Record<string, string>>;
  /**
   * Calls an operation with the stack's own credentials (its execution role, else the caller's), IAM checked.
   * `resourceId` makes a create take that id (see Call.resourceId).
   */
  readonly call: ResourceCall;
}

/** The values of `Ref` and `Fn::GetAtt`. `Ref` is the physical id unless `ref` has another. */
export interface ResourceState {
  /** An update without them keeps those that there are. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly ref?: string;
  /**
   * The id that a custom resource's provider has given it; the one that was chosen otherwise. Another id than before an
   * update means that the old resource is replaced, and has to be deleted.
   */
  readonly physicalId?: string;
}

/** A provider's own refusal, in its words. */
export class ResourceFailure extends Error {
  constructor(
    message: string,
    /** The resources of a failed creation that must be deleted. */
    readonly physicalId?: string,
  ) {
    super(message);
    this.name = 'ResourceFailure';
  }
}

/**
 * One CloudFormation resource type. Every member is idempotent: after a crash CloudFormation calls it again with the
 * same id. Which property change replaces the resource is not said here: the AWS resource specification says it.
 */
export interface ResourceType<P extends Properties = Properties> {
  /** `AWS::DynamoDB::Table` */
  readonly type: string;
  /**
   * The physical id of a resource to be created, persisted before `create` runs. Left out: the property named by
   * `nameProperty` if the template gives it, else `<stack>-<logicalId>-<random>` cut to `maxNameLength`.
   */
  readonly newId?: (properties: P, context: ResourceContext) => string;
  readonly nameProperty?: string;
  readonly maxNameLength?: number;
  /**
   * Values that the service refuses and AWS does not. They are judged by the template, before anything is made, so that
   * one deployment names all of them.
   */
  readonly refuses?: readonly RefusedValue[];
  readonly create: (id: string, properties: P, context: ResourceContext) => Promise<ResourceState>;
  readonly update: (id: string, properties: P, previous: P, context: ResourceContext) => Promise<ResourceState>;
  /** Succeeds where the resource is gone already. */
  readonly delete: (id: string, properties: P, context: ResourceContext) => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of resource types holds types of many property shapes
export type AnyResourceType = ResourceType<any>;
