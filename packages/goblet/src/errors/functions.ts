import type { SourceLine } from '../definition.js';
import { coded } from './catalogue.js';

export const GOBLET_FUNCTION_CLASH =
  'Two Lambda functions would have the same name: functions of routes, of a source, of an authorizer, or of streaming routes. Give one of them another name; streaming routes of `reports` are in `reportsStream`.';

/** @param first what the first function serves, or its line */
export const sameFunction = (name: string, first: string, second: string) =>
  coded(
    'GOBLET_FUNCTION_CLASH',
    `"${name}" would be two Lambda functions, of ${first} and of ${second}; give one another name`,
  );

export const GOBLET_FUNCTION_NAME =
  'A function, or a source or authorizer with a function, has a name that AWS does not accept as a logical id. Use letters and digits, and start with a letter.';

export const functionName = (name: unknown, source: SourceLine | undefined) =>
  coded(
    'GOBLET_FUNCTION_NAME',
    `"${name}" is not a function name; use letters and digits, and start with a letter`,
    source,
  );

export const GOBLET_FUNCTION_UNKNOWN =
  '`lambdaHandler` got the name of a function that the app does not have. Deploy the app and its functions together; the inventory lists their names.';

export const noFunction = (name: string) => `GOBLET_FUNCTION_UNKNOWN: the app has no function "${name}"`;
