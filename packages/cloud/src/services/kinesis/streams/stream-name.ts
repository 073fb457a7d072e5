import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { partitionOf } from '../../../core/partition.js';
import { invalidArgument, notFound } from '../kinesis-error.js';

/** Which stream of an account and region. */
export interface StreamName extends Scope {
  readonly name: string;
}

/** Which consumer of a stream. The ARN of a consumer has the second in which it was registered. */
export interface ConsumerName {
  readonly stream: StreamName;
  readonly consumer: string;
  /** Epoch seconds. */
  readonly registered: number;
}

/** Limits of the members by which operations name a stream. */
export const STREAM_LIMITS = {
  StreamName: { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ },
  StreamARN: { min: 1, max: 2048, pattern: /arn:aws.*:kinesis:.*:\d{12}:stream\/\S+/ },
};

const ARN =
  /^arn:aws[a-z-]*:kinesis:(?<region>[a-z0-9-]+):(?<account>\d{12}):stream\/(?<name>[a-zA-Z0-9_.-]{1,128})(?:\/consumer\/(?<consumer>[a-zA-Z0-9_.-]{1,128}):(?<registered>\d+))?$/;

export const streamArn = ({ account, region, name }: StreamName): string =>
  `arn:${partitionOf(region).name}:kinesis:${region}:${account}:stream/${name}`;

export const consumerArn = ({ stream, consumer, registered }: ConsumerName): string =>
  `${streamArn(stream)}/consumer/${consumer}:${registered}`;

/** The stream of an ARN; undefined for other text, and for the ARN of a consumer. */
export function parseStreamArn(arn: string): StreamName | undefined {
  const { region, account, name, consumer } = ARN.exec(arn)?.groups ?? {};
  if (region === undefined || account === undefined || name === undefined || consumer !== undefined) return undefined;
  return { account, region, name };
}

/** The consumer of an ARN; undefined for other text. */
export function parseConsumerArn(arn: string): ConsumerName | undefined {
  const { region, account, name, consumer, registered } = ARN.exec(arn)?.groups ?? {};
  if (region === undefined || account === undefined || name === undefined || consumer === undefined) return undefined;
  return { stream: { account, region, name }, consumer, registered: Number(registered) };
}

/** The members by which operations name a stream. */
export interface NamesStream {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/**
 * The stream that an input names, by its name or its ARN.
 * @throws AwsError InvalidArgumentException where it names none, or two
 */
export function streamOf({ StreamName: name, StreamARN: arn }: NamesStream, { account, region }: Scope): StreamName {
  const stream = arn === undefined ? undefined : requireStream(arn);
  if (name === undefined && stream === undefined) {
    throw invalidArgument('Either StreamName or StreamARN should be provided.');
  }
  if (stream && name !== undefined && name !== stream.name) {
    throw invalidArgument(`StreamName ${name} does not match the name in StreamARN ${arn}.`);
  }
  return stream ?? { account, region, name: name ?? '' };
}

/** @throws AwsError ValidationException for what is no ARN of a stream */
export function requireStream(arn: string): StreamName {
  const stream = parseStreamArn(arn);
  if (stream) return stream;
  throw new AwsError('ValidationException', `The ARN ${arn} is not that of a stream.`);
}

/** @throws AwsError ResourceNotFoundException for what is no ARN of a consumer */
export function requireConsumer(arn: string): ConsumerName {
  const consumer = parseConsumerArn(arn);
  if (consumer) return consumer;
  throw notFound(`Consumer ${arn} not found.`);
}
