import type { Inventory } from '@goblet/build';

/** The variables that the app needs and that its environment lacks. */
export function missingVariables(
  { environment }: Inventory,
  given: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return environment.filter(({ name, required }) => required && given[name] === undefined).map(({ name }) => name);
}
