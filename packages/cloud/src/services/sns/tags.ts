import type { InputReader } from '../../core/input-reader.js';
import type { Call } from '../../core/operation.js';
import { invalidParameter } from './sns-error.js';

const MOST = 50;

export function readTags(input: InputReader): Readonly<Record<string, string>> {
  const tags = (input.list('Tags') ?? []).map((each) => {
    const [key, value] = ['Key', 'Value'].map((name) =>
      typeof each === 'object' && each !== null ? Reflect.get(each, name) : undefined,
    );
    if (typeof key !== 'string' || key === '') throw invalidParameter('Tags: a tag has no Key');
    return [key, String(value ?? '')];
  });
  return Object.fromEntries(tags);
}

/** Only CloudFormation gives tags of AWS's own. @throws AwsError InvalidParameter */
export function checkTags(tags: Readonly<Record<string, string>>, call: Call): void {
  const names = Object.keys(tags);
  if (call.resourceId === undefined && names.some((key) => /^aws:/i.test(key))) {
    throw invalidParameter('Tags: aws: prefixed tag key names are not allowed for external use.');
  }
  if (names.filter((key) => !key.startsWith('aws:')).length > MOST) {
    throw invalidParameter(`Tags: a topic can have ${MOST}`);
  }
}
