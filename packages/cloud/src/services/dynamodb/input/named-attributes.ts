import type { Condition } from '../engine/expressions/condition.js';
import type { UpdateAction } from '../engine/expressions/update.js';
import type { Conditional, UpdateInput } from '../engine/items/item-write.js';
import type { ParsedProjection } from '../engine/items/read-item.js';

/** The first step of every path in a piece of a parsed expression: paths are arrays that begin with a name. */
function* heads(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    if (typeof node[0] === 'string') yield node[0];
    else for (const element of node) yield* heads(element);
    return;
  }
  if (typeof node !== 'object' || node === null || !('args' in node)) return;
  // `args` is a list of operands, and an operand may be a path.
  if (Array.isArray(node.args)) for (const operand of node.args) yield* heads(operand);
}

function* headsOfActions(actions: readonly UpdateAction[]): Generator<string> {
  for (const action of actions) {
    yield String(action.path[0]);
    if (action.type === 'set') yield* heads(action.val);
  }
}

/** The top-level attributes that a condition or filter reads. */
export function attributesOfCondition(condition: Condition | undefined): Iterable<string> {
  return heads(condition);
}

/** The top-level attributes that the condition of a write reads. */
export function* attributesOfCheck(input: Conditional): Generator<string> {
  yield* heads(input._condition?.expression);
  yield* Object.keys(input.Expected ?? {});
}

/** The top-level attributes that an update reads or writes, except its key. */
export function* attributesOfUpdate(input: UpdateInput): Generator<string> {
  yield* attributesOfCheck(input);
  yield* headsOfActions(input._updates?.sections ?? []);
  yield* Object.keys(input.AttributeUpdates ?? {});
}

/** The top-level attributes that a projection asks for. */
export function* attributesOfProjection(input: {
  readonly AttributesToGet?: readonly string[];
  readonly _projection?: ParsedProjection;
}): Generator<string> {
  yield* input.AttributesToGet ?? [];
  for (const path of input._projection?.paths ?? []) yield String(path[0]);
}
