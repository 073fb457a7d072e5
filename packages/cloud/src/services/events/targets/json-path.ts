/** The subset of JSONPath that EventBridge supports ("Input transformation" of its user guide). */
export type JsonPath = readonly (string | number | typeof EVERY)[];

const EVERY = Symbol('every element');
const PATH = /^\$(?:\.(?:[A-Za-z0-9_/-]+|\*)|\[(?:\d+|\*)\])*$/;
const STEP = /\.(?<name>[A-Za-z0-9_/-]+)|\[(?<index>\d+)\]|\.\*|\[\*\]/g;

/**
 * Reads `$.detail.items[0].name`, `$.resources[*]` and similar paths.
 * @throws Error for an invalid path
 */
export function parseJsonPath(text: string): JsonPath {
  if (!PATH.test(text)) throw new Error(`${text} is no path such as $.detail.items[0]`);
  return [...text.matchAll(STEP)].map(({ groups: { name, index } = {} }) => {
    return name ?? (index === undefined ? EVERY : Number(index));
  });
}

/** The value at a path; undefined if there is none. */
export function valueAt(value: unknown, [step, ...rest]: JsonPath): unknown {
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (step === EVERY) return Object.values(value).map((each: unknown) => valueAt(each, rest));
  if (Array.isArray(value) !== (typeof step === 'number')) return undefined;
  return Object.hasOwn(value, step) ? valueAt(Reflect.get(value, step), rest) : undefined;
}
