import { Budget } from './budget.js';
import { callList, callMap } from './collection-methods.js';
import { isTrue, operate } from './operators.js';
import { callString } from './string-methods.js';
import { type Access, type Block, type Expression, type Node, type Reference, TemplateError } from './syntax.js';
import { isList, listOf, textOf, type Value, type VtlList } from './value.js';

/** Iterations after which a loop ends ("Amazon API Gateway quotas": iterations in a `#foreach` loop in mapping templates). */
const LOOPS = 1000;

type Flow = 'next' | 'break' | 'stop';

interface Rendering {
  readonly variables: Map<string, Value>;
  /** Blocks of `#define` by name. */
  readonly blocks: Map<string, Block>;
  readonly budget: Budget;
  output: string;
}

/**
 * Renders a template.
 * @param variables the roots: `context`, `input`; a template's own are added to them
 * @throws TemplateError where it takes more than its budget
 */
export function render(template: Block, variables: Map<string, Value>): string {
  const run: Rendering = { variables, blocks: new Map(), budget: new Budget(), output: '' };
  try {
    runBlock(template, run);
  } catch (error) {
    throw error instanceof RangeError ? new TemplateError(`the template needs too much: ${error.message}`) : error;
  }
  return run.output;
}

function runBlock(block: Block, run: Rendering): Flow {
  for (const node of block) {
    const flow = runNode(node, run);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

function runNode(node: Node, run: Rendering): Flow {
  run.budget.step();
  switch (node.kind) {
    case 'text':
      run.output += run.budget.text(node.text);
      return 'next';
    case 'reference':
      return runReference(node.reference, run);
    case 'set':
      assign(node.target, evaluate(node.value, run), run);
      return 'next';
    case 'if': {
      const branch = node.branches.find(({ condition }) => isTrue(evaluate(condition, run)));
      return runBlock(branch?.body ?? node.otherwise, run);
    }
    case 'foreach':
      return runLoop(node.variable, itemsOf(evaluate(node.over, run)), node.body, run);
    case 'define':
      run.blocks.set(node.name, node.body);
      return 'next';
    default:
      return node.kind;
  }
}

function runReference(reference: Reference, run: Rendering): Flow {
  const block = reference.path.length === 0 ? run.blocks.get(reference.name) : undefined;
  if (block) return run.budget.inside(() => runBlock(block, run));
  run.output += run.budget.text(textOf(valueOfReference(reference, run)));
  return 'next';
}

function itemsOf(value: Value): readonly Value[] {
  if (isList(value)) return value.items;
  return value instanceof Map ? [...value.values()] : [];
}

function runLoop(variable: string, items: readonly Value[], body: Block, run: Rendering): Flow {
  const { variables } = run;
  const outer = { item: variables.get(variable), loop: variables.get('foreach') };
  const count = Math.min(items.length, LOOPS);
  let flow: Flow = 'next';
  for (let index = 0; index < count && flow === 'next'; index++) {
    variables.set(variable, items[index] ?? null);
    variables.set('foreach', loopState(index, items.length, outer.loop));
    variables.set('velocityCount', index + 1);
    flow = runBlock(body, run);
  }
  restore(variables, variable, outer.item);
  restore(variables, 'foreach', outer.loop);
  return flow === 'stop' ? 'stop' : 'next';
}

function loopState(index: number, length: number, parent: Value | undefined): Value {
  return new Map<string, Value>([
    ['index', index],
    ['count', index + 1],
    ['hasNext', index + 1 < length],
    ['first', index === 0],
    ['last', index + 1 === length],
    ['parent', parent ?? null],
  ]);
}

function restore(variables: Map<string, Value>, name: string, value: Value | undefined): void {
  if (value === undefined) variables.delete(name);
  else variables.set(name, value);
}

/** Assigning nothing leaves a variable without a value. */
function assign({ name, path }: Reference, value: Value, run: Rendering): void {
  const last = path.at(-1);
  if (last === undefined) {
    run.blocks.delete(name);
    run.variables.set(name, value);
    return;
  }
  const owner = path.slice(0, -1).reduce((at, access) => member(at, access, run), run.variables.get(name) ?? null);
  if (last.kind === 'method') return;
  const key = last.kind === 'property' ? last.name : evaluate(last.at, run);
  if (owner instanceof Map) owner.set(textOf(key), value);
  else if (isList(owner) && typeof key === 'number' && key < owner.items.length) owner.items[key] = value;
}

function valueOfReference({ name, path }: Reference, run: Rendering): Value {
  let value = run.variables.get(name) ?? null;
  for (const access of path) {
    if (value === null) return null;
    value = member(value, access, run);
  }
  return value;
}

function member(value: Value, access: Access, run: Rendering): Value {
  run.budget.step();
  switch (access.kind) {
    case 'property':
      return property(value, access.name, run.budget);
    case 'index':
      return at(value, evaluate(access.at, run));
    case 'method':
      return call(
        value,
        access.name,
        access.args.map((arg) => evaluate(arg, run)),
        run.budget,
      );
  }
}

function property(value: Value, name: string, budget: Budget): Value {
  if (value === null || typeof value !== 'object') return null;
  if (value instanceof Map) return value.get(name) ?? null;
  // As for a bean: $list.empty is $list.isEmpty().
  if (isList(value)) return name === 'empty' ? callList(value, 'isEmpty', [], budget) : null;
  return value.property(name);
}

function at(value: Value, key: Value): Value {
  if (value instanceof Map) return value.get(textOf(key)) ?? null;
  if (isList(value) && typeof key === 'number') return value.items.at(key) ?? null;
  return null;
}

function call(value: Value, name: string, args: readonly Value[], budget: Budget): Value {
  if (value === null) return null;
  if (typeof value === 'string') return callString(value, name, args, budget);
  if (typeof value !== 'object') return callScalar(value, name, args);
  if (value instanceof Map) return callMap(value, name, args, budget);
  if (isList(value)) return callList(value, name, args, budget);
  const result = value.call(name, args);
  return typeof result === 'string' ? budget.text(result) : result;
}

function callScalar(value: number | boolean, name: string, [other]: readonly Value[]): Value {
  if (name === 'toString') return String(value);
  if (name === 'equals') return value === other;
  if (typeof value !== 'number') return null;
  if (name === 'intValue' || name === 'longValue') return Math.trunc(value);
  return name === 'doubleValue' || name === 'floatValue' ? value : null;
}

function evaluate(expression: Expression, run: Rendering): Value {
  run.budget.step();
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'reference':
      return referenceValue(expression.reference, run);
    case 'interpolated':
      return interpolate(expression.body, run);
    case 'list':
      return listOf(expression.items.map((item) => evaluate(item, run)));
    case 'range':
      return range(evaluate(expression.from, run), evaluate(expression.to, run), run.budget);
    case 'map':
      return new Map(expression.entries.map(([key, value]) => [textOf(evaluate(key, run)), evaluate(value, run)]));
    case 'not':
      return !isTrue(evaluate(expression.of, run));
    case 'negative': {
      const value = evaluate(expression.of, run);
      return typeof value === 'number' ? -value : null;
    }
    case 'binary': {
      const { operator, left, right } = expression;
      const value = evaluate(left, run);
      if (operator === '&&') return isTrue(value) && isTrue(evaluate(right, run));
      if (operator === '||') return isTrue(value) || isTrue(evaluate(right, run));
      return operate(operator, value, evaluate(right, run), run.budget);
    }
  }
}

/** A `#define`d block is the text that it makes. */
function referenceValue(reference: Reference, run: Rendering): Value {
  const block = reference.path.length === 0 ? run.blocks.get(reference.name) : undefined;
  return block ? interpolate(block, run) : valueOfReference(reference, run);
}

function interpolate(block: Block, run: Rendering): string {
  const inner: Rendering = { variables: run.variables, blocks: run.blocks, budget: run.budget, output: '' };
  run.budget.inside(() => runBlock(block, inner));
  return inner.output;
}

function range(from: Value, to: Value, budget: Budget): VtlList | null {
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  const count = Math.abs(to - from) + 1;
  budget.step(count);
  const direction = from <= to ? 1 : -1;
  return listOf(Array.from({ length: count }, (_, index) => from + index * direction));
}
