/**
 * The types of a JSON value's members, as AWS documents them. `name?` may be missing or null, `*` matches every member
 * that is not named, an array of one shape is a list. A `time` is text with a date.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'time'
  | 'unknown'
  | readonly [Shape]
  | { readonly [member: string]: Shape };

type Leaf = { readonly string: string; readonly number: number; readonly boolean: boolean; readonly time: string };

/** The value of a shape. */
export type Shaped<S> = S extends keyof Leaf
  ? Leaf[S]
  : S extends 'unknown'
    ? unknown
    : S extends readonly [infer One]
      ? readonly Shaped<One>[]
      : S extends { readonly '*': infer Any }
        ? Readonly<Record<string, Shaped<Any>>>
        : { readonly [K in keyof S as K extends `${string}?` ? never : K]: Shaped<S[K]> } & {
            readonly [K in keyof S as K extends `${infer Name}?` ? Name : never]?: Shaped<S[K]> | null;
          };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True if a JSON value has this shape. Members that the shape does not name may be anything. */
export function hasShape<const S extends Shape>(value: unknown, shape: S): value is Shaped<S>;
export function hasShape(value: unknown, shape: Shape): boolean {
  if (shape === 'unknown') return true;
  if (shape === 'time') return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  if (typeof shape === 'string') return typeof value === shape;
  if (isList(shape)) return Array.isArray(value) && value.every((one) => hasShape(one, shape[0]));
  if (!isObject(value)) return false;
  return Object.entries(shape).every(([member, of]) => {
    if (member === '*') return Object.values(value).every((one) => hasShape(one, of));
    const name = member.replace(/\?$/, '');
    const one = Object.hasOwn(value, name) ? value[name] : undefined;
    return (name !== member && (one ?? undefined) === undefined) || hasShape(one, of);
  });
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
