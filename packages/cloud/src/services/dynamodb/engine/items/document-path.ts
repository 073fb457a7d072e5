import { type AttributeValue, attributeOf, type Item } from './attribute-value.js';

/** `a.b[1]` as `['a', 'b', 1]`. */
export type DocumentPath = readonly (string | number)[];

/** The value at a path in an item. */
export function valueAt(item: Item, path: DocumentPath): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    value = typeof step === 'number' ? value?.L?.[step] : attributeOf(value?.M, step);
    if (value === undefined) return undefined;
  }
  return value;
}

interface Branch {
  /** The whole value is wanted. */
  all: boolean;
  readonly names: Map<string, Branch>;
  readonly indexes: Map<number, Branch>;
}

const newBranch = (): Branch => ({ all: false, names: new Map(), indexes: new Map() });

function childOf<K>(children: Map<K, Branch>, key: K): Branch {
  const child = children.get(key) ?? newBranch();
  children.set(key, child);
  return child;
}

function prune(value: AttributeValue, branch: Branch): AttributeValue | undefined {
  if (branch.all) return value;
  if (value.M && branch.names.size > 0) {
    const M = pruneMap(value.M, branch);
    return Object.keys(M).length > 0 ? { M } : undefined;
  }
  if (value.L && branch.indexes.size > 0) {
    // A projected list has no gaps; its elements keep their order.
    const L: AttributeValue[] = [];
    for (const [index, child] of [...branch.indexes].sort(([a], [b]) => a - b)) {
      const element = value.L[index];
      const pruned = element && prune(element, child);
      if (pruned) L.push(pruned);
    }
    return L.length > 0 ? { L } : undefined;
  }
  return undefined;
}

function pruneMap(item: Item, branch: Branch): Item {
  const result: Record<string, AttributeValue> = {};
  for (const [name, child] of branch.names) {
    const value = attributeOf(item, name);
    const pruned = value && prune(value, child);
    if (pruned) result[name] = pruned;
  }
  return result;
}

/** The parts of an item that the paths lead to, in the shape they have in the item. */
export function project(item: Item, paths: readonly (DocumentPath | string)[]): Item {
  const root = newBranch();
  for (const path of paths) {
    let branch = root;
    for (const step of typeof path === 'string' ? [path] : path) {
      branch = typeof step === 'number' ? childOf(branch.indexes, step) : childOf(branch.names, step);
    }
    branch.all = true;
  }
  return pruneMap(item, root);
}
