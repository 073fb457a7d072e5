import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';

test('no trail is kept, so no event is found', async () => {
  await using cloud = await testCloud();
  const account = '000000000000';
  const found = await cloud.context.dispatch(
    'cloudtrail',
    'LookupEvents',
    {},
    {
      account,
      region: 'eu-west-1',
      principal: { kind: 'root', account },
      requestId: 'request',
      sourceIp: '127.0.0.1',
    },
  );
  expect(found).toEqual({ Events: [] });
});
