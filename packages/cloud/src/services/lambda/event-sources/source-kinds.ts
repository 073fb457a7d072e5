import { invalidParameter } from '../lambda-error.js';
import { dataStreamSource } from './data-stream-source.js';
import { queueSource } from './queue-source.js';
import type { SourceKind } from './source-kind.js';
import { tableStreamSource } from './table-stream-source.js';

const KINDS: readonly SourceKind[] = [queueSource, tableStreamSource, dataStreamSource];

/** @throws AwsError InvalidParameterValueException for a kind of source that the local cloud does not support */
export function sourceKindOf(arn: string): SourceKind {
  const kind = KINDS.find(({ isArn }) => isArn(arn));
  if (kind) return kind;
  throw invalidParameter(
    `The local cloud has event source mappings for SQS queues, Kinesis streams and streams of DynamoDB tables, and ${arn} is none`,
  );
}
