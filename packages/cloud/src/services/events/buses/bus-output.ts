import { busArn } from './bus-name.js';
import { busPolicy } from './bus-policy.js';
import type { BusRecord } from './bus-store.js';

/** A bus as ListEventBuses and DescribeEventBus give it. */
export function busOutput(bus: BusRecord) {
  return {
    Name: bus.name,
    Arn: busArn(bus),
    Description: bus.description,
    Policy: busPolicy(bus),
    CreationTime: new Date(bus.created),
    LastModifiedTime: new Date(bus.modified),
  };
}
