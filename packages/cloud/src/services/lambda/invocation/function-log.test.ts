import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { type LambdaCloud, lambdaCloud } from '../fixtures/lambda-cloud.js';

async function messages(cloud: LambdaCloud, logGroupName: string, until: RegExp): Promise<string[]> {
  const client = new CloudWatchLogsClient(cloud.clientConfig());
  let found: string[] = [];
  await expect
    .poll(async () => {
      const { events } = await client.send(new FilterLogEventsCommand({ logGroupName })).catch(() => ({ events: [] }));
      found = (events ?? []).map(({ message }) => message ?? '');
      return found.join('\n');
    })
    .toMatch(until);
  return found;
}

test('a function writes its console and the lines about each call into its group', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'users',
    `console.log('loading');
     export const handler = async () => {
       console.log('hello %s', 'world', { a: 1 });
       console.error('two\\nlines');
       process.stdout.write('plain\\n');
     };`,
  );
  await cloud.invoke('users');
  const found = await messages(cloud, '/aws/lambda/users', /REPORT/);
  expect(found[0]).toMatch(/^INIT_START Runtime Version: nodejs:/);
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${time}\tundefined\tINFO\tloading\\n$`)));
  expect(found).toContainEqual(
    expect.stringMatching(new RegExp(`^${time}\t[0-9a-f-]{36}\tINFO\thello world \\{ a: 1 \\}\n$`)),
  );
  expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${time}\t[0-9a-f-]{36}\tERROR\ttwo\nlines\n$`)));
  expect(found).toContain('plain\n');
  expect(found).toContainEqual(expect.stringMatching(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST\n$/));
  expect(found).toContainEqual(
    expect.stringMatching(
      /^REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n$/,
    ),
  );
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'log', functionName: 'users', message: 'plain' }),
  );
});

test('the log group may be another one, and the format JSON', async () => {
  await using cloud = await lambdaCloud();
  const client = new CloudWatchLogsClient(cloud.clientConfig());
  await client.send(new CreateLogGroupCommand({ logGroupName: '/mine' }));
  await cloud.create(
    'users',
    `export const handler = async () => { console.debug('quiet'); console.warn({ user: 1 }); console.error('no', new TypeError('x')); };`,
    { LoggingConfig: { LogGroup: '/mine', LogFormat: 'JSON', ApplicationLogLevel: 'INFO' } },
  );
  await cloud.invoke('users');
  const found = (await messages(cloud, '/mine', /platform\.report/)).map(
    (line): Record<string, unknown> => JSON.parse(line),
  );
  expect(found).toContainEqual(expect.objectContaining({ level: 'WARN', message: { user: 1 } }));
  expect(found).toContainEqual(expect.objectContaining({ level: 'ERROR', errorType: 'TypeError', errorMessage: 'x' }));
  expect(found.some(({ message }) => message === 'quiet')).toBe(false);
  expect(found).toContainEqual(
    expect.objectContaining({
      type: 'platform.report',
      record: expect.objectContaining({ requestId: expect.any(String) }),
    }),
  );
});

test('a runtime of another major version is said once', async () => {
  await using cloud = await lambdaCloud();
  const major = Number(process.versions.node.split('.')[0]) === 18 ? 20 : 18;
  for (const name of ['one', 'two']) {
    await cloud.create(name, 'export const handler = async () => 1;', { Runtime: `nodejs${major}.x` as 'nodejs18.x' });
    await cloud.invoke(name);
  }
  const warnings = cloud.events.filter(({ kind }) => kind === 'warning');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatchObject({
    message: expect.stringContaining(`functions for nodejs${major}.x run on Node.js`),
  });
});

// As recorded of AWS by the tests of LocalStack (test_logs_multiline and others, 2025): `"multi\n"`.
test('a message of several lines is one event that ends with a line', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'lines',
    "export const handler = async () => { console.log('one\\ntwo'); process.stdout.write('three'); };",
  );
  await cloud.invoke('lines');
  const found = await messages(cloud, '/aws/lambda/lines', /REPORT/);
  expect(found).toContainEqual(expect.stringMatching(/\tINFO\tone\ntwo\n$/));
  expect(found.every((message) => /[^\n]\n$/.test(message))).toBe(true);
});
