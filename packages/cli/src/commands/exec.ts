import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError } from '../cli-error.js';
import { applied, cloudEnvironment } from '../cloud-environment.js';
import type { CommandDefinition } from '../command.js';
import { findDataFolder } from '../data-folder.js';
import { account, region, text } from '../option-value.js';
import { runningCloud } from '../running-cloud.js';
import { TARGET_OPTIONS } from './target-options.js';

/** Runs a program in the foreground; resolves to its exit code, a signal counting as 128 and its number, as shells do. */
function run(
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: environment, stdio: 'inherit', shell: process.platform === 'win32' });
    // Ctrl-C reaches the child by itself; a signal to this process alone has to be passed on.
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new CliError('GOBLET_CLI_NOT_FOUND', `there is no command ${command}; check its spelling and your PATH`)
          : error,
      ),
    );
    child.on('exit', (code, killed) => resolve(code ?? 128 + (killed ? constants.signals[killed] : 0)));
  });
}

export const exec: CommandDefinition = {
  name: 'exec',
  arguments: '<command> [args...]',
  summary: 'run one command on the local cloud',
  description: 'Runs a command in the environment that goblet env prints, and ends with its exit code.',
  options: TARGET_OPTIONS,
  examples: [
    ['npx goblet exec -- npx cdk deploy WebApiDev', 'deploy to the local cloud'],
    ['npx goblet exec -- aws dynamodb list-tables', 'the AWS CLI on the local cloud'],
  ],
  passThrough: true,
  run: async ([command, ...args], options, terminal) => {
    if (command === undefined)
      throw new CliError('GOBLET_CLI_OPTION', 'give the command to run: goblet exec -- <command>');
    const dataFolder = text(options, 'data') ?? findDataFolder(process.cwd());
    const cloud = await runningCloud(dataFolder);
    const target = {
      account: account(options),
      region: region(options, process.env.AWS_REGION ?? 'us-east-1'),
      dataFolder,
    };
    return run(command, args, applied(process.env, cloudEnvironment(cloud, target, process.env)), terminal.signal);
  },
};
