import { isObject } from '../../core/json.js';

/**
 * An event whose fields with dots in their names are nested instead: EventBridge joins the names that lead to a value
 * with dots, so that `{ "a.b": 1 }` and `{ "a": { "b": 1 } }` are the same to it ("Best practices for event patterns" of
 * the user guide). A value that several fields lead to so is a list of them.
 */
export function withNestedFields(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map(withNestedFields);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, withNestedFields(field)] as const);
  if (fields.every(([name, field]) => !name.includes('.') && field === value[name])) return value;
  return fields.reduce<unknown>((all, [name, field]) => merged(all, nested(name.split('.'), field)), {});
}

function nested([name, ...rest]: readonly string[], value: unknown): unknown {
  return name === undefined ? value : { [name]: nested(rest, value) };
}

function merged(a: unknown, b: unknown): unknown {
  if (!isObject(a) || !isObject(b)) return [a, b].flat();
  const all: Record<string, unknown> = { ...a };
  for (const [name, field] of Object.entries(b)) {
    all[name] = Object.hasOwn(all, name) ? merged(all[name], field) : field;
  }
  return all;
}
