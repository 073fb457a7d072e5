import { type AttributeValue, attributeOf, type Item } from '../items/attribute-value.js';
import { beginsWith, type Comparator, contains, holds, isType, sizeOfOperand } from '../items/compare.js';
import { type DocumentPath, valueAt } from '../items/document-path.js';

/** A parsed condition, filter or key condition, in the shape of dynalite's grammar. */
export type Condition =
  | { readonly type: 'and' | 'or'; readonly args: readonly [Condition, Condition] }
  | { readonly type: 'not'; readonly args: readonly [Condition] }
  | { readonly type: Comparator | 'between' | 'in'; readonly args: readonly Operand[] }
  | ConditionFunction;

interface ConditionFunction {
  readonly type: 'function';
  readonly name: string;
  readonly args: readonly Operand[];
}

/** A path, `size(path)` or a literal. */
type Operand = DocumentPath | ConditionFunction | AttributeValue;

const isPath = (operand: Operand): operand is DocumentPath => Array.isArray(operand);

function resolve(operand: Operand | undefined, item: Item): AttributeValue | undefined {
  if (operand === undefined) return undefined;
  if (isPath(operand)) return valueAt(item, operand);
  if (!('type' in operand)) return operand;
  const value = resolve(operand.args[0], item);
  const size = value && sizeOfOperand(value);
  return size === undefined ? undefined : { N: String(size) };
}

function callFunction({ name, args }: ConditionFunction, item: Item): boolean {
  const value = resolve(args[0], item);
  const operand = resolve(args[1], item);
  switch (name) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return isType(value, operand?.S);
    case 'begins_with':
      return value !== undefined && operand !== undefined && beginsWith(value, operand);
    case 'contains':
      return value !== undefined && operand !== undefined && contains(value, operand);
    default:
      throw new TypeError(`the grammar let the function ${name} through`);
  }
}

/** True if an item (or an empty one, if there is none) meets a condition expression. */
export function meets(item: Item, condition: Condition): boolean {
  switch (condition.type) {
    case 'and':
      return meets(item, condition.args[0]) && meets(item, condition.args[1]);
    case 'or':
      return meets(item, condition.args[0]) || meets(item, condition.args[1]);
    case 'not':
      return !meets(item, condition.args[0]);
    case 'function':
      return callFunction(condition, item);
  }
  const [value, ...others] = condition.args.map((operand) => resolve(operand, item));
  if (condition.type === 'between') return holds('>=', value, others[0]) && holds('<=', value, others[1]);
  if (condition.type === 'in') return others.some((other) => holds('=', value, other));
  return holds(condition.type, value, others[0]);
}

/** One attribute's condition in the parameters that came before expressions (Expected, QueryFilter, ScanFilter). */
export interface LegacyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly AttributeValue[];
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
}

export type LegacyConditions = Readonly<Record<string, LegacyCondition>>;

const COMPARATORS: Readonly<Record<string, Comparator>> = { EQ: '=', LT: '<', LE: '<=', GT: '>', GE: '>=' };

/** True if a value meets one condition of the older parameters, to which key conditions are also converted. */
export function meetsLegacy(value: AttributeValue | undefined, condition: LegacyCondition): boolean {
  const [first, second] = condition.AttributeValueList ?? (condition.Value ? [condition.Value] : []);
  if (condition.Exists === false) return value === undefined;
  const operator = condition.ComparisonOperator ?? 'EQ';
  const comparator = COMPARATORS[operator];
  if (comparator) return holds(comparator, value, first);
  switch (operator) {
    case 'NE':
      return holds('<>', value, first);
    case 'NULL':
      return value === undefined;
    case 'NOT_NULL':
      return value !== undefined;
    case 'CONTAINS':
      return value !== undefined && first !== undefined && contains(value, first);
    case 'NOT_CONTAINS':
      return value !== undefined && first !== undefined && !contains(value, first);
    case 'BEGINS_WITH':
      return value !== undefined && first !== undefined && beginsWith(value, first);
    case 'IN':
      return (condition.AttributeValueList ?? []).some((other) => holds('=', value, other));
    case 'BETWEEN':
      return holds('>=', value, first) && holds('<=', value, second);
    default:
      throw new TypeError(`the validation let the operator ${operator} through`);
  }
}

export function meetsAllLegacy(item: Item, conditions: LegacyConditions, operator: 'AND' | 'OR' = 'AND'): boolean {
  const results = Object.entries(conditions).map(([name, condition]) =>
    meetsLegacy(attributeOf(item, name), condition),
  );
  return operator === 'OR' ? results.some(Boolean) : results.every(Boolean);
}
