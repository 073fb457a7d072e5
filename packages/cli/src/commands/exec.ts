import { CliError } from '../cli-error.js';
import { applied, cloudEnvironment } from '../cloud/cloud-environment.js';
import { findDataFolder } from '../cloud/data-folder.js';
import { runningCloud } from '../cloud/running-cloud.js';
import { noCommand } from '../errors/option.js';
import { runProgram } from '../run-program.js';
import type { CommandDefinition } from './command.js';
import { account, region, text } from './option-value.js';
import { TARGET_OPTIONS } from './target-options.js';

export const exec: CommandDefinition = {
  name: 'exec',
  arguments: '<command> [args...]',
  summary: 'run one command against the local cloud',
  description: 'Runs a command in the environment that goblet env prints, and exits with its exit code.',
  options: TARGET_OPTIONS,
  examples: [
    ['npx goblet exec -- npx cdk deploy WebApiDev', 'deploy to the local cloud'],
    ['npx goblet exec -- aws dynamodb list-tables', 'call the local cloud with the AWS CLI'],
  ],
  passThrough: true,
  run: async ([command, ...args], options, terminal) => {
    if (command === undefined) throw new CliError(noCommand());
    const dataFolder = text(options, 'data') ?? findDataFolder(process.cwd());
    const cloud = await runningCloud(dataFolder);
    const target = {
      account: account(options),
      region: region(options, process.env.AWS_REGION ?? 'us-east-1'),
      dataFolder,
    };
    return runProgram(
      command,
      args,
      applied(process.env, cloudEnvironment(cloud, target, process.env)),
      terminal.signal,
    );
  },
};
