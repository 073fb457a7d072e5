import { expect, test } from 'vitest';
import { AwsError } from '../../../core/aws-error.js';
import { parseFunctionName, parseLatestName, parseNewFunctionName, parseUnqualifiedName } from './function-name.js';

const SCOPE = { account: '111111111111', region: 'eu-west-1' };
const ARN = 'arn:aws:lambda:eu-west-1:111111111111:function:f';

/** The code and the members that an error complains of, each with its constraint's first words. */
function refusal(parse: () => unknown): string {
  try {
    return JSON.stringify(parse());
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const complaints = [...error.message.matchAll(/at '(\w+)' failed to satisfy constraint: Member must (\w+ \w+)/g)];
    return [error.code, ...complaints.map(([, member, constraint]) => `${member} ${constraint}`)].join(', ');
  }
}

test.each([
  ['f', SCOPE],
  ['f:1', { ...SCOPE, qualifier: '1' }],
  ['f:$LATEST', { ...SCOPE, qualifier: '$LATEST' }],
  ['function:f', SCOPE],
  ['222222222222:function:f:live', { region: 'eu-west-1', account: '222222222222', qualifier: 'live' }],
  ['222222222222:f', { region: 'eu-west-1', account: '222222222222' }],
  [ARN, SCOPE],
  [`${ARN}:live`, { ...SCOPE, qualifier: 'live' }],
  ['arn:aws:lambda:us-east-1:222222222222:function:f', { region: 'us-east-1', account: '222222222222' }],
])('%s names a function', (text, expected) => {
  expect(parseFunctionName(text, undefined, SCOPE)).toEqual({ ...expected, name: 'f' });
});

const PATTERN = 'ValidationException, functionName satisfy regular';

// As recorded of AWS by the tests of LocalStack (test_function_name_and_qualifier_validation).
test.each([
  ['my-function!', undefined, PATTERN],
  ['*', undefined, PATTERN],
  ['', undefined, PATTERN],
  ['f', 'invalid!', 'ValidationException, qualifier satisfy regular'],
  ['f', 'a'.repeat(129), 'ValidationException, qualifier have length'],
  ['invalid-account:function:f', undefined, PATTERN],
  ['arn:aws:lambda:invalid-region:111111111111:function:f', undefined, PATTERN],
  ['arn:aws:ec2:eu-west-1:111111111111:instance:i-1234567890abcdef0', undefined, PATTERN],
  [`arn:aws:lambda:invalid-region:111111111111:function:${'a'.repeat(170)}`, undefined, PATTERN],
  [
    `arn:aws:lambda:invalid-region:111111111111:function:${'a'.repeat(170)}`,
    'a'.repeat(129),
    'ValidationException, qualifier have length, functionName satisfy regular',
  ],
  [`${ARN}:1:2`, undefined, PATTERN],
  ['function:f:$LATEST:extra', undefined, PATTERN],
  [`${ARN}:$LATEST`, '1', 'InvalidParameterValueException'],
  ['arn:aws:lambda::111111111111:function:f', undefined, PATTERN],
  ['arn:aws:lambda:eu-west-1::function:f', undefined, PATTERN],
  [`${ARN}:$LATES`, undefined, PATTERN],
])('%s with the qualifier %s names none', (text, qualifier, expected) => {
  expect(refusal(() => parseFunctionName(text, qualifier, SCOPE))).toBe(expected);
});

test.each([
  ['a'.repeat(65), undefined, { name: 'a'.repeat(65) }],
  ['arn:aws:lambda:eu-west-1:111111111111:function', undefined, { name: 'function' }],
  ['f', '$latest', { name: 'f', qualifier: '$latest' }],
  ['f', 'a'.repeat(65), { name: 'f', qualifier: 'a'.repeat(65) }],
])('%s with the qualifier %s could be one', (text, qualifier, expected) => {
  expect(parseFunctionName(text, qualifier, SCOPE)).toEqual({ ...SCOPE, ...expected });
});

test.each(['f', ARN, '111111111111:function:f', 'a'.repeat(64)])('a function can be made as %s', (text) => {
  expect(parseNewFunctionName(text, SCOPE)).toEqual({ ...SCOPE, name: text.startsWith('a'.repeat(9)) ? text : 'f' });
});

test.each([
  ['f:1', 'InvalidParameterValueException'],
  ['f:$LATEST', 'InvalidParameterValueException'],
  [`${ARN}:live`, 'InvalidParameterValueException'],
  ['a'.repeat(65), 'InvalidParameterValueException, functionName have length'],
  [`f:${'a'.repeat(139)}`, 'ValidationException, functionName have length'],
  ['f:invalid!', PATTERN],
  ['f.g', PATTERN],
  [`${ARN}:$latest`, PATTERN],
  [
    `arn:aws:lambda:invalid-region:111111111111:function:${'a'.repeat(140)}`,
    'ValidationException, functionName have length, functionName satisfy regular',
  ],
  ['arn:aws:lambda:us-east-1:111111111111:function:f', 'ResourceNotFoundException'],
  ['arn:aws:lambda:eu-west-1:222222222222:function:f', 'AccessDeniedException'],
])('no function can be made as %s', (text, expected) => {
  expect(refusal(() => parseNewFunctionName(text, SCOPE))).toBe(expected);
});

test('what is done to a function can not be done to a version or an alias', () => {
  expect(parseUnqualifiedName(ARN, SCOPE)).toEqual({ ...SCOPE, name: 'f' });
  expect(() => parseUnqualifiedName(`${ARN}:live`, SCOPE)).toThrow(
    'Aliases and versions do not support this operation',
  );
  expect(() => parseUnqualifiedName('f:$LATEST', SCOPE)).toThrow('Aliases and versions do not support this operation');
  expect(parseLatestName('f:$LATEST', SCOPE)).toEqual({ ...SCOPE, name: 'f' });
  expect(() => parseLatestName('f:1', SCOPE)).toThrow('Aliases and versions do not support this operation');
});
