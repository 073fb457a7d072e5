import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainEnvironment, root, START } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import { send } from './users-client.js';

function start(args: readonly string[]): RunningProcess {
  return RunningProcess.start(process.execPath, [START, ...args], { cwd: root, env: plainEnvironment });
}

test('npm start keeps everything for the next start', async () => {
  const data = mkdtempSync(join(tmpdir(), 'goblet-start-'));
  const first = start(['--port', '0', '--data', data]);
  const [, url = ''] = await first.printed(/^WebApiDev\.EndpointURL = (\S+)$/m);
  await first.printed(/until Ctrl-C/);
  await send('POST', `${url}users`, '{"username":"kept","email":"kept@example.com"}');
  first.signal('SIGINT');
  expect(await first.exited()).toBe(0);

  const second = start(['--port', '0', '--data', data]);
  await second.printed(/until Ctrl-C/);
  expect(second.output).toContain('dependencies installed already');
  expect(second.output).toContain('packages built already');
  expect(second.output).toContain('(no changes)');
  const [, again = ''] = await second.printed(/^Serving (\S+)|Serving (http\S+)/m);
  expect((await send('GET', `${again}users/kept`)).status).toBe(200);
  second.signal('SIGINT');
  expect(await second.exited()).toBe(0);
});
