import { expect, test } from 'vitest';
import { inAnswerOrder } from './parameter-order.js';

test.each([
  [
    ['EnvType', 'BucketName'],
    ['BucketName', 'EnvType'],
  ],
  [
    ['Toggle', 'ParameterValue'],
    ['ParameterValue', 'Toggle'],
  ],
  [
    ['Topic1Name', 'Topic2Name', 'Topic3Name'],
    ['Topic2Name', 'Topic1Name', 'Topic3Name'],
  ],
])('%j are answered in the order that AWS was recorded to answer', (declared, answered) => {
  expect(inAnswerOrder(declared.map((key) => ({ key }))).map(({ key }) => key)).toEqual(answered);
});
