import type { Inventory } from '@goblet/build';

/** What the app needs in its environment and does not find there. */
export function missingVariables(
  { environment }: Inventory,
  given: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return environment.filter(({ name, required }) => required && given[name] === undefined).map(({ name }) => name);
}
