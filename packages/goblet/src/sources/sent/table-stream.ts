import { randomUUID } from 'node:crypto';
import { encodeItem, type Item } from '../attribute-value.js';
import type { TestEvent } from '../source.js';
import { hasNew, hasOld, type StreamView } from '../stream-view.js';

/** A change for a test: an INSERT with only a new image, a REMOVE with only an old image, else a MODIFY. */
export interface TableStreamSent<I> {
  readonly newImage?: I;
  readonly oldImage?: I;
  /** @default - none */
  readonly keys?: Item;
  /**
   * True if time to live removed the item.
   * @default false
   */
  readonly expired?: boolean;
}

function dynamoDbRecord(sent: TableStreamSent<object>, view: StreamView, at: number): object {
  const { newImage, oldImage, keys = {}, expired } = sent;
  const eventName = oldImage === undefined ? 'INSERT' : newImage === undefined ? 'REMOVE' : 'MODIFY';
  return {
    eventID: randomUUID(),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    eventName,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: encodeItem(keys),
      ...(hasNew(eventName, view) && newImage && { NewImage: encodeItem(newImage) }),
      ...(hasOld(eventName, view) && oldImage && { OldImage: encodeItem(oldImage) }),
      SequenceNumber: String(at + 1),
      StreamViewType: view,
    },
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    eventSourceARN: 'arn:aws:dynamodb:eu-west-1:000000000000:table/test/stream/2026-01-01T00:00:00.000',
  };
}

/** The event of a table stream for changes from a test. */
export function dynamoDbEvent(view: StreamView): TestEvent | undefined {
  return (sent) => ({ Records: sent.map((one, at) => dynamoDbRecord(one as TableStreamSent<object>, view, at)) });
}
