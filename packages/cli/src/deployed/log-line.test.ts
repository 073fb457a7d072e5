import pc from 'picocolors';
import { expect, test } from 'vitest';
import { logLines } from './log-line.js';

const timestamp = new Date(2026, 10, 28, 5, 9, 6, 83).getTime();
const AT = '2026-11-28 05:09:06.083';
const lines = (message: string, from = '') => logLines({ timestamp, message }, from, pc.createColors(false));

test('a line of the framework is its level, its message and its fields', () => {
  const message = JSON.stringify({ timestamp: 'x', level: 'warn', message: 'late', route: 'GET /', n: 2, list: [1] });
  expect(lines(message, 'jobs')).toEqual([`${AT} jobs WARN  late route="GET /" n=2 list=[1]`]);
});

test('an error among the fields is shown by its stack, and by that of its cause', () => {
  const error = {
    name: 'Error',
    message: 'outer',
    stack: 'Error: outer\n    at a',
    cause: { stack: 'Error: inner\n    at b' },
  };
  expect(lines(JSON.stringify({ level: 'error', message: 'failed', error }))).toEqual([
    `${AT} ERROR failed`,
    '    Error: outer',
    '        at a',
    '    caused by Error: inner',
    '        at b',
  ]);
});

test.each([
  [
    'what console.log wrote',
    '2026-11-28T05:59:26.661Z\t82082b91-c623\tINFO\tadding up\nline two\n',
    [`${AT} INFO  adding up`, '    line two'],
  ],
  [
    'an error that nobody caught',
    '2026-11-28T05:59:26.661Z\t82082b91-c623\tERROR\tInvoke Error \t{"errorType":"E","stack":["E: no","    at a"]}',
    [`${AT} ERROR Invoke Error`, '    E: no', '        at a'],
  ],
  ['text of any other program', 'plain text', [`${AT}       plain text`]],
  ['JSON that is no line of a logger', '{"level":3,"message":"x"}', [`${AT}       {"level":3,"message":"x"}`]],
  ['half a JSON line', '{"level":', [`${AT}       {"level":`]],
  ['the start of an invocation', 'START RequestId: 1 Version: $LATEST\n', []],
  ['the end of an invocation', 'END RequestId: 1\n', []],
  [
    'what it took',
    'REPORT RequestId: 1\tDuration: 3.95 ms\tMemory Size: 128 MB\t\n',
    [`${AT} Duration: 3.95 ms, Memory Size: 128 MB`],
  ],
])('%s is told as it is read best', (_what, message, told) => {
  expect(lines(message)).toEqual(told);
});
