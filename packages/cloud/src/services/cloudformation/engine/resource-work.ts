import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { type AnyResourceType, ResourceFailure, type ResourceState } from '../../../core/resource-type.js';
import { readProperties } from '../spec/read-properties.js';
import type { StackResource } from '../stack/stack.js';
import { isMap, type Json, type JsonMap } from '../template/json.js';
import { resolveDynamicReferences } from './dynamic-references.js';
import { failureReason } from './failure-reason.js';
import { newPhysicalId } from './physical-id.js';
import type { StackRun } from './stack-run.js';

const READS = /^(Get|Describe|List|Head|BatchGet|Query|Scan|Filter|Lookup|Simulate)/;

/** A resource that does not exist yet, as the template wants it. */
export type WantedResource = Omit<
  StackResource,
  'physicalId' | 'incarnation' | 'status' | 'time' | 'ref' | 'attributes' | 'pending' | 'unmade'
>;

/**
 * Makes a resource. Its physical id is kept before the service is asked for it.
 * @returns whether it was made
 */
export async function createResource(
  run: StackRun,
  wanted: WantedResource,
  options: {
    /** The resource as a restart found it in the making: it gets the same id again. */
    readonly unfinished?: StackResource;
    /** The resource that it takes the place of: events then say UPDATE. */
    readonly replaced?: StackResource;
  } = {},
): Promise<boolean> {
  const { unfinished, replaced } = options;
  const verb = replaced ? 'UPDATE' : 'CREATE';
  const blank: StackResource = {
    ...wanted,
    physicalId: replaced?.physicalId ?? '',
    incarnation: unfinished?.incarnation ?? randomId.uuid(),
    status: `${verb}_IN_PROGRESS`,
    time: 0,
    ref: '',
    attributes: {},
  };
  const fail = async (resource: StackResource, reason: string): Promise<false> => {
    await run.setResource(resource, { status: `${verb}_FAILED`, statusReason: reason });
    return false;
  };
  const type = run.type(wanted.type);
  const read = readProperties(wanted.type, wanted.properties);
  const refused = read.ok ? undefined : refusal(wanted.logicalId, read.reasons);
  if (!read.ok || refused !== undefined) {
    return replaced ? fail(replaced, refused ?? '') : fail(blank, refused ?? '');
  }

  const calls = new MutationRecord();
  const context = run.resourceContext(wanted.logicalId, calls.add);
  const opening = replaced
    ? { statusReason: 'Requested update requires the creation of a new physical resource; hence creating one.' }
    : {};
  let resource: StackResource;
  try {
    const properties = await resolveDynamicReferences(read.properties, context);
    const physicalId = unfinished?.physicalId ?? newPhysicalId(type, properties, context);
    resource = await run.setResource(
      blank,
      {
        physicalId,
        pending: 'create',
        status: `${verb}_IN_PROGRESS`,
        statusReason: 'Resource creation Initiated',
      },
      replaced && !unfinished ? { leftovers: [...run.stack.leftovers, replaced] } : undefined,
      unfinished ? undefined : opening,
    );
    const state = await type.create(physicalId, properties, context);
    const { pending: _, ...made } = resource;
    await run.setResource(made, { ...stateOf(physicalId, state), status: `${verb}_COMPLETE` });
    return true;
  } catch (error) {
    const current = run.resources.get(wanted.logicalId) ?? blank;
    const { pending: _, ...failed } = current.incarnation === blank.incarnation ? current : blank;
    // A resource that was never made must not be deleted by the rollback: somebody else's may have the same name.
    const isKnownByCalls = unfinished === undefined && !calls.none;
    const exists = isKnownByCalls ? calls.changed : !isConflict(error);
    const physicalId = (error instanceof ResourceFailure && error.physicalId) || failed.physicalId;
    return fail({ ...failed, unmade: true, physicalId: exists ? physicalId : '' }, failureReason(error));
  }
}

/** Changes a resource in place. @returns whether it was done */
export async function updateResource(
  run: StackRun,
  current: StackResource,
  wanted: WantedResource,
  previous: JsonMap,
): Promise<boolean> {
  const type = run.type(wanted.type);
  const read = readProperties(wanted.type, wanted.properties);
  if (!read.ok) {
    await run.setResource(current, { status: 'UPDATE_FAILED', statusReason: refusal(wanted.logicalId, read.reasons) });
    return false;
  }
  const resource = await run.setResource(
    { ...current, ...wanted },
    { status: 'UPDATE_IN_PROGRESS', pending: 'update' },
  );
  const { pending: _, ...rest } = resource;
  try {
    const state = await updateInService(run, type, resource.physicalId, read.properties, previous, wanted.logicalId);
    const made = stateOf(resource.physicalId, state, current.attributes);
    const replaced = made.physicalId === current.physicalId ? undefined : current;
    await run.setResource(
      rest,
      { ...made, status: 'UPDATE_COMPLETE' },
      replaced && { leftovers: [...run.stack.leftovers, replaced] },
    );
    return true;
  } catch (error) {
    await run.setResource(rest, { status: 'UPDATE_FAILED', statusReason: failureReason(error) });
    return false;
  }
}

/** Brings a resource back to what it was before. @returns whether it was done */
export async function restoreResource(run: StackRun, current: StackResource, before: StackResource): Promise<boolean> {
  await run.setResource(current, { status: 'UPDATE_IN_PROGRESS', pending: 'update' });
  try {
    const type = run.type(before.type);
    const { properties, logicalId } = before;
    const { physicalId } = current;
    const state = await updateInService(
      run,
      type,
      physicalId,
      typed(before.type, properties),
      current.properties,
      logicalId,
    );
    const made = stateOf(physicalId, state, current.attributes);
    // An id that changes back is the old resource's: what the update put in its place is left over now.
    const others = run.stack.leftovers.filter((one) => one.physicalId !== made.physicalId);
    const leftovers = made.physicalId === physicalId ? others : [...others, current];
    const moved = made.physicalId !== physicalId || others.length !== run.stack.leftovers.length;
    await run.setResource(before, { ...made, status: 'UPDATE_COMPLETE' }, moved ? { leftovers } : undefined);
    return true;
  } catch (error) {
    await run.setResource(current, { status: 'UPDATE_FAILED', statusReason: failureReason(error) });
    return false;
  }
}

async function updateInService(
  run: StackRun,
  type: AnyResourceType,
  physicalId: string,
  properties: JsonMap,
  previous: JsonMap,
  logicalId: string,
): Promise<ResourceState> {
  const context = run.resourceContext(logicalId);
  const [now, before] = await Promise.all([
    resolveDynamicReferences(properties, context),
    resolveDynamicReferences(typed(type.type, previous), context),
  ]);
  return type.update(physicalId, now, before, context);
}

/**
 * Deletes a physical resource.
 * @param isCurrent whether its logical id still stands for it; a replaced one is only told of in events
 */
export async function deleteResource(run: StackRun, resource: StackResource, isCurrent: boolean): Promise<boolean> {
  const { statusReason: _, ...rest } = resource;
  const tell = async (change: Pick<StackResource, 'status' | 'statusReason'>): Promise<void> => {
    if (isCurrent) await run.setResource(rest, change);
    else await run.note({ ...rest, ...change });
  };
  await tell({ status: 'DELETE_IN_PROGRESS' });
  try {
    const context = run.resourceContext(resource.logicalId);
    await run.type(resource.type).delete(resource.physicalId, typed(resource.type, resource.properties), context);
    await tell({ status: 'DELETE_COMPLETE' });
    return true;
  } catch (error) {
    await tell({ status: 'DELETE_FAILED', statusReason: failureReason(error) });
    return false;
  }
}

/** Properties with their types, where they were accepted; else as they are. */
function typed(type: string, properties: JsonMap): JsonMap {
  const read = readProperties(type, properties);
  return read.ok ? read.properties : properties;
}

function refusal(logicalId: string, reasons: readonly string[]): string {
  const unsupported = reasons.find((reason) => reason.startsWith('Encountered unsupported property'));
  return unsupported ?? `Properties validation failed for resource ${logicalId} with message:\n[${reasons.join(', ')}]`;
}

function stateOf(
  chosen: string,
  state: ResourceState,
  before: JsonMap = {},
): Pick<StackResource, 'physicalId' | 'ref' | 'attributes'> {
  const physicalId = state.physicalId ?? chosen;
  // A service's answer may hold values that JSON does not have; attributes are JSON.
  const attributes: Json = JSON.parse(JSON.stringify(state.attributes ?? before));
  return { physicalId, ref: state.ref ?? physicalId, attributes: isMap(attributes) ? attributes : {} };
}

function isConflict(error: unknown): boolean {
  return error instanceof AwsError && /AlreadyExists|ResourceInUse|ResourceConflict/.test(error.code);
}

/** Remembers whether a create got anywhere: it did where a call that changes something succeeded. */
class MutationRecord {
  /** A type that makes no call at all does its work without them, so nobody knows. */
  none = true;
  changed = false;

  readonly add = (operation: string, succeeded: boolean): void => {
    this.none = false;
    if (succeeded && !READS.test(operation)) this.changed = true;
  };
}
