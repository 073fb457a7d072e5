import { type CodeIn, textsIn } from './catalogue.js';
import * as project from './project.js';

export type CreateErrorCode = CodeIn<typeof project>;

/** The texts of docs/reference/cli-errors.md by code; `npm run docs:errors` writes it. */
export const ERROR_CODES = textsIn(project);
