import { busArn } from './bus-name.js';
import { type BusRecord, busPolicy } from './bus-store.js';

/** A bus as ListEventBuses and DescribeEventBus give it. */
export function busSummary(bus: BusRecord) {
  const policy = busPolicy(bus);
  return {
    Name: bus.name,
    Arn: busArn(bus),
    ...(bus.description !== undefined && { Description: bus.description }),
    ...(policy !== undefined && { Policy: policy }),
    ...(bus.created !== undefined && { CreationTime: new Date(bus.created) }),
    ...(bus.modified !== undefined && { LastModifiedTime: new Date(bus.modified) }),
  };
}
