import * as app from './app.js';
import * as auth from './auth.js';
import { type CodeIn, textsIn } from './catalogue.js';
import * as command from './command.js';
import * as connections from './connections.js';
import * as functions from './functions.js';
import * as records from './records.js';
import * as requests from './requests.js';
import * as responses from './responses.js';
import * as routes from './routes.js';
import * as sources from './sources.js';
import * as testing from './testing.js';

const ERRORS = {
  ...app,
  ...auth,
  ...command,
  ...connections,
  ...functions,
  ...records,
  ...requests,
  ...responses,
  ...routes,
  ...sources,
  ...testing,
};

export type ErrorCode = CodeIn<typeof ERRORS>;

/** The texts of docs/reference/errors.md by code; `npm run docs:errors` writes it. None of them ships in a function. */
export const ERROR_CODES = textsIn(ERRORS);
