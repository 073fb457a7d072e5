import { defined } from '../../../core/defined.js';
import { propertyChanges, replaces } from '../spec/property-changes.js';
import { resourceTypeSpec } from '../spec/resource-spec.js';
import type { StackResource } from '../stack/stack.js';
import { denialBy, type UpdateAction } from '../stack/stack-policy.js';
import type { StackExport } from '../stack/stack-store.js';
import { evaluate } from '../template/evaluate.js';
import { dependencyGraph, type Graph } from '../template/graph.js';
import { isMap, type Json, type JsonMap, own, sameValue } from '../template/json.js';
import type { ResourceDeclaration, Template } from '../template/template.js';
import { failureReason } from './failure-reason.js';
import { maskedProperties } from './masked-properties.js';
import { givenName } from './physical-id.js';
import { createResource, deleteResource, updateResource, type WantedResource } from './resource-work.js';
import { resourceValues, type StackEvaluation, stackEvaluation } from './stack-evaluation.js';
import type { StackRun } from './stack-run.js';
import { walk } from './walk.js';

/** The goal of a deployment in progress: the template and its values. */
export interface Target {
  readonly template: Template;
  readonly graph: Graph;
  readonly evaluation: StackEvaluation;
}

export function targetOf(run: StackRun, template: Template, exports: readonly StackExport[]): Target {
  const evaluation = stackEvaluation(template, run.stack.definition, run.stack, exports, (logicalId) => {
    const resource = run.resources.get(logicalId);
    return resource && resourceValues(resource);
  });
  return { template, graph: dependencyGraph(template, evaluation.condition), evaluation };
}

/** The failures of a deployment, by the attempted action. */
export interface DeployFailures {
  readonly create: readonly string[];
  readonly update: readonly string[];
}

/**
 * Makes every resource what the template says, in the order of their dependencies. A resource that is so already is
 * left alone, so a deployment that was cut off goes on where it was.
 */
export async function deployResources(run: StackRun, target: Target): Promise<DeployFailures> {
  const failures = { create: [] as string[], update: [] as string[] };
  failures.update.push(...(await keepProtected(run, target)));
  if (failures.update.length > 0) return failures;
  await walk(
    target.graph,
    async (logicalId) => {
      const exists = run.stack.stable?.resources.some((resource) => resource.logicalId === logicalId) ?? false;
      const done = await deployResource(run, target, logicalId);
      if (!done) (exists ? failures.update : failures.create).push(logicalId);
      return done;
    },
    'stop',
  );
  return failures;
}

/** @returns the logical ids of resources that the template no longer has and the stack policy keeps */
async function keepProtected(run: StackRun, { graph }: Target): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const resource of run.resources.values()) {
    if (graph.has(resource.logicalId) || resource.status === 'DELETE_COMPLETE') continue;
    if (!(await isAllowed(run, 'Update:Delete', resource))) kept.push(resource.logicalId);
  }
  return kept;
}

/** True if the stack policy allows a change of a resource; where not, its events say why. */
async function isAllowed(run: StackRun, action: UpdateAction, resource: StackResource): Promise<boolean> {
  const statusReason = run.operation.kind === 'UPDATE' ? denialBy(run.policy, action, resource) : undefined;
  if (statusReason === undefined) return true;
  await run.setResource(resource, { status: 'UPDATE_FAILED', statusReason });
  return false;
}

async function deployResource(run: StackRun, target: Target, logicalId: string): Promise<boolean> {
  const declared = target.template.resources[logicalId];
  if (!declared) throw new Error(`${logicalId} is in the graph and not in the template`);
  const current = run.resources.get(logicalId);
  let wanted: WantedResource;
  try {
    wanted = wantedResource(run, logicalId, declared, target);
  } catch (error) {
    await failEarly(run, logicalId, declared, current, error);
    return false;
  }
  if (!current || current.status === 'DELETE_COMPLETE') return createResource(run, wanted);
  if (current.pending === 'create') return goOnCreating(run, wanted, current);
  if (current.pending === 'update') return updateResource(run, current, wanted, propertiesBefore(run, current));
  if (current.unmade || current.physicalId === '') return createAgain(run, wanted, current);
  return changeResource(run, wanted, current);
}

function wantedResource(
  run: StackRun,
  logicalId: string,
  declared: ResourceDeclaration,
  target: Target,
): WantedResource {
  const properties = evaluate(declared.properties, target.evaluation);
  const masked = maskedProperties(declared.properties, target.template, target.evaluation);
  const metadata = declared.metadata === undefined ? undefined : evaluateMetadata(declared.metadata, target);
  return {
    logicalId,
    type: declared.type,
    properties: isMap(properties) ? properties : {},
    masked,
    deletionPolicy: declared.deletionPolicy,
    updateReplacePolicy: declared.updateReplacePolicy,
    needs: [...(target.graph.get(logicalId) ?? [])],
    ...defined({ metadata }),
    ...(resourceTypeSpec(declared.type)?.tags !== undefined && { stackTags: run.stack.definition.tags }),
  };
}

/** Metadata is for people and tools: an intrinsic function without a target stays unchanged. */
function evaluateMetadata(metadata: Json, target: Target): Json | undefined {
  try {
    return evaluate(metadata, target.evaluation);
  } catch {
    return metadata;
  }
}

async function changeResource(run: StackRun, wanted: WantedResource, current: StackResource): Promise<boolean> {
  // The state after a failed update is unknown, but the state before it is known.
  const failed = current.status === 'UPDATE_FAILED';
  const before = failed ? propertiesBefore(run, current) : current.properties;
  const changes = propertyChanges(wanted.type, before, wanted.properties);
  if (!failed && changes.length === 0 && sameValue(current.stackTags, wanted.stackTags)) {
    const { metadata: _, ...rest } = current;
    await run.keepResource({ ...rest, ...wanted });
    return true;
  }
  const action = replaces(changes) ? 'Update:Replace' : 'Update:Modify';
  if (!(await isAllowed(run, action, current))) return false;
  if (action === 'Update:Modify') return updateResource(run, current, wanted, before);
  const name = clashingName(run, wanted, current);
  if (name === undefined) return createResource(run, wanted, { replaced: current });
  await run.setResource(current, {
    status: 'UPDATE_FAILED',
    statusReason: `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
  });
  return false;
}

/** The name that the new resource would have to share with the one it replaces. */
function clashingName(run: StackRun, wanted: WantedResource, current: StackResource): string | undefined {
  const name = givenName(run.type(wanted.type), wanted.properties);
  if (name === undefined) return undefined;
  const spec = resourceTypeSpec(wanted.type);
  const identifier = (spec?.primaryIdentifier ?? []).filter((property) => own(spec?.properties ?? {}, property));
  const isSame = (property: string): boolean => {
    const value = own(wanted.properties, property);
    return value !== undefined && sameValue(value, own(current.properties, property));
  };
  return givenName(run.type(wanted.type), current.properties) === name && identifier.every(isSame) ? name : undefined;
}

function goOnCreating(run: StackRun, wanted: WantedResource, unfinished: StackResource): Promise<boolean> {
  const replaced = run.stack.leftovers.findLast(({ logicalId }) => logicalId === wanted.logicalId);
  return createResource(run, wanted, { unfinished, ...(replaced && { replaced }) });
}

/** A create that failed and was not rolled back: what it left is deleted first. */
async function createAgain(run: StackRun, wanted: WantedResource, failed: StackResource): Promise<boolean> {
  if (failed.physicalId !== '' && !(await deleteResource(run, failed, true))) return false;
  return createResource(run, wanted);
}

function propertiesBefore(run: StackRun, current: StackResource): JsonMap {
  const before = run.stack.stable?.resources.find(({ logicalId }) => logicalId === current.logicalId);
  return before?.properties ?? current.properties;
}

/** A resource whose properties cannot be evaluated fails before its service is asked. */
async function failEarly(
  run: StackRun,
  logicalId: string,
  declared: ResourceDeclaration,
  current: StackResource | undefined,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error && error.name === 'ValidationError' ? error.message : failureReason(error);
  const blank: StackResource = {
    logicalId,
    type: declared.type,
    physicalId: '',
    incarnation: '',
    status: 'CREATE_FAILED',
    time: 0,
    properties: {},
    ref: '',
    attributes: {},
    deletionPolicy: declared.deletionPolicy,
    updateReplacePolicy: declared.updateReplacePolicy,
    needs: [],
  };
  await run.setResource(current ?? blank, {
    status: current ? 'UPDATE_FAILED' : 'CREATE_FAILED',
    statusReason: reason,
  });
}
