import type { Constraint } from '../../model/constraints.js';

// The limits of AWS's model of Amazon Cognito user pools, by its names of the shapes.

const VISIBLE = /[\p{L}\p{M}\p{S}\p{N}\p{P}]+/u;
const VISIBLE_TEXT = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';

export const POOL_ID: Constraint = { min: 1, max: 55, pattern: /[\w-]+_[0-9a-zA-Z]+/ };
export const POOL_NAME: Constraint = { min: 1, max: 128, pattern: /[\w\s+=,.@-]+/ };
export const CLIENT_ID: Constraint = { min: 1, max: 128, pattern: /[\w+]+/ };
export const CLIENT_NAME: Constraint = { min: 1, max: 128, pattern: /[\w\s+=,.@-]+/ };
export const CLIENT_SECRET: Constraint = { min: 24, max: 64, pattern: /[\w+]+/ };
export const USERNAME: Constraint = { min: 1, max: 128, pattern: VISIBLE, patternText: VISIBLE_TEXT };
export const GROUP_NAME: Constraint = { min: 1, max: 128, pattern: VISIBLE, patternText: VISIBLE_TEXT };
export const PASSWORD: Constraint = { max: 256, pattern: /[\S]+/ };
export const CODE: Constraint = { min: 1, max: 2048, pattern: /[\S]+/ };
export const SECRET_HASH: Constraint = { min: 1, max: 128, pattern: /[\w+=/]+/ };
/** Of AWS's at most 2,048 characters; ours hold their state, and are longer where a function adds to it. */
export const SESSION: Constraint = { min: 20 };
export const TOKEN: Constraint = { pattern: /[A-Za-z0-9-_=.]+/ };
export const DESCRIPTION: Constraint = { max: 2048 };
export const DOMAIN: Constraint = {
  min: 1,
  max: 63,
  pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  patternText: '^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$',
};
export const SERVER_ID: Constraint = { min: 1, max: 256, pattern: /[\x21\x23-\x5B\x5D-\x7E]+/ };
export const SERVER_NAME: Constraint = { min: 1, max: 256, pattern: /[\w\s+=,.@-]+/ };
export const SCOPE_NAME: Constraint = { min: 1, max: 256, pattern: /[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+/ };
export const PAGE: Constraint = { min: 0, max: 60 };
export const POOL_PAGE: Constraint = { min: 1, max: 60 };
export const PAGE_TOKEN: Constraint = { min: 1, pattern: /[\S]+/ };

const ATTRIBUTE_NAME: Constraint = { min: 1, max: 32, pattern: VISIBLE, patternText: VISIBLE_TEXT };
export const ATTRIBUTES: Constraint = {
  each: { members: { Name: ATTRIBUTE_NAME, Value: { max: 2048 } } },
};
export const ATTRIBUTE_NAMES: Constraint = { each: ATTRIBUTE_NAME };
