import { randomUUID } from 'node:crypto';
import { onlyOne, type TestEvent } from '../source.js';

const eventAt = (time: unknown): unknown => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: (time instanceof Date ? time : new Date()).toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'eu-west-1',
  resources: [],
  detail: {},
});

/** The event of a schedule for the time that a test sends. */
export function scheduledEvent(): TestEvent | undefined {
  return (sent) => eventAt(onlyOne(sent));
}
