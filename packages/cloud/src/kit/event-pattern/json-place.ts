/** The part of a text that a JSON value takes: `from` is its first character, `to` the one behind it. */
interface Extent {
  readonly from: number;
  readonly to: number;
}

const BLANK = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[^\s,\]}]+/y;

function behind(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/**
 * Finds the value at a path in a text of JSON; of a member that is there twice, the last.
 *
 * @param text JSON that was parsed before, so that its syntax is right
 * @returns undefined where the path leads to nothing
 * @example
 * placeOf('{"a": [1, 2]}', ['a', 1]); // { from: 10, to: 11 }
 */
export function placeOf(text: string, path: readonly (string | number)[]): Extent | undefined {
  let place: Extent | undefined;
  visit(behind(BLANK, text, 0), 0, true);
  return place;

  /** Reads the value at an offset and returns the offset behind it. `onPath` says that `depth` steps of the path led here. */
  function visit(from: number, depth: number, onPath: boolean): number {
    const opening = text[from];
    const to = opening === '{' || opening === '[' ? visitMembers(from, depth, onPath) : visitScalar(from);
    if (onPath && depth === path.length) place = { from, to };
    return to;
  }

  function visitScalar(from: number): number {
    return behind(text[from] === '"' ? TEXT : SCALAR, text, from);
  }

  function visitMembers(from: number, depth: number, onPath: boolean): number {
    const isList = text[from] === '[';
    let at = behind(BLANK, text, from + 1);
    for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index++) {
      let step: unknown = index;
      if (!isList) {
        const end = behind(TEXT, text, at);
        step = JSON.parse(text.slice(at, end));
        at = behind(BLANK, text, behind(BLANK, text, end) + 1);
      }
      at = behind(BLANK, text, visit(at, depth + 1, onPath && path[depth] === step));
      if (text[at] === ',') at = behind(BLANK, text, at + 1);
    }
    return at + 1;
  }
}
