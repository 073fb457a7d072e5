import type { StreamRecord } from '../../../kit/table-stream.js';

/** A change as Lambda hands it to a function ("Using AWS Lambda with Amazon DynamoDB"). */
export interface StreamEventRecord extends Omit<StreamRecord, 'userIdentity'> {
  readonly eventSourceARN: string;
  /** In Lambda's events the members begin with small letters. */
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
}

export function streamEventRecord(record: StreamRecord, eventSourceARN: string): StreamEventRecord {
  const { userIdentity, ...rest } = record;
  return {
    ...rest,
    eventSourceARN,
    ...(userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
  };
}
