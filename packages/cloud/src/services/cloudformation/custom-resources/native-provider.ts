import type { Properties, ResourceContext, ResourceState } from '../../../core/resource-type.js';

export interface NativeRequest {
  readonly request: 'Create' | 'Update' | 'Delete';
  /** The physical id, of a resource that is there. */
  readonly id: string | undefined;
  readonly properties: Properties;
  readonly previous: Properties | undefined;
  readonly context: ResourceContext;
}

/** A provider of the CDK, carried out by the cloud itself. */
export type NativeProvider = (request: NativeRequest) => Promise<ResourceState>;
