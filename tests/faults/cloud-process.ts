import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';

const args = (dataFolder: string) => [GOBLET, 'cloud', '--port', '0', '--data', dataFolder];

/** A `goblet cloud` that answers, stopped by Ctrl-C at the end of the block. */
export async function servedCloud(dataFolder: string): Promise<RunningProcess & { readonly endpoint: string }> {
  const cloud = RunningProcess.start(process.execPath, args(dataFolder), { cwd: '/', env: plainEnvironment });
  const [, endpoint = ''] = await cloud.printed(/goblet cloud on (http:\S+)[\s\S]*IAM is enforced/);
  return Object.assign(cloud, { endpoint });
}

/** What `goblet cloud` ends with on a folder that it does not start on: its exit code and its lines. */
export async function refusal(dataFolder: string, cwd = '/'): Promise<{ exitCode: number; lines: string[] }> {
  const { exitCode, output } = await run(process.execPath, args(dataFolder), { cwd, env: plainEnvironment });
  return { exitCode, lines: output.trimEnd().split('\n') };
}
