import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { poolOf } from './fixtures/pool-of.js';

const linux = process.platform === 'linux';
const MB = 1024 * 1024;

const KILLED = /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/;
const TAKE = `
  const kept = [];
  const { spawn } = require('node:child_process');
  exports.handler = async ({ megabytes = 0, child, free, wait = 0 }) => {
    if (child) {
      const source = 'globalThis.kept = Buffer.alloc(' + child * ${MB} + ', 1); setInterval(() => {}, 1000);';
      const options = { stdio: 'ignore', detached: true, ...(free && { env: {} }) };
      spawn(process.execPath, ['-e', source], options).unref();
    }
    for (let i = 0; i < megabytes; i++) kept.push(Buffer.alloc(${MB}, 1));
    if (free) kept.length = 0;
    await new Promise((done) => setTimeout(done, wait));
    return process.pid;
  };`;

test.runIf(linux)('Buffers count, and a function that holds more than it has is ended as on Lambda', async () => {
  const { outcome, lines } = await poolOf(TAKE);
  const { value, error, tail } = await outcome({ megabytes: 200, wait: 8000 });
  expect(error).toBe('Unhandled');
  expect(value).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(KILLED) });
  expect(tail).toMatch(/Error: Runtime exited with error: signal: killed\nRuntime\.ExitError\nEND RequestId/);
  expect(lines.at(-1)).toMatch(
    /\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tInit Duration: \d+\.\d\d ms\tStatus: error\tError Type: Runtime\.OutOfMemory$/,
  );
});

test.runIf(linux)('the next event finds a new environment', async () => {
  const { outcome, invoke } = await poolOf(TAKE);
  await outcome({ megabytes: 200, wait: 8000 });
  expect(await invoke({})).toBeTypeOf('number');
});

test.runIf(linux)('what was held for a moment counts as well', async () => {
  const { outcome } = await poolOf(TAKE);
  const { value } = await outcome({ megabytes: 200, free: true });
  expect(value).toMatchObject({ errorType: 'Runtime.ExitError' });
});

test.runIf(linux).each([false, true])('children count, detached ones too (without its variables: %s)', async (free) => {
  const { outcome } = await poolOf(TAKE);
  const { value } = await outcome({ child: 200, free, wait: 8000 });
  expect(value).toMatchObject({ errorType: 'Runtime.ExitError' });
});

test.runIf(linux)('pages of files do not count twice, and do not end a function', async () => {
  const { outcome, lines } = await poolOf(TAKE);
  // Three Node.js processes: more than 128 MB resident, most of which is the program itself.
  for (let i = 0; i < 2; i++) expect((await outcome({ child: 1, wait: 1200 })).value).toBeTypeOf('number');
  const used = Number(/Max Memory Used: (\d+) MB/.exec(lines.at(-1) ?? '')?.[1]);
  expect(used).toBeGreaterThan(40);
  expect(used).toBeLessThan(128);
});

test.runIf(linux)('what the cloud itself takes up counts for no function', async () => {
  const cloud = Buffer.alloc(400 * MB, 1);
  const { outcome, lines } = await poolOf(TAKE);
  expect((await outcome({})).value).toBeTypeOf('number');
  expect(Number(/Max Memory Used: (\d+) MB/.exec(lines.at(-1) ?? '')?.[1])).toBeLessThan(100);
  expect(cloud.length).toBe(400 * MB);
});

test.runIf(linux)('128 MB are enough for the AWS SDK and a busy heap, as on Lambda', async () => {
  const sdk = ['client-dynamodb', 'client-s3', 'lib-dynamodb'].map((name) =>
    createRequire(import.meta.url).resolve(`@aws-sdk/${name}`),
  );
  const { outcome, lines } = await poolOf(
    `const packages = JSON.parse(process.env.SDK).map(require);
     const { DynamoDBClient } = packages[0];
     const { S3Client } = packages[1];
     const clients = [new DynamoDBClient({ region: 'eu-west-1' }), new S3Client({ region: 'eu-west-1' })];
     exports.handler = async () => {
       let length = 0;
       for (let i = 0; i < 300; i++) {
         const items = Array.from({ length: 2000 }, (_, id) => ({ id: String(id), name: 'user ' + id }));
         length += JSON.stringify(JSON.parse(JSON.stringify(items))).length;
       }
       return [clients.length, length > 0];
     };`,
    { timeout: 60, variables: { SDK: JSON.stringify(sdk) } },
  );
  for (let i = 0; i < 3; i++) expect((await outcome()).value).toEqual([2, true]);
  expect(lines.at(-1)).toMatch(/Max Memory Used: \d+ MB\t$/);
});

test('the limits of the heap are those of Lambda', async () => {
  const { invoke } = await poolOf('exports.handler = async () => process.execArgv;', { memorySize: 512 });
  expect(await invoke()).toEqual(['--max-semi-space-size=25', '--max-old-space-size=461']);
});
