import { expect, test } from 'vitest';
import { awsTarget, targetSentence } from './aws-target.js';

const cloud = { endpoint: 'http://127.0.0.1:4566', secretAccessKey: 'secret', pid: 1 };

test('an environment led to the local cloud targets it, in its account', () => {
  const env = { AWS_ENDPOINT_URL: cloud.endpoint, AWS_ACCESS_KEY_ID: 'GOBLET123456789012', AWS_REGION: 'eu-west-1' };
  expect(targetSentence(awsTarget(env, cloud))).toBe(
    'AWS is the local cloud on http://127.0.0.1:4566 (account 123456789012, eu-west-1)',
  );
});

test('an endpoint of something else is named', () => {
  expect(awsTarget({ AWS_ENDPOINT_URL: 'http://127.0.0.1:8001', AWS_ACCESS_KEY_ID: 'test' }, cloud)).toEqual({
    kind: 'endpoint',
    endpoint: 'http://127.0.0.1:8001',
  });
});

test.each([
  [{ AWS_PROFILE: 'dev' }, 'the profile dev'],
  [{ AWS_ACCESS_KEY_ID: 'AKIA123' }, 'the key AKIA123'],
])('credentials in the environment mean the real AWS, even while a cloud runs: %j', (env, credentials) => {
  expect(awsTarget(env, cloud)).toMatchObject({ kind: 'aws', credentials });
});

test('without any hint it is the cloud that runs for the project', () => {
  expect(awsTarget({}, cloud)).toMatchObject({ kind: 'cloud', endpoint: cloud.endpoint, account: '000000000000' });
});

test("without a hint and without a cloud it is the SDK's default", () => {
  expect(targetSentence(awsTarget({}, undefined))).toBe(
    "AWS is the real one: the SDK's default credentials in us-east-1",
  );
});
