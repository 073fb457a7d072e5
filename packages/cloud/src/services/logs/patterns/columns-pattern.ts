import { readComparison, readConditions } from './comparison.js';
import { type FilterPattern, PLAIN_MATCH } from './log-match.js';
import { PatternError, PatternReader } from './pattern-reader.js';

interface Column {
  /** `$ip`; `$3` for one that has no name. */
  readonly selector: string;
  readonly holds: (value: string) => boolean;
}

const NAME = /[A-Za-z_][\w-]*/y;
const ELLIPSIS = '...';

/** A column: a name alone, or a name in each of its conditions. @throws PatternError */
function readColumn(reader: PatternReader, at: number): Column | typeof ELLIPSIS {
  if (reader.take(ELLIPSIS)) return ELLIPSIS;
  let name: string | undefined;
  const holds = readConditions<string>(reader, (each) => {
    name = each.match(NAME) ?? name;
    return readComparison(each) ?? (() => true);
  });
  return { selector: name === undefined ? `$${at}` : `$${name}`, holds };
}

/** Columns are between spaces; what is in brackets or quotes is one. */
function columnsOf(message: string): readonly string[] {
  const found = message.match(/\[[^\]]*\]|"[^"]*"|\S+/g) ?? [];
  return found.map((column) => column.replace(/^\[(.*)\]$/s, '$1').replace(/^"(.*)"$/s, '$1'));
}

/** `[ip, user, ..., status = 4*, bytes]` @throws PatternError */
export function parseColumnsPattern(text: string): FilterPattern {
  const reader = new PatternReader(text);
  reader.expect('[');
  const columns: (Column | typeof ELLIPSIS)[] = [];
  if (!reader.take(']')) {
    do columns.push(readColumn(reader, columns.length + 1));
    while (reader.take(','));
    reader.expect(']');
  }
  if (!reader.atEnd) throw new PatternError('there is more behind ]');
  const open = columns.indexOf(ELLIPSIS);
  if (columns.lastIndexOf(ELLIPSIS) !== open) throw new PatternError('there are two ellipses');
  const named = columns.filter((column) => column !== ELLIPSIS);
  return (message) => {
    const values = columnsOf(message);
    // A pattern without columns is for every message.
    if (columns.length === 0) return PLAIN_MATCH;
    const isRight = open === -1 ? values.length === named.length : values.length >= named.length;
    if (!isRight) return undefined;
    const taken =
      open === -1 ? values : [...values.slice(0, open), ...values.slice(values.length - named.length + open)];
    if (!named.every(({ holds }, at) => holds(taken[at] ?? ''))) return undefined;
    const extracted = Object.fromEntries(named.map(({ selector }, at) => [selector, taken[at] ?? '']));
    return { extracted, valueOf: (selector) => extracted[selector] };
  };
}
