import { expect, test } from 'vitest';
import { keyCredentials, signingKey } from './signing-key.js';

const find = (env: Record<string, string>, id: string) => keyCredentials(signingKey(env)).find(id);
const CLOUD = { AWS_ACCESS_KEY_ID: 'GOBLET000000000000', AWS_SECRET_ACCESS_KEY: 's' };
const AWS = { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };

test('the key of the local cloud stands for every account of it, and for no other key', async () => {
  expect(await find(CLOUD, 'GOBLET123456789012')).toEqual({
    principal: { kind: 'root', account: '123456789012' },
    secretAccessKey: 's',
  });
  expect(await find(CLOUD, 'AKIAEXAMPLE')).toBeUndefined();
});

test('a key of AWS stands for itself alone, with its session', async () => {
  expect(await find(AWS, 'ASIAEXAMPLE')).toMatchObject({ secretAccessKey: 's', sessionToken: 't' });
  expect(await find(AWS, 'ASIAOTHER')).toBeUndefined();
  expect(await find(AWS, 'GOBLET000000000000')).toBeUndefined();
});

test('without a whole key in the environment nobody is known', async () => {
  expect(await find({ AWS_PROFILE: 'dev' }, 'ASIAEXAMPLE')).toBeUndefined();
  expect(await find({ AWS_ACCESS_KEY_ID: 'GOBLET000000000000' }, 'GOBLET000000000000')).toBeUndefined();
});
