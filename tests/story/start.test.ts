import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainEnvironment, root, START } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';

function start(args: readonly string[]): RunningProcess {
  return RunningProcess.start(process.execPath, [START, ...args], { cwd: root, env: plainEnvironment });
}

test('npm start deploys the service, prints what to type and serves until Ctrl-C', async () => {
  const data = mkdtempSync(join(tmpdir(), 'goblet-start-'));
  const first = start(['--port', '0', '--data', data]);
  await first.printed(/until Ctrl-C/);
  for (const name of ['UsersTableName', 'APIHandlerArn', 'APIHandlerName', 'RestAPIId', 'EndpointURL']) {
    expect(first.output).toMatch(new RegExp(`^WebApiDev\\.${name} = \\S+$`, 'm'));
  }
  expect(first.output).toContain('eval "$(npx --no-install goblet env)"');
  const curls = [...first.output.matchAll(/^ +curl -i .*$/gm)].map(([line]) => line.trim());
  expect(curls).toHaveLength(5);
  for (const [index, status] of [201, 200, 200, 200, 204].entries()) {
    const { output } = await run('sh', ['-c', curls[index] ?? ''], { cwd: root, env: plainEnvironment });
    expect(output).toContain(`HTTP/1.1 ${status}`);
  }
  first.signal('SIGINT');
  expect(await first.exited()).toBe(0);
  expect(first.groupIsAlive()).toBe(false);
});

test('a taken port is a clear error that names the port and the option that changes it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { exitCode, output } = await run(
    process.execPath,
    [START, '--port', String(port), '--data', mkdtempSync(join(tmpdir(), 'goblet-'))],
    {
      cwd: root,
      env: plainEnvironment,
    },
  );
  taken.close();
  expect(exitCode).toBe(1);
  expect(output).toContain(String(port));
  expect(output).toContain('--port');
});

test('a mistyped option is refused with the options that there are', async () => {
  const { exitCode, output } = await run(process.execPath, [START, '--prot', '1'], {
    cwd: root,
    env: plainEnvironment,
  });
  expect(exitCode).toBe(1);
  expect(output).toContain('--prot');
  expect(output).toContain('--port <number>');
});
