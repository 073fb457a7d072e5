import type { Scope } from '../../../core/operation.js';
import { parseQueueArn, type QueueName } from '../../../core/queue-name.js';
import { parseArn } from '../../../kit/arn.js';
import { type BusName, parseBusArn } from '../buses/bus-name.js';
import { type DestinationName, parseDestinationArn } from '../connections/connection-name.js';

/** A resource that events are sent to, by the ARN of a target. */
export type Destination =
  | { readonly kind: 'function'; readonly service: 'lambda'; readonly at: Scope; readonly arn: string }
  | { readonly kind: 'queue'; readonly service: 'sqs'; readonly at: QueueName }
  | { readonly kind: 'topic'; readonly service: 'sns'; readonly at: Scope; readonly arn: string }
  | { readonly kind: 'logGroup'; readonly service: 'logs'; readonly at: Scope; readonly group: string }
  | { readonly kind: 'stream'; readonly service: 'kinesis'; readonly at: Scope; readonly stream: string }
  | { readonly kind: 'bus'; readonly service: 'events'; readonly at: BusName }
  | { readonly kind: 'apiDestination'; readonly service: 'events'; readonly at: DestinationName };

const LOG_GROUP = /^log-group:(?<group>[.\-_/#A-Za-z0-9]{1,512})(?::\*)?$/;
const STREAM = /^stream\/(?<stream>[.\-_A-Za-z0-9]{1,128})$/;

/** Undefined for ARNs of other kinds of resources, which AWS may send to and this cloud does not. */
export function parseDestination(arn: string): Destination | undefined {
  const { service, resource = '', account = '', region = '' } = parseArn(arn) ?? {};
  const at = { account, region };
  switch (service) {
    case 'lambda':
      return resource.startsWith('function:') ? { kind: 'function', service, at, arn } : undefined;
    case 'sqs': {
      const queue = parseQueueArn(arn);
      return queue && { kind: 'queue', service, at: queue };
    }
    case 'sns':
      return { kind: 'topic', service, at, arn };
    case 'logs': {
      const group = LOG_GROUP.exec(resource)?.groups?.group;
      return group === undefined ? undefined : { kind: 'logGroup', service, at, group };
    }
    case 'kinesis': {
      const stream = STREAM.exec(resource)?.groups?.stream;
      return stream === undefined ? undefined : { kind: 'stream', service, at, stream };
    }
    case 'events': {
      const bus = parseBusArn(arn);
      if (bus) return { kind: 'bus', service, at: bus };
      const destination = parseDestinationArn(arn);
      return destination && { kind: 'apiDestination', service, at: destination };
    }
    default:
      return undefined;
  }
}
