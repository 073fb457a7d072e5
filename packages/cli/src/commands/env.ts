import { cloudEnvironment } from '../cloud/cloud-environment.js';
import { findDataFolder } from '../cloud/data-folder.js';
import { runningCloud } from '../cloud/running-cloud.js';
import { SHELLS, shellScript } from '../terminal/shell-script.js';
import type { CommandDefinition } from './command.js';
import { account, region, text } from './option-value.js';
import { TARGET_OPTIONS } from './target-options.js';

export const env: CommandDefinition = {
  name: 'env',
  summary: 'print the environment that points AWS tools to the local cloud',
  description:
    'Prints environment variables that make the SDKs, the AWS CLI and cdk call the local cloud that runs for this project, and not the real AWS. Use eval to set them.',
  options: [
    ...TARGET_OPTIONS,
    { flags: '--shell <shell>', description: 'syntax of this shell', choices: SHELLS, default: 'sh' },
    { flags: '--json', description: 'print the variables as JSON; null means that the variable is unset' },
  ],
  examples: [
    ['eval "$(npx goblet env)"', 'point this shell at the local cloud'],
    ['eval "$(npx goblet env --account 123456789012 --region eu-west-1)"', 'use another account and region'],
    ['npx goblet env --shell fish | source', 'in fish'],
  ],
  run: async (_args, options, terminal) => {
    const dataFolder = text(options, 'data') ?? findDataFolder(process.cwd());
    const cloud = await runningCloud(dataFolder);
    const target = {
      account: account(options),
      region: region(options, process.env.AWS_REGION ?? 'us-east-1'),
      dataFolder,
    };
    const changes = cloudEnvironment(cloud, target, process.env);
    if (options.json === true) {
      terminal.out(JSON.stringify(changes, (_name, value: unknown) => value ?? null, 2));
      return 0;
    }
    const shell = SHELLS.find((name) => name === options.shell) ?? 'sh';
    for (const line of shellScript(shell, changes)) terminal.out(line);
    return 0;
  },
};
