/**
 * The members that have a value, for types whose members may be absent and not undefined.
 * @example
 * { name, ...defined({ description, token: input.ClientToken }) }
 */
export function defined<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> };
export function defined(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
