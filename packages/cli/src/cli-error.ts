/** Every error the command line can end with. */
export type CliErrorCode =
  | 'GOBLET_CLI_NO_CLOUD'
  | 'GOBLET_CLI_OPTION'
  | 'GOBLET_CLI_COMMAND'
  | 'GOBLET_CLI_NOT_FOUND'
  | 'GOBLET_CLI_PORT_TAKEN'
  | 'GOBLET_CLI_APP'
  /** AWS, or the local cloud, refused or did not answer. */
  | 'GOBLET_CLI_AWS'
  /** Nothing of Goblet is deployed there under that name. */
  | 'GOBLET_CLI_NOT_DEPLOYED'
  /** An invoked function failed. */
  | 'GOBLET_CLI_FUNCTION_ERROR'
  | 'GOBLET_CLI_INTERRUPTED'
  | 'GOBLET_CLI_NO_CDK'
  | 'GOBLET_CLI_NO_CDK_PROJECT'
  | 'GOBLET_CLI_STACKS'
  | 'GOBLET_CLI_DEPLOY';

/** An error whose one line says what was given, where, and what to do. Exit code 1 is the user's to mend, 2 is ours. */
export class CliError extends Error {
  constructor(
    readonly code: CliErrorCode,
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
