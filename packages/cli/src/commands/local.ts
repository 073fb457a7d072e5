import { applied, cloudEnvironment } from '../cloud-environment.js';
import type { CommandDefinition } from '../command.js';
import { findDataFolder } from '../data-folder.js';
import { awsTarget, targetSentence } from '../local/aws-target.js';
import { port, text } from '../option-value.js';
import { findRunningCloud } from '../running-cloud.js';
import { ENTRY_OPTION } from './entry-option.js';

export const local: CommandDefinition = {
  name: 'local',
  summary: 'serve the app from source, reloading on change',
  description:
    'Serves the routes of the app on 127.0.0.1 from its source, without deploying. Its calls to AWS go where the environment leads: the first line says where. Without any hint, that is the local cloud of this project.',
  options: [
    { flags: '-p, --port <number>', description: 'the port; 0 for any free one (default: 8000)' },
    { flags: '--host <address>', description: 'the address to listen on (default: 127.0.0.1)' },
    ENTRY_OPTION,
    { flags: '--data <folder>', description: 'the data folder of the local cloud (default: the nearest .goblet)' },
    { flags: '-q, --quiet', description: 'no line for each request' },
  ],
  examples: [
    ['DYNAMODB_TABLE_NAME=users npx goblet local', 'serve on http://127.0.0.1:8000'],
    ['npx goblet local --port 0 --entry services/web-api', 'another app, any free port'],
  ],
  run: async (_args, options, terminal) => {
    const dataFolder = text(options, 'data') ?? findDataFolder(process.cwd());
    const cloud = await findRunningCloud(dataFolder);
    const target = awsTarget(process.env, cloud);
    terminal.note(targetSentence(target));
    const changes =
      target.kind === 'cloud' && target.secretAccessKey !== undefined
        ? cloudEnvironment(
            { ...target, secretAccessKey: target.secretAccessKey },
            { ...target, dataFolder },
            process.env,
          )
        : {};
    const { superviseLocal } = await import('../local/supervisor.js');
    await superviseLocal(
      {
        entry: text(options, 'entry'),
        directory: process.cwd(),
        host: text(options, 'host') ?? '127.0.0.1',
        port: port(options, 'port', 8000),
        environment: applied(process.env, changes),
        quiet: options.quiet === true,
      },
      terminal,
    );
    return 0;
  },
};
