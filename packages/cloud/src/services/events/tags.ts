import { InputReader } from '../../core/input-reader.js';
import type { Call } from '../../core/operation.js';
import { invalid } from './events-error.js';

export type Tags = Readonly<Record<string, string>>;

const MOST = 50;

export function readTags(input: InputReader): Tags {
  const entries = (input.list('Tags') ?? []).map((each) => {
    const tag = new InputReader(each);
    const entry = [tag.requiredText('Key', { max: 128 }), tag.requiredText('Value', { max: 256 })] as const;
    tag.check();
    return entry;
  });
  return Object.fromEntries(entries);
}

export function tagList(tags: Tags) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Only CloudFormation gives tags of AWS's own. @throws AwsError ValidationException */
export function checkTags(tags: Tags, call: Call): void {
  const names = Object.keys(tags);
  if (call.resourceId === undefined && names.some((key) => /^aws:/i.test(key))) {
    throw invalid('System tags cannot be added/updated by requester');
  }
  if (names.filter((key) => !key.startsWith('aws:')).length > MOST) throw invalid(`A resource can have ${MOST} tags.`);
}
