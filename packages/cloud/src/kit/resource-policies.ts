import { unlessGone } from '../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceType } from '../core/resource-type.js';

/** The properties that every such type has, beside its targets. */
export interface PolicyProperties extends Properties {
  readonly PolicyDocument: unknown;
}

/**
 * A type of resource that is the policy of others. Those that it no longer names, or that it leaves behind, have AWS's own
 * policy again.
 */
export function resourcePolicies<Name extends string>(definition: {
  readonly type: string;
  /** The property that lists the others. */
  readonly targets: Name;
  /** Gives one of them a policy; an empty text is AWS's own. */
  readonly set: (target: string, policy: string, context: ResourceContext) => Promise<unknown>;
  /** The service's error for one that is gone. */
  readonly missing: string;
}): ResourceType<PolicyProperties & Readonly<Record<Name, readonly string[]>>> {
  const { type, targets, set, missing } = definition;
  type Policies = PolicyProperties & Readonly<Record<Name, readonly string[]>>;
  const put = async (id: string, properties: Policies, context: ResourceContext) => {
    const { PolicyDocument } = properties;
    const policy = typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument);
    for (const target of properties[targets]) await set(target, policy, context);
    return { attributes: { Id: id } };
  };
  const unset = async (left: readonly string[], context: ResourceContext): Promise<void> => {
    for (const target of left) await unlessGone(set(target, '', context), missing);
  };
  return {
    type,
    create: put,
    update: async (id, properties, previous, context) => {
      const state = await put(id, properties, context);
      await unset(
        previous[targets].filter((target) => !properties[targets].includes(target)),
        context,
      );
      return state;
    },
    delete: (_id, properties, context) => unset(properties[targets], context),
  };
}
