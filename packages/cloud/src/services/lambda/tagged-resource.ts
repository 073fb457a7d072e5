import type { Tags } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import type { Call, Scope } from '../../core/operation.js';
import { randomId } from '../../core/random-id.js';
import { mappingArn } from './event-sources/event-source-mapping.js';
import { type FunctionReference, functionArn, parseReachableName } from './functions/function-name.js';
import { invalidParameter, notFound } from './lambda-error.js';
import type { LambdaState } from './service-state.js';

/** The resources that TagResource and its siblings may name. */
export type TaggedResource =
  | { readonly kind: 'function'; readonly reference: FunctionReference }
  | { readonly kind: 'event-source-mapping' | 'code-signing-config' | 'capacity-provider'; readonly arn: string };

const PATTERN =
  'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)';
const ARN = new RegExp(`^(?:${PATTERN})$`);

/** @throws AwsError ValidationException, InvalidParameterValueException */
export function parseTaggedResource(arn: string, scope: Scope): TaggedResource {
  if (!ARN.test(arn)) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${arn}' at 'resource' failed to satisfy constraint: Member must satisfy regular expression pattern: ${PATTERN}`,
    );
  }
  const kind = arn.split(':')[5];
  if (kind === 'event-source-mapping' || kind === 'code-signing-config' || kind === 'capacity-provider') {
    return { kind, arn };
  }
  if (kind === 'layer') throw invalidParameter('Tags on layers are not supported.');
  const reference = parseReachableName(arn, undefined, scope);
  if (reference.qualifier === undefined) return { kind: 'function', reference };
  throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
}

export const arnOf = (target: TaggedResource): string =>
  target.kind === 'function' ? functionArn(target.reference) : target.arn;

/** The tags of a resource. @throws AwsError ResourceNotFoundException */
export async function tagsOf(target: TaggedResource, call: Call, state: LambdaState): Promise<Tags> {
  switch (target.kind) {
    case 'function':
      return (await state.functions.get(target.reference)).tags;
    case 'event-source-mapping':
      return mappingOf(target.arn, call, state).tags;
    case 'code-signing-config':
      return (await state.codeSigning.get(target.arn)).tags;
    case 'capacity-provider':
      throw notFound(`Capacity provider not found: ${target.arn}`);
  }
}

/** Changes the tags of a resource in one step. @throws AwsError ResourceNotFoundException */
export async function changeTags(
  target: TaggedResource,
  change: (tags: Tags) => Tags,
  call: Call,
  state: LambdaState,
): Promise<unknown> {
  switch (target.kind) {
    case 'function':
      return state.functions.change(target.reference, (record) => ({
        ...record,
        latest: { ...record.latest, revisionId: randomId.uuid() },
        tags: change(record.tags),
      }));
    case 'event-source-mapping':
      return state.sources.changeTags(mappingOf(target.arn, call, state).uuid, change);
    case 'code-signing-config':
      return state.codeSigning.change(target.arn, (config) => ({ ...config, tags: change(config.tags) }));
    case 'capacity-provider':
      throw notFound(`Capacity provider not found: ${target.arn}`);
  }
}

function mappingOf(arn: string, call: Call, { sources }: LambdaState) {
  const mapping = sources.find(arn.slice(arn.lastIndexOf(':') + 1), call);
  if (mapping && mappingArn(mapping) === arn) return mapping;
  throw notFound(`Event source mapping not found: ${arn}`);
}
