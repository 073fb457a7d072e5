/** Types that a generated module uses itself. */
const TAKEN: ReadonlySet<string> = new Set(['$defs', 'Omit', 'Record']);

/** `export type User = …` for each component whose name can be a type name; `user` becomes `User` too. */
export function aliasLines(components: readonly string[]): readonly string[] {
  const all = new Set(components);
  return components.flatMap((name) => {
    const alias = name.charAt(0).toUpperCase() + name.slice(1);
    const free = alias === name || !all.has(alias);
    return free && /^[A-Za-z_$][\w$]*$/.test(alias) && !TAKEN.has(alias)
      ? [`export type ${alias} = components['schemas']['${name}'];`]
      : [];
  });
}
