import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, DeleteFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { GOBLET, plainEnvironment } from '../processes/commands.ts';
import { RunningProcess } from '../processes/running-process.ts';

const ROLE = 'arn:aws:iam::000000000000:role/function-role';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Answers the ids of what it has started: in its own group, in another session, without its variables, without a parent. */
const HANDLER = `
  import { execFileSync, spawn } from 'node:child_process';
  const started = (options) => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore', ...options });
    child.unref();
    return child.pid;
  };
  export const handler = async (event) => {
    const orphan = execFileSync('sh', ['-c', "setsid sh -c 'sleep 600 >/dev/null 2>&1 & echo $!'"]);
    const children = [started({}), started({ detached: true }), started({ detached: true, env: {} }), Number(orphan)];
    await new Promise((done) => setTimeout(done, 1200));
    return [process.pid, ...children];
  };`;

async function cloudWithFunction() {
  const folder = await mkdtemp(join(tmpdir(), 'goblet-processes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const cloud = RunningProcess.start(
    process.execPath,
    [GOBLET, 'cloud', '--port', '0', '--data', join(folder, 'data'), '--iam', 'off', '--json'],
    { cwd: folder, env: plainEnvironment },
  );
  onTestFinished(() => {
    cloud.signal('SIGKILL');
  });
  const [, endpoint = ''] = await cloud.printed(/"endpoint":"([^"]+)"/);
  const file = JSON.parse(readFileSync(join(folder, 'data', 'credentials.json'), 'utf8')) as {
    secretAccessKey: string;
  };
  const client = {
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'GOBLET000000000000', secretAccessKey: file.secretAccessKey },
  };
  const lambda = new LambdaClient({ ...client, maxAttempts: 1 });
  await new IAMClient(client).send(
    new CreateRoleCommand({ RoleName: 'function-role', AssumeRolePolicyDocument: JSON.stringify(TRUST) }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'parent',
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 30,
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(HANDLER) }) },
    }),
  );
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'parent' }));
  const pids = JSON.parse(Buffer.from(Payload ?? []).toString()) as number[];
  onTestFinished(() => {
    for (const pid of pids.filter(lives)) process.kill(pid, 'SIGKILL');
  });
  return { cloud, lambda, pids };
}

/** Whether a process is there and has not ended. */
function lives(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

test.runIf(process.platform === 'linux').each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'no process of a function outlives a cloud that ends by %s',
  async (signal) => {
    const { cloud, pids } = await cloudWithFunction();
    expect(pids.map(lives)).toEqual([true, true, true, true, true]);
    cloud.signal(signal);
    await cloud.exited();
    if (signal !== 'SIGKILL') expect(pids.map(lives)).toEqual([false, false, false, false, false]);
    await expect.poll(() => pids.some(lives), { timeout: 5000 }).toBe(false);
  },
);

test.runIf(process.platform === 'linux')('no process of a function outlives DeleteFunction', async () => {
  const { lambda, pids } = await cloudWithFunction();
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'parent' }));
  await expect.poll(() => pids.some(lives), { timeout: 5000 }).toBe(false);
});
