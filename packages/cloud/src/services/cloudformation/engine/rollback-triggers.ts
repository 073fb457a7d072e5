import { alarmNameIn } from '../stack/rollback-configuration.js';
import type { StackRun } from './stack-run.js';

/**
 * Looks once, when all resources are deployed, at the alarms that roll a stack back.
 * @returns why the deployment failed, if one of them rings or is gone
 */
export async function ringingTrigger(run: StackRun): Promise<string | undefined> {
  const { rollbackConfiguration } = run.stack.definition;
  const names = (rollbackConfiguration?.triggers ?? []).flatMap(({ arn }) => alarmNameIn(arn) ?? []);
  if (names.length === 0) return undefined;
  const { call } = run.resourceContext(run.stack.name);
  const { MetricAlarms = [], CompositeAlarms = [] } = await call('cloudwatch', 'DescribeAlarms', {
    AlarmNames: names,
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
  });
  const states = new Map([...MetricAlarms, ...CompositeAlarms].map((alarm) => [alarm.AlarmName, alarm.StateValue]));
  const bad = names.filter((name) => !states.has(name) || states.get(name) === 'ALARM');
  if (bad.length === 0) return undefined;
  return `The following rollback trigger(s) are missing or in ALARM state: [${bad.join(', ')}]. Rollback requested by user.`;
}
