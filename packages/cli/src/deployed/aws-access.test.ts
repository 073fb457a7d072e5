import { tmpdir } from 'node:os';
import pc from 'picocolors';
import { afterEach, expect, test, vi } from 'vitest';
import { usingAws } from './aws-access.js';

afterEach(() => void vi.unstubAllEnvs());

const plain = pc.createColors(false);
const quiet = {
  out: () => {},
  note: () => {},
  colors: plain,
  resultColors: plain,
  interactive: false,
  signal: new AbortController().signal,
};

test.each([
  ['eu-west-1', 'v1', 'https://abc.execute-api.eu-west-1.amazonaws.com/v1/'],
  ['eu-west-1', undefined, 'https://abc.execute-api.eu-west-1.amazonaws.com/'],
  ['cn-north-1', 'v1', 'https://abc.execute-api.cn-north-1.amazonaws.com.cn/v1/'],
])('on AWS in %s an API with the stage %s answers at %s', async (region, stage, address) => {
  vi.stubEnv('AWS_ENDPOINT_URL', '');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_CONFIG_FILE', `${tmpdir()}/none`);
  expect(await usingAws({ region }, quiet, async ({ apiUrl }) => apiUrl('abc', stage))).toBe(address);
});
