import * as api from './api.js';
import * as app from './app.js';
import * as bindings from './bindings.js';
import { type CodeIn, textsIn } from './catalogue.js';
import * as limits from './limits.js';
import * as options from './options.js';

const ERRORS = { ...api, ...app, ...bindings, ...limits, ...options };

/** The codes of errors that the construct throws itself. */
export type GobletErrorCode = CodeIn<typeof ERRORS>;

/** The texts of docs/reference/construct-errors.md by code; `npm run docs:errors` writes it. */
export const ERROR_CODES = textsIn(ERRORS);
