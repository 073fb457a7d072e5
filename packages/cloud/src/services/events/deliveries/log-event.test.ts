import { expect, test } from 'vitest';
import { logEvent } from './log-event.js';

const NOW = 1_796_000_000_000;

test.each<[input: string, event: { timestamp: number; message: string }]>([
  ['{"id":"1"}', { timestamp: NOW, message: '{"id":"1"}' }],
  ['"a text"', { timestamp: NOW, message: '"a text"' }],
  ['{"timestamp":5,"message":"said"}', { timestamp: 5, message: 'said' }],
])('%s is a log event', (input, event) => {
  expect(logEvent(input, NOW)).toEqual(event);
});
