import { expect } from 'vitest';

/** A service's SDK client: `cloudformation` is `@aws-sdk/client-cloudformation`. */
export type ServiceName = keyof typeof import('./clients.js').sdks;

/**
 * An operation and its input. A string `<CreateQueue.QueueUrl>` stands for that member of the last answer of the
 * operation; the file's own service is left out: `sqs:CreateQueue` is another's.
 */
export type RecordedCall = readonly [operation: string, input: object];

/** A fact about AWS, in our own words: what AWS answered, and when. */
export interface RecordedCase {
  /** The fact in a sentence; it is the test's name. */
  readonly name: string;
  /** The month in which AWS answered so: `2025-10`. */
  readonly recorded: `20${number}-${number}`;
  /** Calls that make the state that the question is about. */
  readonly given?: readonly RecordedCall[];
  readonly ask: RecordedCall;
  /** The part of the answer that is compared: `Stacks.0.Tags`. @default - the whole answer */
  readonly at?: string;
  /** The whole of that part. Account 111111111111 stands for the caller's; strings `<…>` as in inputs. */
  readonly answer?: unknown;
  /** AWS's refusal. Members that it names are compared. */
  readonly error?: {
    readonly code: string;
    readonly message?: unknown;
    readonly status?: number;
    /** Of the service's own: `Key` */
    readonly [member: string]: unknown;
  };
  /** Asks again until the answer is this one: for what AWS does later. */
  readonly eventually?: true;
}

/** The facts of one service. */
export interface RecordedService {
  readonly service: ServiceName;
  readonly cases: readonly RecordedCase[];
}

export const ANY_TIME = expect.any(Date);
export const ANY_TEXT = expect.any(String);
export const ANY_UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
