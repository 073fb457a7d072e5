import { parseCondition } from '../engine/expressions/condition-parser.js';
import { inWordsOfAws } from '../engine/expressions/expression-tokens.js';
import { conditionParser, projectionParser, updateParser } from './dynalite.js';

const { parse: parseUpdate } = updateParser;
const { parse: parseProjection } = projectionParser;

/**
 * Lets dynalite's checks, which look their parsers up at each call, read expressions as DynamoDB does. Their own parser of
 * conditions backtracks: eight parentheses inside each other take it seconds. To be called before the first input is read;
 * a second call changes nothing.
 */
export function installExpressionParsers(): void {
  conditionParser.parse = (expression, { context }) => parseCondition(expression, context);
  updateParser.parse = inWordsOfAws(parseUpdate);
  projectionParser.parse = inWordsOfAws(parseProjection);
}
