/** The codes of everything that the construct refuses; docs/reference/construct-errors.md has one entry each. */
export type GobletErrorCode =
  | 'GOBLET_CDK_APP_EMPTY'
  | 'GOBLET_CDK_BUILD_FAILED'
  | 'GOBLET_CDK_ENVIRONMENT_UNBOUND'
  | 'GOBLET_CDK_ENVIRONMENT_UNKNOWN'
  | 'GOBLET_CDK_SOURCE_UNBOUND'
  | 'GOBLET_CDK_SOURCE_UNKNOWN'
  | 'GOBLET_CDK_SOURCE_UNHANDLED'
  | 'GOBLET_CDK_AUTH_UNBOUND'
  | 'GOBLET_CDK_AUTH_UNKNOWN'
  | 'GOBLET_CDK_FIFO'
  | 'GOBLET_CDK_FRONT_DOOR_OPEN'
  | 'GOBLET_CDK_FUNCTION_UNKNOWN'
  | 'GOBLET_CDK_NAME_RESERVED'
  | 'GOBLET_CDK_NO_API'
  | 'GOBLET_CDK_NOT_SUPPORTED'
  | 'GOBLET_CDK_OPTION'
  | 'GOBLET_CDK_OUTPUT_TAKEN'
  | 'GOBLET_CDK_TABLE_STREAM'
  | 'GOBLET_CDK_TEMPLATE_TOO_LARGE'
  | 'GOBLET_CDK_TIMEOUT_TOO_LONG'
  | 'GOBLET_CDK_VISIBILITY_TIMEOUT';

/** What the construct refuses, or what `@goblet/build` refused for it, under the code of whoever did. */
export class GobletError extends Error {
  readonly code: string;

  constructor(code: GobletErrorCode | (string & {}), sentence: string, detail?: string) {
    super(`${code}: ${sentence}${detail === undefined ? '' : `\n${detail}`}`);
    this.name = 'GobletError';
    this.code = code;
  }
}
