import { expect, test } from 'vitest';
import { isAllowedHost } from './host.js';

test.each([
  '127.0.0.1:4566',
  'localhost:4566',
  'LOCALHOST',
  '[::1]:4566',
  'bucket.localhost:4566',
  'abc123.execute-api.eu-west-1.amazonaws.com',
  'bucket.s3.eu-west-1.amazonaws.com',
  'bucket.s3.cn-north-1.amazonaws.com.cn',
  'abc.lambda-url.eu-west-1.on.aws',
])('the host %s is answered', (host) => {
  expect(isAllowedHost(host, '127.0.0.1')).toBe(true);
});

test.each([
  undefined,
  '',
  'example.com',
  '127.0.0.1.example.com',
  'amazonaws.com.example.com',
  'localhost.example.com',
  '10.0.0.1',
])('the host %s is not answered', (host) => {
  expect(isAllowedHost(host, '127.0.0.1')).toBe(false);
});

test('an address is answered where every address is listened on', () => {
  expect(isAllowedHost('10.0.0.1:4566', '0.0.0.0')).toBe(true);
  expect(isAllowedHost('example.com', '0.0.0.0')).toBe(false);
});
