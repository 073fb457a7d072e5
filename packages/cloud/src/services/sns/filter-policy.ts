import { parseJson } from '../../core/json.js';
import { withNestedFields } from '../../kit/event-pattern/dotted-fields.js';
import { compileEventPattern } from '../../kit/event-pattern/event-pattern.js';
import type { MessageAttribute } from '../../kit/message-attributes.js';
import type { PublishedMessage } from './message.js';

/** True if a message is one that a subscription is to have. */
export type MessageFilter = (message: PublishedMessage) => boolean;

/** The value that a filter policy compares ("Amazon SNS subscription filter policies"); bytes match nothing. */
function comparedValue({ DataType, StringValue }: MessageAttribute): unknown {
  if (StringValue === undefined) return undefined;
  if (DataType === 'String.Array') return json(StringValue);
  return DataType.startsWith('Number') ? Number(StringValue) : StringValue;
}

function json(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** @throws Error for what is no filter policy */
export function compileFilterPolicy(policy: string, scope: string): MessageFilter {
  const pattern = parseJson(policy);
  const matches = compileEventPattern(pattern, 'sns');
  if (scope === 'MessageBody') {
    // Names with dots are those of fields within fields, in policies and in bodies.
    const matchesNested = compileEventPattern(withNestedFields(pattern), 'sns');
    return ({ message }) => {
      const body = json(message);
      return typeof body === 'object' && body !== null && matchesNested(withNestedFields(body));
    };
  }
  return ({ attributes }) =>
    matches(Object.fromEntries(Object.entries(attributes).map(([name, each]) => [name, comparedValue(each)])));
}
