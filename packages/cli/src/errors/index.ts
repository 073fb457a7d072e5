import * as aws from './aws.js';
import { type CodeIn, textsIn } from './catalogue.js';
import * as cdk from './cdk.js';
import * as command from './command.js';
import * as local from './local.js';
import * as option from './option.js';

const ERRORS = { ...aws, ...cdk, ...command, ...local, ...option };

/** The codes that the command line ends with. */
export type CliErrorCode = CodeIn<typeof ERRORS>;

/** The texts of docs/reference/cli-errors.md by code; `npm run docs:errors` writes it. */
export const ERROR_CODES = textsIn(ERRORS);
