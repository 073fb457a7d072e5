import * as bundle from './bundle.js';
import { type CodeIn, textsIn } from './catalogue.js';
import * as entry from './entry.js';
import * as events from './events.js';
import * as limits from './limits.js';
import * as loading from './loading.js';
import * as options from './options.js';
import * as support from './support.js';
import * as warnings from './warnings.js';

const ERRORS = { ...bundle, ...entry, ...events, ...limits, ...loading, ...options, ...support };

/** The codes of errors of the build. */
export type BuildErrorCode = CodeIn<typeof ERRORS>;

/** The codes of its warnings. */
export type BuildWarningCode = CodeIn<typeof warnings>;

/** The texts of docs/reference/build-errors.md by code; `npm run docs:errors` writes it. */
export const ERROR_CODES = textsIn(ERRORS);

/** The same of warnings. */
export const WARNING_CODES = textsIn(warnings);
