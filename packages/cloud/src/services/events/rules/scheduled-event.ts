import { randomId } from '../../../core/random-id.js';
import { type BusEvent, eventTime } from '../buses/bus-event.js';
import { type RuleName, ruleArn } from './rule-name.js';

/**
 * The event that the targets of a schedule receive.
 * @param due epoch milliseconds
 */
export function scheduledEvent(rule: RuleName, due: number): BusEvent {
  return {
    version: '0',
    id: randomId.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: rule.account,
    time: eventTime(due),
    region: rule.region,
    resources: [ruleArn(rule)],
    detail: {},
  };
}
