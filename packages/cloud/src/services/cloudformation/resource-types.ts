import type { CloudContext } from '../../core/cloud.js';
import type { AnyResourceType } from '../../core/resource-type.js';
import { customResourceType } from './custom-resources/custom-resource.js';
import { isCustomType } from './custom-resources/custom-type.js';
import { ProviderResponses } from './custom-resources/responses.js';
import { withStanding } from './properties/standing.js';
import { recordedResources, recordedType } from './recorded/recorded-types.js';
import { resourceTypeSpec } from './spec/resource-spec.js';

/** How this cloud treats resources of a type; `unknown` is no type of AWS. */
export type Standing = 'simulated' | 'recorded' | 'refused' | 'unknown';

/** The CloudFormation types of every service of the cloud, and those that are only recorded. */
export class ResourceTypes {
  readonly #cloud: CloudContext;
  #simulated: ReadonlyMap<string, AnyResourceType> | undefined;
  /** Of the providers of custom resources. */
  readonly responses = new ProviderResponses();
  readonly #recorded = new Map<string, AnyResourceType | undefined>();

  constructor(cloud: CloudContext) {
    this.#cloud = cloud;
  }

  /** The type's implementation; undefined for one that is refused. */
  get(name: string): AnyResourceType | undefined {
    if (isCustomType(name)) return customResourceType(name, this.responses);
    return this.#simulatedTypes().get(name) ?? (this.#cloud.refuseRecorded ? undefined : this.#recordedType(name));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  standing(name: string): Standing {
    if (isCustomType(name) || this.#simulatedTypes().has(name)) return 'simulated';
    if (this.has(name)) return 'recorded';
    return resourceTypeSpec(name) === undefined ? 'unknown' : 'refused';
  }

  #simulatedTypes(): ReadonlyMap<string, AnyResourceType> {
    // Services are known once all of them are made.
    this.#simulated ??= new Map(
      [...this.#cloud.services.values()].flatMap(({ resourceTypes }) =>
        resourceTypes.map((type) => [type.type, this.#withStanding(type)] as const),
      ),
    );
    return this.#simulated;
  }

  #withStanding(type: AnyResourceType): AnyResourceType {
    return withStanding(
      type,
      this.#cloud.refuseRecorded ? undefined : () => recordedResources(type.type, this.#cloud.store),
    );
  }

  #recordedType(name: string): AnyResourceType | undefined {
    if (!this.#recorded.has(name)) this.#recorded.set(name, recordedType(name, this.#cloud.store));
    return this.#recorded.get(name);
  }
}
