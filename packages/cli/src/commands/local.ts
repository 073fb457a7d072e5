import { awsTarget, targetSentence } from '../cloud/aws-target.js';
import { applied, cloudEnvironment } from '../cloud/cloud-environment.js';
import { findDataFolder } from '../cloud/data-folder.js';
import { profileEndpoint } from '../cloud/profile-endpoint.js';
import { findRunningCloud } from '../cloud/running-cloud.js';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';
import { port, seconds, text, texts } from './option-value.js';
import { STAGE_OPTIONS, stageOptions } from './stage-options.js';

export const DEFAULT_LOCAL_PORT = 8000;

export const local: CommandDefinition = {
  name: 'local',
  summary: 'serve the app from source and reload when you save',
  description:
    'Serves the routes of the app on 127.0.0.1 from its source, as its REST or HTTP API would, without a deployment. The environment decides which AWS the app calls (default: the local cloud of this project if it runs); the first line says which. Guarded routes stay guarded.',
  options: [
    { flags: '-p, --port <number>', description: `port; 0 chooses a free one (default: ${DEFAULT_LOCAL_PORT})` },
    { flags: '--host <address>', description: 'address to listen on (default: 127.0.0.1)' },
    ENTRY_OPTION,
    ...STAGE_OPTIONS,
    { flags: '--data <folder>', description: 'data folder of the local cloud (default: the nearest .goblet)' },
    {
      flags: '--auth <authorizer=result>',
      description: 'skip this authorizer and use this JSON as its result for every caller; may be repeated',
      repeatable: true,
    },
    {
      flags: '--api-key <key>',
      description: 'API key for routes that require one (default: GOBLET_API_KEY, else a new key)',
    },
    {
      flags: '--timeout <seconds>',
      description: 'time limit of a function (default: the limit of API Gateway, 29 or 30)',
    },
    { flags: '-q, --quiet', description: 'print no line for each request' },
    { flags: '--json', description: 'print events as JSON lines' },
  ],
  examples: [
    ['DYNAMODB_TABLE_NAME=users npx goblet local', 'serve on http://127.0.0.1:8000'],
    ['npx goblet local --port 0 --entry services/web-api', 'serve another app on a free port'],
    [`npx goblet local --auth user='{"sub":"ann"}'`, 'treat every caller of the authorizer user as ann'],
  ],
  run: async (_args, options, terminal) => {
    const dataFolder = text(options, 'data') ?? findDataFolder(process.cwd());
    const cloud = await findRunningCloud(dataFolder);
    const target = awsTarget(process.env, cloud, profileEndpoint(process.env));
    const changes =
      target.kind === 'cloud' && target.secretAccessKey !== undefined
        ? cloudEnvironment(
            { ...target, secretAccessKey: target.secretAccessKey },
            { ...target, dataFolder },
            process.env,
          )
        : {};
    const { superviseLocal } = await import('../local/supervisor.js');
    const { parseAssumed } = await import('../local/assumed-callers.js');
    const { resolveEntry } = await import('@goblet/build');
    const given = text(options, 'entry');
    const app = resolveEntry({ ...(given !== undefined && { entry: given }), directory: process.cwd() });
    const stage = await stageOptions(options, app);
    await superviseLocal(
      {
        entry: text(options, 'entry'),
        directory: process.cwd(),
        host: text(options, 'host') ?? '127.0.0.1',
        port: port(options, 'port', DEFAULT_LOCAL_PORT),
        target: targetSentence(target),
        timeout: seconds(options, 'timeout'),
        apiKey: text(options, 'apiKey') ?? (process.env.GOBLET_API_KEY || undefined),
        assumed: parseAssumed(texts(options, 'auth')),
        // The shell's variables override those of the file.
        environment: applied({ ...stage.environment, ...process.env }, changes),
        stage,
        quiet: options.quiet === true,
        json: options.json === true,
      },
      terminal,
    );
    return 0;
  },
};
