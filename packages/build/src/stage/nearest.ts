/** A candidate that starts with the word, else the one with the fewest edits (Levenshtein). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const completed = candidates.find((candidate) => candidate.toLowerCase().startsWith(word.toLowerCase()));
  if (completed !== undefined) return completed;
  const distances = candidates.map((candidate) => distance(word.toLowerCase(), candidate.toLowerCase()));
  return candidates[distances.indexOf(Math.min(...distances))];
}

function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const [left = 0, above = 0, diagonal = 0] = [current[column - 1], previous[column], previous[column - 1]];
      current.push(Math.min(left + 1, above + 1, diagonal + (from[row - 1] === to[column - 1] ? 0 : 1)));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
