import type { CloudContext } from '../../../core/cloud.js';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import type { AnyResourceType, ResourceContext } from '../../../core/resource-type.js';
import type { Write } from '../../../core/store.js';
import type { ResourceTypes } from '../resource-types.js';
import type { ResourceStatus, Stack, StackEvent, StackOperation, StackResource, StackStatus } from '../stack/stack.js';
import { type StackStore, write } from '../stack/stack-store.js';

/** The parts of the cloud that the engine needs. */
export interface EngineContext {
  readonly cloud: CloudContext;
  readonly resourceTypes: ResourceTypes;
  /** Aborted when the cloud stops: from then on nothing is to be taken for a result, and nothing kept. */
  readonly stopped: AbortSignal;
}

const STACK_TYPE = 'AWS::CloudFormation::Stack';

const isOfStack = ({ type, physicalId }: Pick<StackEvent, 'type' | 'physicalId'>, stackId: string): boolean =>
  type === STACK_TYPE && physicalId === stackId;

function withoutReason({ statusReason: _, ...resource }: StackResource): StackResource {
  return resource;
}

type ResourceChange = Partial<StackResource> & { readonly status: ResourceStatus };

/** One operation on one stack, under way: the stack and its resources as they are, each change kept before it counts. */
export class StackRun {
  readonly resources: Map<string, StackResource>;
  #stack: Stack;
  #lastEvent: number;

  private constructor(
    readonly engine: EngineContext,
    readonly store: StackStore,
    stack: Stack,
    readonly operation: StackOperation,
    resources: readonly StackResource[],
    lastEvent: number,
  ) {
    this.#stack = stack;
    this.resources = new Map(resources.map((resource) => [resource.logicalId, resource]));
    this.#lastEvent = lastEvent;
  }

  static async load(
    engine: EngineContext,
    store: StackStore,
    stack: Stack,
    operation: StackOperation,
  ): Promise<StackRun> {
    const [resources, lastEvent] = await Promise.all([store.resources(stack.id), store.lastEventTime(stack.id)]);
    return new StackRun(engine, store, stack, operation, resources, lastEvent);
  }

  /** The stack policy of this operation, else of the stack. */
  get policy(): string | undefined {
    return this.operation.policy ?? this.#stack.policy;
  }

  get stack(): Stack {
    return this.#stack;
  }

  /** Changes the stack's status, and what else is given, with an event that says so. */
  async setStatus(
    status: StackStatus,
    reason?: string,
    change: Partial<Stack> = {},
    ...writes: readonly Write[]
  ): Promise<void> {
    await this.#become(status, reason, { ...change, ...defined({ statusReason: reason }) }, writes);
  }

  /** Ends the operation well. @param note what its event says; the stack itself says nothing, as on AWS */
  async complete(
    status: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE',
    note: string | undefined,
    change: Partial<Stack>,
    ...writes: readonly Write[]
  ): Promise<void> {
    await this.#become(status, note, { ...change, operation: undefined }, writes);
  }

  async #become(
    status: StackStatus,
    reason: string | undefined,
    change: Partial<Stack>,
    writes: readonly Write[],
  ): Promise<void> {
    this.engine.stopped.throwIfAborted();
    const { statusReason: _, ...before } = this.#stack;
    const lastOperation = change.operation?.entry;
    this.#stack = { ...before, ...change, ...(lastOperation && { lastOperation }), status };
    const { id, name, account, region } = this.#stack;
    const event = this.#event({
      logicalId: name,
      physicalId: id,
      type: STACK_TYPE,
      status,
      ...defined({ reason }),
    });
    await this.store.save(this.#stack, write.event(event), ...writes);
    this.engine.cloud.emit({
      kind: 'stack',
      time: event.time,
      account,
      region,
      stackName: name,
      status,
      ...defined({ reason }),
    });
  }

  /** Changes the stack without a change of status. */
  async setStack(change: Partial<Stack>, ...writes: readonly Write[]): Promise<void> {
    this.#stack = { ...this.#stack, ...change };
    await this.store.save(this.#stack, ...writes);
  }

  /** Keeps a resource with its new status, and the events that lead there. */
  async setResource(
    before: StackResource,
    change: ResourceChange,
    stackChange?: Partial<Stack>,
    opening?: Pick<StackResource, 'statusReason'>,
  ): Promise<StackResource> {
    this.engine.stopped.throwIfAborted();
    const { statusReason: _, ...rest } = before;
    const resource: StackResource = { ...rest, ...change, time: this.engine.cloud.now() };
    this.resources.set(resource.logicalId, resource);
    const events = [
      ...(opening === undefined
        ? []
        : [this.#resourceEvent({ ...withoutReason(resource), ...opening, physicalId: before.physicalId })]),
      this.#resourceEvent(resource),
    ];
    const writes = [write.resource(this.#stack, resource), ...events.map(write.event)];
    if (stackChange) await this.setStack(stackChange, ...writes);
    else await this.store.batch(writes);
    return resource;
  }

  /** Keeps a resource as it is now, without an event. */
  async keepResource(resource: StackResource): Promise<void> {
    this.engine.stopped.throwIfAborted();
    this.resources.set(resource.logicalId, resource);
    await this.store.batch([write.resource(this.#stack, resource)]);
  }

  /** Says what happened to a resource, and changes the stack with it. */
  async note(resource: StackResource, stackChange?: Partial<Stack>, ...writes: readonly Write[]): Promise<void> {
    const all = [write.event(this.#resourceEvent(resource)), ...writes];
    if (stackChange) await this.setStack(stackChange, ...all);
    else await this.store.batch(all);
  }

  /** The type's implementation. Templates with other types were refused before. */
  type(name: string): AnyResourceType {
    const type = this.engine.resourceTypes.get(name);
    if (!type) throw new Error(`Resource type ${name} is not supported by this cloud`);
    return type;
  }

  /** The stack as a resource type sees it; its calls are the stack's own. */
  resourceContext(
    logicalId: string,
    onCall: (operation: string, succeeded: boolean) => void = () => {},
  ): ResourceContext {
    const { account, region, id, name, definition } = this.#stack;
    return {
      account,
      region,
      stackId: id,
      stackName: name,
      logicalId,
      stackTags: definition.tags,
      call: async (service, operation, input, resourceId) => {
        try {
          const output = await this.engine.cloud.dispatch(service, operation, input, {
            account,
            region,
            principal: this.operation.principal,
            // A service role is CloudFormation's own; the caller's credentials are handed on.
            ...(definition.roleArn === undefined && { calledVia: ['cloudformation.amazonaws.com'] }),
            requestId: randomId.uuid(),
            sourceIp: '127.0.0.1',
            ...defined({ resourceId }),
          });
          onCall(operation, true);
          return output;
        } catch (error) {
          onCall(operation, false);
          throw error;
        }
      },
    };
  }

  #resourceEvent(resource: StackResource): StackEvent {
    const { logicalId, physicalId, type, status, statusReason, properties, masked } = resource;
    return this.#event({
      logicalId,
      physicalId,
      type,
      status,
      properties: JSON.stringify(masked ?? properties),
      ...defined({ reason: statusReason }),
    });
  }

  #event(event: Omit<StackEvent, 'id' | 'stackId' | 'stackName' | 'time' | 'token'>): StackEvent {
    this.#lastEvent = Math.max(this.engine.cloud.now(), this.#lastEvent + 1);
    const { token } = this.operation;
    return {
      ...event,
      id: isOfStack(event, this.#stack.id)
        ? randomId.uuid()
        : `${event.logicalId}-${event.status}-${new Date(this.#lastEvent).toISOString()}`,
      stackId: this.#stack.id,
      stackName: this.#stack.name,
      time: this.#lastEvent,
      ...defined({ token }),
    };
  }
}
