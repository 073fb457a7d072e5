/** True if a version is at least the other; anything after a dash is ignored. */
export function atLeast(version: string, least: string): boolean {
  const [given, wanted] = [figures(version), figures(least)];
  for (const [index, figure] of wanted.entries()) {
    const difference = (given[index] ?? 0) - figure;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** True if a version is in a range such as `^2.257.0` or `>=20.19`, as in our own manifests. */
export function inRange(version: string, range: string): boolean {
  if (!atLeast(version, range)) return false;
  return !range.startsWith('^') || figures(version)[0] === figures(range)[0];
}

/** Its numbers: `>=20.19` gives 20 and 19. */
export function figures(version: string): number[] {
  return [...(version.split('-')[0] ?? '').matchAll(/\d+/g)].map(([figure]) => Number(figure));
}
