import { type CodeIn, textsIn } from './catalogue.js';
import * as folder from './folder.js';
import * as program from './program.js';

const ERRORS = { ...folder, ...program };

/** Codes of the errors of the cloud itself. Errors of the AWS APIs are AwsErrors. */
export type CloudErrorCode = CodeIn<typeof ERRORS>;

/** The texts of docs/reference/cloud-errors.md by code; `npm run docs:errors` writes it. */
export const ERROR_CODES = textsIn(ERRORS);
