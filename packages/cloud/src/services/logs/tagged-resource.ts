import type { AccessRow, ConditionKeys, RowMaker, Tags, Target } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import type { Call, Scope } from '../../core/operation.js';
import type { RecordStore } from '../../kit/record-store.js';
import { isDestinationArn } from './destinations/destination-store.js';
import { groupNameOf } from './log-arn.js';
import type { LogsState } from './service-state.js';

/** A resource of CloudWatch Logs that has tags, by its ARN. */
export interface TaggedResource {
  readonly arn: string;
  /** @default - it is a destination, or a part of a delivery */
  readonly group?: string;
}

/** The resources of one kind as tags see them. */
interface TaggedKind {
  readonly find: (arn: string) => Tags | undefined;
  readonly change: (arn: string, change: (tags: Tags) => Tags) => Promise<void>;
}

const DELIVERY_ARN = /^arn:[^:]+:logs:[^:]+:\d{12}:delivery(-source|-destination)?:[^:]+$/;

export function parseTaggedArn(arn: string): TaggedResource {
  return isDestinationArn(arn) || DELIVERY_ARN.test(arn) ? { arn } : groupResource(groupNameOf(arn), arn);
}

export const groupResource = (group: string, arn: string): TaggedResource => ({ arn: arn.replace(/:\*$/, ''), group });

const taggedKind = <Item extends Scope & { readonly tags: Tags }>(store: RecordStore<Item>): TaggedKind => ({
  find: (arn) => store.find(arn)?.tags,
  change: async (arn, change) => {
    const found = store.find(arn);
    if (found) await store.put({ ...found, tags: change(found.tags) });
  },
});

/** @throws AwsError ResourceNotFoundException */
function kindOf(arn: string, { destinations, deliveries }: LogsState): TaggedKind {
  const kinds = [
    taggedKind(destinations),
    taggedKind(deliveries.destinations),
    taggedKind(deliveries.sources),
    taggedKind(deliveries.deliveries),
  ];
  const found = kinds.find(({ find }) => find(arn) !== undefined);
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified resource does not exist.');
  return found;
}

/** @throws AwsError ResourceNotFoundException */
export async function tagsOf({ arn, group }: TaggedResource, call: Call, state: LogsState): Promise<Tags> {
  return group === undefined ? (kindOf(arn, state).find(arn) ?? {}) : (await state.logs.group(call, group)).tags;
}

/** @throws AwsError ResourceNotFoundException */
export function changeTags(
  { arn, group }: TaggedResource,
  change: (tags: Tags) => Tags,
  call: Call,
  state: LogsState,
): Promise<void> {
  if (group === undefined) return kindOf(arn, state).change(arn, change);
  return state.logs.changeGroup(call, group, (before) => ({ ...before, tags: change(before.tags) }));
}

/** For operations on the tags of a resource. All kinds have the same condition keys, so that one row is for all. */
export function taggedAccess<Input extends { readonly target: TaggedResource }>(
  row: RowMaker<LogsState, Input>,
  action: string,
  keys: ConditionKeys<LogsState, NoInfer<Input>> = {},
): AccessRow<LogsState, Input> {
  return row<Target & TaggedResource>({
    action: `logs:${action}`,
    type: 'log-group',
    on: ({ target }) => ({ resource: target.arn, ...target }),
    keys: {
      'aws:ResourceTag/*': async ({ target, call, state }) => {
        const { arn, group } = target;
        if (group !== undefined) return (await state.logs.findGroup(call, group))?.tags;
        return kindOf(arn, state).find(arn);
      },
      ...keys,
    },
  });
}
