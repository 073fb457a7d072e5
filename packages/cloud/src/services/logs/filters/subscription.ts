import { gzipSync } from 'node:zlib';
import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { parseArn } from '../../../kit/arn.js';
import type { RoleSessions } from '../../../kit/role-sessions.js';
import { groupArn } from '../log-arn.js';
import { invalidParameter } from '../log-input.js';
import type { SubscriptionFilter } from './filter-store.js';

/** An event as a subscription sends it. */
export interface SentEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
  readonly extractedFields?: Readonly<Record<string, string>>;
}

/** The kinds of destinations that are called here, by the service in the ARN. */
export type DestinationKind = 'lambda' | 'kinesis';

export function destinationKind(arn: string): DestinationKind | undefined {
  const { service, resource = '' } = parseArn(arn) ?? {};
  if (service === 'lambda' && resource.startsWith('function:')) return 'lambda';
  return service === 'kinesis' && resource.startsWith('stream/') ? 'kinesis' : undefined;
}

/** The services as which CloudWatch Logs calls functions: policies name it with the region, or without. */
const servicesOf = ({ region }: Scope): readonly string[] => ['logs.amazonaws.com', `logs.${region}.amazonaws.com`];

/** Sends events to the destinations of subscriptions ("Real-time processing of log data with subscriptions"). */
export class Subscriptions {
  readonly #context: CloudContext;
  readonly #sessions: RoleSessions;

  constructor(context: CloudContext, sessions: RoleSessions) {
    this.#context = context;
    this.#sessions = sessions;
  }

  /** @throws AwsError of the destination */
  send(filter: SubscriptionFilter, stream: string, events: readonly SentEvent[]): Promise<void> {
    const payload = gzipSync(
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: filter.account,
        logGroup: filter.group,
        logStream: stream,
        subscriptionFilters: [filter.name],
        logEvents: events,
      }),
    );
    if (destinationKind(filter.destinationArn) === 'kinesis') return this.#putRecord(filter, stream, payload);
    return this.#invoke(filter, 'Event', JSON.stringify({ awslogs: { data: payload.toString('base64') } }));
  }

  /**
   * Does what CloudWatch Logs does before it keeps a subscription: it asks if it may invoke the function, and sends a
   * stream a message that says so.
   *
   * @throws AwsError InvalidParameterException
   */
  async check(filter: SubscriptionFilter): Promise<void> {
    const isStream = destinationKind(filter.destinationArn) === 'kinesis';
    try {
      if (!isStream) return await this.#invoke(filter, 'DryRun', '{}');
      const message = 'CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.';
      const control = {
        messageType: 'CONTROL_MESSAGE',
        owner: 'CloudwatchLogs',
        logGroup: '',
        logStream: '',
        subscriptionFilters: [],
        logEvents: [{ id: '', timestamp: this.#context.now(), message }],
      };
      await this.#putRecord(filter, 'control', gzipSync(JSON.stringify(control)));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalidParameter(
        isStream
          ? `Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state. (${error.message})`
          : 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
      );
    }
  }

  async #invoke(filter: SubscriptionFilter, InvocationType: string, payload: string): Promise<void> {
    const { account, region, destinationArn: FunctionName } = filter;
    const input = { FunctionName, InvocationType, Payload: Buffer.from(payload) };
    const sourceArn = `${groupArn(filter, filter.group)}:*`;
    const [last = '', ...others] = [...servicesOf(filter)].reverse();
    for (const service of others) {
      try {
        await this.#context.dispatch(
          'lambda',
          'Invoke',
          input,
          internalCall(filter, { kind: 'service', account, service, sourceArn }),
        );
        return;
      } catch (error) {
        if (!failedWith(error, 'AccessDeniedException')) throw error;
      }
    }
    const call = internalCall({ account, region }, { kind: 'service', account, service: last, sourceArn });
    await this.#context.dispatch('lambda', 'Invoke', input, call);
  }

  async #putRecord(filter: SubscriptionFilter, stream: string, Data: Uint8Array): Promise<void> {
    const { destinationArn: StreamARN, roleArn = '', distribution } = filter;
    const lands = parseArn(StreamARN) ?? filter;
    const PartitionKey = distribution === 'Random' ? randomId.uuid() : randomKeyOf(filter.group, stream);
    const call = await this.#sessions.call(
      roleArn,
      'CloudWatchLogs',
      filter,
      lands,
      `${groupArn(filter, filter.group)}:*`,
    );
    await this.#context.dispatch('kinesis', 'PutRecord', { StreamARN, PartitionKey, Data }, call);
  }
}

/** The events of one log stream stay together. */
const randomKeyOf = (group: string, stream: string): string => `${group}:${stream}`.slice(0, 256);
