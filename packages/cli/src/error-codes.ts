/** Every code that the command line ends with: when it comes, and what to do. docs/reference/cli-errors.md is made of this by `npm run docs:errors`. */
export const ERROR_CODES = {
  GOBLET_CLI_APP:
    'The app cannot be served as it is: it has no routes, or lacks environment variables. The message names them.',
  GOBLET_CLI_AWS: 'AWS, or the local cloud, refused a call or did not answer. The message has its answer.',
  GOBLET_CLI_COMMAND:
    'The command is unknown, or the program that `goblet exec` was to run does not exist. `goblet --help` lists the commands.',
  GOBLET_CLI_DEPLOY: '`cdk deploy` failed when `goblet dev` started. Its own lines above the error say why.',
  GOBLET_CLI_FAULT: 'An error in the command itself, with exit code 2. Report it with the stack trace.',
  GOBLET_CLI_FUNCTION_ERROR: 'The invoked function failed. The message has its error; its log is in `goblet logs`.',
  GOBLET_CLI_INTERRUPTED: 'The command was interrupted before it was done.',
  GOBLET_CLI_NOT_DEPLOYED:
    'No stack has an app, a function or an API of that name in this account and region. Deploy it, or name the stack.',
  GOBLET_CLI_NOT_FOUND: 'A file that the command was to read does not exist.',
  GOBLET_CLI_NO_CDK: 'The project does not have the `cdk` command. `npm install --save-dev aws-cdk`.',
  GOBLET_CLI_NO_CDK_PROJECT:
    'No `cdk.json` with an `app` is found in the folder. Run the command in the folder of the CDK project.',
  GOBLET_CLI_NO_CLOUD: 'No local cloud is running for the data folder. Start it with `npx goblet cloud`.',
  GOBLET_CLI_OPTION:
    'An option or argument is unknown, missing, or has an invalid value. The message says what the command accepts.',
  GOBLET_CLI_PORT_TAKEN: 'Another program uses the port. Stop it, or choose another port with `--port`.',
  GOBLET_CLI_STACKS: 'The CDK app has several stacks. Name the ones to deploy, or give `--all`.',
} as const satisfies Readonly<Record<string, string>>;

export type CliErrorCode = keyof typeof ERROR_CODES;
