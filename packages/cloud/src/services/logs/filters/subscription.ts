import { gzipSync } from 'node:zlib';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { parseArn } from '../../../kit/arn.js';
import type { RecordStore } from '../../../kit/record-store.js';
import { RoleSessions } from '../../../kit/role-sessions.js';
import { type Destination, isDestinationArn } from '../destinations/destination-store.js';
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
export type DestinationKind = 'lambda' | 'kinesis' | 'logs';

export function destinationKind(arn: string): DestinationKind | undefined {
  const { service, resource = '' } = parseArn(arn) ?? {};
  if (service === 'lambda' && resource.startsWith('function:')) return 'lambda';
  if (isDestinationArn(arn)) return 'logs';
  return service === 'kinesis' && resource.startsWith('stream/') ? 'kinesis' : undefined;
}

/** A stream, and the role under which it is written. */
interface Stream {
  readonly arn: string;
  readonly roleArn: string;
  /** Where the role was given. */
  readonly owner: Scope;
  /** The resource for which CloudWatch Logs writes. */
  readonly sourceArn: string;
}

/** Sends events to the destinations of subscriptions ("Real-time processing of log data with subscriptions"). */
export class Subscriptions {
  readonly #context: CloudContext;
  /** By the name of the service that assumes the roles. */
  readonly #sessions = new Map<string, RoleSessions>();
  readonly #destinations: Pick<RecordStore<Destination>, 'find'>;

  constructor(context: CloudContext, destinations: Pick<RecordStore<Destination>, 'find'>) {
    this.#context = context;
    this.#destinations = destinations;
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
    if (destinationKind(filter.destinationArn) === 'lambda') {
      return this.#invoke(filter, 'Event', JSON.stringify({ awslogs: { data: payload.toString('base64') } }));
    }
    const key = filter.distribution === 'Random' ? randomId.uuid() : keyOf(filter.group, stream);
    return this.#putRecord(this.#streamOf(filter), key, payload);
  }

  /**
   * Does what CloudWatch Logs does before it keeps a subscription: it asks if it may invoke the function, and sends a
   * stream a message that says so.
   *
   * @throws AwsError InvalidParameterException, ResourceNotFoundException where there is no such destination
   */
  async check(filter: SubscriptionFilter): Promise<void> {
    const isFunction = destinationKind(filter.destinationArn) === 'lambda';
    const stream = isFunction ? undefined : this.#streamOf(filter);
    try {
      if (stream) await this.#checkStream(stream);
      else await this.#invoke(filter, 'DryRun', '{}');
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalidParameter(
        stream
          ? `Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state. (${error.message})`
          : 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
      );
    }
  }

  /** The same for the stream of a destination. @throws AwsError InvalidParameterException */
  async checkTarget({ targetArn: arn, roleArn, ...owner }: Destination): Promise<void> {
    try {
      await this.#checkStream({ arn, roleArn, owner, sourceArn: groupArn(owner, '*') });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const reason = 'Could not deliver test message to specified destination. Check if the destination is valid.';
      throw invalidParameter(`${reason} (${error.message})`);
    }
  }

  #checkStream(stream: Stream): Promise<void> {
    const message = 'CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.';
    const control = {
      messageType: 'CONTROL_MESSAGE',
      owner: 'CloudwatchLogs',
      logGroup: '',
      logStream: '',
      subscriptionFilters: [],
      logEvents: [{ id: '', timestamp: this.#context.now(), message }],
    };
    return this.#putRecord(stream, 'control', gzipSync(JSON.stringify(control)));
  }

  /** @throws AwsError ResourceNotFoundException where a destination is not there (any more) */
  #streamOf(filter: SubscriptionFilter): Stream {
    const { destinationArn: arn, roleArn = '', account, region } = filter;
    const sourceArn = `${groupArn(filter, filter.group)}:*`;
    if (destinationKind(arn) === 'kinesis') return { arn, roleArn, owner: { account, region }, sourceArn };
    const found = this.#destinations.find(arn);
    if (!found) throw new AwsError('ResourceNotFoundException', 'The specified destination does not exist.');
    return { arn: found.targetArn, roleArn: found.roleArn, owner: found, sourceArn };
  }

  async #invoke(filter: SubscriptionFilter, InvocationType: string, payload: string): Promise<void> {
    const { account, region, destinationArn: FunctionName } = filter;
    const input = { FunctionName, InvocationType, Payload: Buffer.from(payload) };
    const sourceArn = `${groupArn(filter, filter.group)}:*`;
    await asEachName(filter, (service) => {
      const call = internalCall({ account, region }, { kind: 'service', account, service, sourceArn });
      return this.#context.dispatch('lambda', 'Invoke', input, call);
    });
  }

  async #putRecord(stream: Stream, PartitionKey: string, Data: Uint8Array): Promise<void> {
    const { arn: StreamARN, roleArn, owner, sourceArn } = stream;
    const lands = parseArn(StreamARN);
    if (lands?.service !== 'kinesis') {
      throw invalidParameter(`The local cloud sends logs to streams of Kinesis, and ${StreamARN} is none`);
    }
    await asEachName(owner, async (service) => {
      const call = await this.#sessionsOf(service).call(roleArn, 'CloudWatchLogs', owner, lands, sourceArn);
      return this.#context.dispatch('kinesis', 'PutRecord', { StreamARN, PartitionKey, Data }, call);
    });
  }

  #sessionsOf(service: string): RoleSessions {
    const sessions = this.#sessions.get(service) ?? new RoleSessions(this.#context, service);
    this.#sessions.set(service, sessions);
    return sessions;
  }
}

/** Acts as CloudWatch Logs, which policies name with the region or without. */
async function asEachName({ region }: Scope, act: (service: string) => Promise<unknown>): Promise<void> {
  try {
    await act(`logs.${region}.amazonaws.com`);
  } catch (error) {
    if (!(error instanceof AwsError) || !error.code.startsWith('AccessDenied')) throw error;
    await act('logs.amazonaws.com');
  }
}

/** The events of one log stream stay together. */
const keyOf = (group: string, stream: string): string => `${group}:${stream}`.slice(0, 256);
