import { beforeAll, expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

let output: string;

beforeAll(async () => {
  output = await DeployedApp.deploy('tests/features/denied/infra.ts').then(() => 'it was deployed', String);
});

test.each([
  ['queue', 'The provided execution role does not have permissions to call ReceiveMessage on SQS'],
  [
    'stream of a table',
    'Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.',
  ],
])('a mapping whose function’s role may not read the %s is refused, as on AWS', (_what, reason) => {
  expect(output).toContain(reason);
});
