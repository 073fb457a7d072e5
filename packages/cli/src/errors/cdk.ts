import { coded } from './catalogue.js';

export const GOBLET_CLI_DEPLOY =
  '`cdk deploy` failed when `goblet dev` started. Its own lines above the error say why.';

export const deployFailed = (command: string, folder: string) =>
  coded('GOBLET_CLI_DEPLOY', `${command} failed in ${folder}; the lines above say why`);

export const GOBLET_CLI_NO_CDK = 'The project does not have the `cdk` command. `npm install --save-dev aws-cdk`.';

export const cdkNotInstalled = (folder: string) =>
  coded('GOBLET_CLI_NO_CDK', `aws-cdk is not installed in ${folder}; install it with: npm install --save-dev aws-cdk`);

export const GOBLET_CLI_NO_CDK_PROJECT =
  'No `cdk.json` with an `app` is found in the folder. Run the command in the folder of the CDK project.';

export const noCdkJson = (folder: string) =>
  coded(
    'GOBLET_CLI_NO_CDK_PROJECT',
    `there is no cdk.json in ${folder} or above; run goblet dev in the folder of a CDK project, or give --app`,
  );

export const GOBLET_CLI_STACKS = 'The CDK app has several stacks. Name the ones to deploy, or give `--all`.';

export const severalStacks = (folder: string, stacks: readonly string[]) =>
  coded(
    'GOBLET_CLI_STACKS',
    `${folder} has the stacks ${stacks.join(', ')}; name the stacks to deploy, for example goblet dev ${stacks[0]}, or give --all`,
  );
