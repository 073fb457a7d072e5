import { AwsError } from '../../../core/aws-error.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { validation } from '../cloudwatch-error.js';
import { cloudWatchOperation, onAlarms } from '../service-state.js';

export const ALARM_TAGS: TagRules = {
  reserved: () => validation('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => validation(`An alarm can have at most ${most} tags.`),
};

const ALARM = /^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:(?<name>.+)$/;

const noResource = (): AwsError => new AwsError('ResourceNotFoundException', 'Unknown', 404);

/** Of alarms, the resources that have tags here. */
export const alarmTagging = tagOperations(cloudWatchOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceARN', tags: 'Tags', keys: 'TagKeys' },
  form: 'list',
  rules: ALARM_TAGS,
  parse: (arn) => {
    const name = ALARM.exec(arn)?.groups?.name;
    if (name === undefined) throw noResource();
    return name;
  },
  access: (row, action, keys) => onAlarms(row, action, ({ target }) => [target], keys),
  tagsOf: (name, call, { alarmStore }) => {
    const alarm = alarmStore.find(call, name);
    if (!alarm) throw noResource();
    return alarm.tags;
  },
  change: (name, change, call, { alarmStore }) => {
    const alarm = alarmStore.find(call, name);
    if (!alarm) throw noResource();
    return alarmStore.put({ ...alarm, tags: change(alarm.tags) });
  },
});
