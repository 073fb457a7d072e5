import { expect, test } from 'vitest';
import { failureText } from './failure-text.js';

const failure = (message: string, detail: string) => Object.assign(new Error(message), { detail });

test('a detail that the message has already is not said twice', () => {
  expect(failureText(failure('BUNDLE_FAILED: app.ts:6:7: Expected ")"', 'app.ts:6:7: Expected ")"'))).toBe(
    'BUNDLE_FAILED: app.ts:6:7: Expected ")"',
  );
});

test('of a stack the frames of the loader are left out', () => {
  const stack = [
    'Error: boom',
    '    at <anonymous> (/project/app.ts:6:7)',
    '    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)',
    '    at async loadApp (file:///project/node_modules/@goblet/build/dist/evaluate/load-app.js:27:19)',
  ];
  expect(failureText(failure('app.ts threw', stack.join('\n')))).toBe(
    'app.ts threw\nError: boom\n    at <anonymous> (/project/app.ts:6:7)',
  );
});

test('whatever was thrown has a text', () => {
  expect(failureText('nothing but a string')).toBe('nothing but a string');
});
