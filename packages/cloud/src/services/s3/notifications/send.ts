import type { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Call, Scope } from '../../../core/operation.js';
import { parseQueueArn, queueUrl } from '../../../core/queue-name.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import type { BucketEvent } from './bucket-event.js';
import type { NotificationTarget } from './matching.js';

/** The account and region of a target's ARN. */
export function scopeOf(arn: string): Scope {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
}

/** A call of S3 for a bucket: the policy of the target has to let it in. */
function callFor({ name, account }: BucketEvent['bucket'], arn: string): Call {
  const principal = { kind: 'service', account, service: 's3.amazonaws.com', sourceArn: bucketArn(name) } as const;
  return internalCall(scopeOf(arn), principal);
}

/**
 * Hands a message to a target, which keeps it.
 *
 * @param traceId of the request that caused it, which queues pass on
 * @throws AwsError of the target's service
 */
export async function send(
  { dispatch }: Pick<CloudContext, 'dispatch'>,
  bucket: BucketEvent['bucket'],
  { kind, arn }: Pick<NotificationTarget, 'kind' | 'arn'>,
  message: object,
  traceId?: string,
): Promise<void> {
  const text = JSON.stringify(message);
  const call = callFor(bucket, arn);
  switch (kind) {
    case 'queue': {
      const queue = parseQueueArn(arn);
      if (!queue) throw new Error(`${arn} is not the ARN of a queue`);
      const traced = traceId !== undefined && {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: traceId } },
      };
      await dispatch('sqs', 'SendMessage', { QueueUrl: queueUrl(queue), MessageBody: text, ...traced }, call);
      return;
    }
    case 'topic':
      await dispatch('sns', 'Publish', { TopicArn: arn, Subject: 'Amazon S3 Notification', Message: text }, call);
      return;
    case 'function':
      await dispatch(
        'lambda',
        'Invoke',
        { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(text) },
        call,
      );
  }
}

/** Looks for a target whatever its policy lets in. @throws AwsError of the target's service where it is not there */
async function find({ dispatch }: Pick<CloudContext, 'dispatch'>, { kind, arn }: NotificationTarget): Promise<void> {
  const scope = scopeOf(arn);
  const call = internalCall(scope, { kind: 'root', account: scope.account });
  const queue = parseQueueArn(arn);
  if (queue) await dispatch('sqs', 'GetQueueAttributes', { QueueUrl: queueUrl(queue) }, call);
  else if (kind === 'topic') await dispatch('sns', 'GetTopicAttributes', { TopicArn: arn }, call);
}

/**
 * Looks whether S3 may tell a target: by a message, or by asking whether a function could be invoked.
 *
 * @throws AwsError of the target's service
 */
export async function test(
  context: Pick<CloudContext, 'dispatch'>,
  bucket: BucketEvent['bucket'],
  target: NotificationTarget,
  message: object,
): Promise<void> {
  if (target.kind !== 'function') {
    await find(context, target);
    return send(context, bucket, target, message);
  }
  const input = { FunctionName: target.arn, InvocationType: 'DryRun' };
  await context.dispatch('lambda', 'Invoke', input, callFor(bucket, target.arn));
}

/** The error of a target, as the members of S3's error. */
export function problemOf({ kind, arn }: NotificationTarget, { code }: AwsError): [name: string, value: string] {
  if (kind === 'function') return [`${arn}, null`, `Not authorized to invoke function [${arn}]`];
  const isMissing = code === 'QueueDoesNotExist' || code === 'NotFound';
  if (isMissing) return [arn, `The destination ${kind} does not exist`];
  return [arn, `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`];
}
