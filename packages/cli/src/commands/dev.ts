import { resolve } from 'node:path';
import { findCdkProject } from '../dev/cdk-project.js';
import { devTeller } from '../dev/dev-event.js';
import { usedCloud } from '../dev/used-cloud.js';
import { quietSdk } from '../quiet-sdk.js';
import { CLOUD_OPTIONS, serveOptions } from './cloud-options.js';
import type { CommandDefinition } from './command.js';
import { account, region, text, texts } from './option-value.js';
import { ACCOUNT_OPTIONS } from './target-options.js';

export const dev: CommandDefinition = {
  name: 'dev',
  arguments: '[stacks...]',
  summary: 'deploy to the local cloud and redeploy with every change',
  description:
    "Starts the local cloud unless it is running, runs the project's own cdk deploy there, and watches your files. If only the code of a Goblet app changes, it goes straight to the app's functions. If routes or needs change, or the CDK project, cdk deploys again. If something fails, you see the error and the previous deployment keeps running. Ctrl-C stops everything.",
  options: [
    { flags: '--all', description: 'deploy all stacks' },
    {
      flags: '-a, --app <command>',
      description: 'command of the CDK app, as for cdk deploy (default: app in cdk.json)',
    },
    { flags: '-c, --context <key=value>', description: 'context for the CDK app; may be repeated', repeatable: true },
    ...ACCOUNT_OPTIONS,
    ...CLOUD_OPTIONS,
  ],
  examples: [
    ['npx goblet dev', 'deploy a CDK project with one stack'],
    ['npx goblet dev WebApiDev --port 4600', 'deploy one of several stacks, with the cloud on another port'],
    ["npx goblet dev --all --app 'npx tsx infra.ts'", 'deploy all stacks of a CDK app without a cdk.json'],
  ],
  run: async (stacks, options, terminal) => {
    const project = findCdkProject(process.cwd(), text(options, 'app'));
    const given = serveOptions(options);
    // cdk runs in the project's folder.
    const dataFolder = resolve(given.dataFolder);
    const serve = { ...given, dataFolder };
    const target = {
      account: account(options),
      region: region(options, process.env.AWS_REGION ?? 'us-east-1'),
      dataFolder,
    };
    quietSdk();
    const { runDev } = await import('../dev/dev.js');
    const tell = devTeller(serve.json, terminal);
    await using cloud = await usedCloud(serve, terminal, tell);
    await runDev(
      {
        project,
        cloud: cloud.running,
        target,
        stacks,
        all: options.all === true,
        context: texts(options, 'context'),
        tell,
      },
      terminal.signal,
    );
    return 0;
  },
};
