import { expect, test } from 'vitest';
import type { StateValue } from './alarm-record.js';
import { compileAlarmRule } from './alarm-rule.js';

const states: Readonly<Record<string, StateValue>> = { cpu: 'ALARM', disk: 'OK', 'slow answers': 'INSUFFICIENT_DATA' };

test.each([
  ['ALARM(cpu)', true],
  ['ALARM("cpu") AND OK("disk")', true],
  ['ALARM(cpu) AND NOT OK(disk)', false],
  ['NOT (ALARM(disk) OR FALSE)', true],
  ["INSUFFICIENT_DATA('slow answers')", true],
  ['ALARM(disk) OR ALARM(cpu) AND TRUE', true],
  ['ALARM(nothing)', false],
])('%s is %s', (rule, value) => {
  expect(compileAlarmRule(rule)?.((name) => states[name])).toBe(value);
});

test.each(['ALARM()', 'cpu', 'ALARM(cpu) AND', '(ALARM(cpu)'])('%s is no rule', (rule) => {
  expect(compileAlarmRule(rule)).toBeUndefined();
});
