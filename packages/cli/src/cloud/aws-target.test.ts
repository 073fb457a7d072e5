import { expect, test } from 'vitest';
import { awsTarget, targetSentence } from './aws-target.js';

const cloud = { endpoint: 'http://127.0.0.1:4566', secretAccessKey: 'secret', pid: 1 };

test('an environment led to the local cloud targets it, in its account', () => {
  const env = { AWS_ENDPOINT_URL: cloud.endpoint, AWS_ACCESS_KEY_ID: 'GOBLET123456789012', AWS_REGION: 'eu-west-1' };
  expect(targetSentence(awsTarget(env, cloud, undefined))).toBe(
    'AWS is the local cloud on http://127.0.0.1:4566 (account 123456789012, eu-west-1)',
  );
});

test('an endpoint of something else is named', () => {
  expect(awsTarget({ AWS_ENDPOINT_URL: 'http://127.0.0.1:8001', AWS_ACCESS_KEY_ID: 'test' }, cloud, undefined)).toEqual(
    {
      kind: 'endpoint',
      endpoint: 'http://127.0.0.1:8001',
      by: 'AWS_ENDPOINT_URL',
    },
  );
});

test.each([
  [{ AWS_PROFILE: 'dev' }, 'the profile dev'],
  [{ AWS_ACCESS_KEY_ID: 'AKIA123' }, 'the key AKIA123'],
])('credentials in the environment mean the real AWS, even while a cloud runs: %j', (env, credentials) => {
  expect(awsTarget(env, cloud, undefined)).toMatchObject({ kind: 'aws', credentials });
});

test('without any hint it is the cloud that runs for the project', () => {
  expect(awsTarget({}, cloud, undefined)).toMatchObject({
    kind: 'cloud',
    endpoint: cloud.endpoint,
    account: '000000000000',
  });
});

test("without a hint and without a cloud it is the SDK's default", () => {
  expect(targetSentence(awsTarget({}, undefined, undefined))).toBe(
    "AWS is the real one: the SDK's default credentials in us-east-1",
  );
});

const profile = { profile: 'work', file: 'config', endpoint: 'http://127.0.0.1:8001' };

test.each([[{ AWS_PROFILE: 'work' }], [{ AWS_ACCESS_KEY_ID: 'AKIA123' }], [{}]])(
  'the endpoint of the profile in use is where SDKs go with %j',
  (env) => {
    expect(targetSentence(awsTarget(env, undefined, profile))).toBe(
      'AWS is the endpoint http://127.0.0.1:8001 (the profile work)',
    );
  },
);

test('the endpoint of a profile leads neither past the environment nor past the cloud of the project', () => {
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:8002' };
  expect(awsTarget(env, cloud, profile)).toMatchObject({ endpoint: 'http://127.0.0.1:8002' });
  expect(awsTarget({}, cloud, profile)).toMatchObject({ kind: 'cloud' });
});
