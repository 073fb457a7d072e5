export const GOBLET_EVENT_SOURCE =
  'The function of a source got an event of another kind, and the invocation fails. Send it events of its source; if another source publishes to an SQS queue, name it: `queue(topic(…))`.';

export const otherEvent = (expected: string) => `GOBLET_EVENT_SOURCE: the event is not one of ${expected}`;

export const GOBLET_RECORD =
  'Records of a source that cannot return single records do not match its schema; the log has the issues. Correct the sender or the schema. Lambda retries the event and sends it to the function’s `onFailure` destination.';

export const recordDiffers = 'GOBLET_RECORD: the record does not match what its source declares';

export const recordsDiffer = (refused: number, delivered: number) =>
  `GOBLET_RECORD: ${refused} of ${delivered} records do not match their schema`;

/* The reasons for which one record does not match, as the log has them. */

export const notTime = (seconds: number) => `${seconds} is not a time`;

export const noImage = (member: string) => `there is no ${member}; give tableStream the view of the table's stream`;

export const notChange = (eventName: string) => `${eventName} is not a change of an item`;

export const notNumber = (text: string) => `${text} is not a DynamoDB number`;

export const notAttributeType = (type: string) => `${type} is not a DynamoDB attribute type`;

export const otherValue = (type: string) => `an attribute of type ${type} has another value`;

export const keyNotEncoded = (key: string) => `the key ${key} is not encoded as S3 encodes keys`;

export const notNotification = 'not a notification of SNS; if raw message delivery is on, declare the schema itself';

export const notUtf8 = 'not UTF-8; declare stream(Uint8Array) for other bytes';

export const notJson = 'not valid JSON';
