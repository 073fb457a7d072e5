import { resolve } from 'node:path';
import { findCdkProject } from '../dev/cdk-project.js';
import { usedCloud } from '../dev/used-cloud.js';
import { quietSdk } from '../quiet-sdk.js';
import { CLOUD_OPTIONS, serveOptions } from './cloud-options.js';
import type { CommandDefinition } from './command.js';
import { account, region, text, texts } from './option-value.js';
import { ACCOUNT_OPTIONS } from './target-options.js';

export const dev: CommandDefinition = {
  name: 'dev',
  arguments: '[stacks...]',
  summary: 'deploy to the local cloud, and again with every change',
  description:
    "Serves the local cloud, unless it runs already, runs the project's own cdk deploy in it, and watches: changed code of the Goblet apps in the stacks goes straight to their functions; other routes or needs, and changes of the CDK project, are deployed by cdk again. What fails is shown, and what was there before goes on serving. Ctrl-C stops all of it.",
  options: [
    { flags: '--all', description: 'deploy all stacks' },
    { flags: '-a, --app <command>', description: "the CDK app, as of cdk deploy (default: cdk.json's)" },
    { flags: '-c, --context <key=value>', description: 'context for the CDK app; may be repeated', repeatable: true },
    ...ACCOUNT_OPTIONS,
    ...CLOUD_OPTIONS,
  ],
  examples: [
    ['npx goblet dev', 'in the folder of a CDK project with one stack'],
    ['npx goblet dev WebApiDev --port 4600', 'one of several stacks, the cloud on another port'],
    ["npx goblet dev --all --app 'npx tsx infra.ts'", 'all stacks of a CDK app without a cdk.json'],
  ],
  run: async (stacks, options, terminal) => {
    const project = findCdkProject(process.cwd(), text(options, 'app'));
    const given = serveOptions(options);
    // The cdk runs in the project's folder.
    const dataFolder = resolve(given.dataFolder);
    const serve = { ...given, dataFolder };
    const target = {
      account: account(options),
      region: region(options, process.env.AWS_REGION ?? 'us-east-1'),
      dataFolder,
    };
    quietSdk();
    const { devTeller, runDev } = await import('../dev/dev.js');
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
