import { CALL_BUDGET, type DocumentBudget } from './document-budget.js';

/** True of an object of JSON: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON that is well-formed, and more than its reader takes. */
export class JsonOverBudget extends SyntaxError {}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** The index of the quote that ends the text which begins at `from`. */
function endOfText(json: string, from: number): number {
  for (let at = json.indexOf('"', from); at !== -1; at = json.indexOf('"', at + 1)) {
    let escapes = 0;
    while (json.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return json.length;
}

function check(json: string, budget: DocumentBudget): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at + 1);
    else if (code === COMMA) values++;
    else if (OPENING.has(code)) {
      depth++;
      values++;
    } else if (CLOSING.has(code)) depth--;
    if (depth > budget.depth) throw new JsonOverBudget(`it has more than ${budget.depth} structures within each other`);
    if (values > budget.values) throw new JsonOverBudget(`it has more than ${budget.values} values`);
  }
}

/**
 * Parses JSON that somebody else wrote. `JSON.parse` alone takes any depth, which whoever walks the value afterwards
 * pays for with its stack.
 *
 * @throws SyntaxError, JsonOverBudget
 */
export function parseJson(json: string, budget: DocumentBudget = CALL_BUDGET): unknown {
  // Each structure takes two characters, so most bodies need no look.
  if (json.length >= 2 * budget.depth) check(json, budget);
  return JSON.parse(json);
}
