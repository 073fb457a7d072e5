import type { Condition, LegacyCondition, LegacyConditions } from '../expressions/condition.js';
import type { AttributeValue, Item } from '../items/attribute-value.js';
import { type KeySchema, keyNames } from '../tables/table.js';

/** The conditions that all have to be met. */
export function conjunctsOf(where: Condition | undefined): readonly Condition[] {
  if (where === undefined) return [];
  return where.type === 'and' ? where.args.flatMap(conjunctsOf) : [where];
}

/** The whole of some conditions. */
export function conjunctionOf([first, ...rest]: readonly Condition[]): Condition | undefined {
  return first && rest.reduce<Condition>((all, each) => ({ type: 'and', args: [all, each] }), first);
}

const OPERATORS: Readonly<Record<string, string>> = { '=': 'EQ', '<': 'LT', '<=': 'LE', '>': 'GT', '>=': 'GE' };
/** The comparison with its operands in the other order. */
const TURNED: Readonly<Record<string, string>> = { EQ: 'EQ', LT: 'GT', LE: 'GE', GT: 'LT', GE: 'LE' };

interface AttributeCondition {
  readonly name: string;
  readonly condition: LegacyCondition;
}

const isValue = (operand: unknown): operand is AttributeValue =>
  typeof operand === 'object' && operand !== null && !Array.isArray(operand) && !('type' in operand);

const nameOf = (operand: unknown): string | undefined =>
  Array.isArray(operand) && operand.length === 1 && typeof operand[0] === 'string' ? operand[0] : undefined;

/** A condition on one attribute by values, as key conditions are; undefined for all others. */
function attributeCondition(condition: Condition): AttributeCondition | undefined {
  if (condition.type === 'and' || condition.type === 'or' || condition.type === 'not') return undefined;
  const [first, ...others] = condition.args as readonly unknown[];
  const values = others.filter(isValue);
  const name = nameOf(first);
  if (name !== undefined && values.length === others.length) {
    const operator =
      condition.type === 'function'
        ? condition.name === 'begins_with' && 'BEGINS_WITH'
        : (OPERATORS[condition.type] ?? (condition.type === 'between' ? 'BETWEEN' : condition.type === 'in' && 'IN'));
    return operator ? { name, condition: { ComparisonOperator: operator, AttributeValueList: values } } : undefined;
  }
  const turned = TURNED[OPERATORS[condition.type] ?? ''];
  const other = nameOf(others[0]);
  return turned !== undefined && other !== undefined && isValue(first)
    ? { name: other, condition: { ComparisonOperator: turned, AttributeValueList: [first] } }
    : undefined;
}

/**
 * The values to which a WHERE restricts an attribute by `=`, `IN`, and their `AND` and `OR`; undefined where it does not
 * (developer guide, "PartiQL select statements for DynamoDB": without those of the partition key it is a full scan).
 */
export function valuesOfWhere(where: Condition | undefined, attribute: string): readonly AttributeValue[] | undefined {
  if (where?.type === 'and' || where?.type === 'or') {
    const sides = where.args.map((side) => valuesOfWhere(side, attribute));
    const restricting = sides.filter((values) => values !== undefined);
    const isEnough = where.type === 'and' ? restricting.length > 0 : restricting.length === sides.length;
    return isEnough ? restricting.flat() : undefined;
  }
  const of = where && attributeCondition(where);
  const operator = of?.name === attribute ? of.condition.ComparisonOperator : undefined;
  return operator === 'EQ' || operator === 'IN' ? of?.condition.AttributeValueList : undefined;
}

/** The key of the one item that a WHERE names, and the conditions beside it; undefined where it does not name one. */
export function itemOfWhere(
  where: Condition | undefined,
  keySchema: KeySchema,
): { readonly key: Item; readonly rest: readonly Condition[] } | undefined {
  const key: Record<string, AttributeValue> = {};
  const rest = conjunctsOf(where).filter((conjunct) => {
    const { name = '', condition } = attributeCondition(conjunct) ?? {};
    const value = condition?.ComparisonOperator === 'EQ' ? condition.AttributeValueList?.[0] : undefined;
    if (value === undefined || name in key || !keyNames(keySchema).includes(name)) return true;
    key[name] = value;
    return false;
  });
  return keyNames(keySchema).every((name) => name in key) ? { key, rest } : undefined;
}

/** The part of a WHERE by which a table or an index is queried. */
export interface QueriedKeys {
  /** One query for each: one value of the partition key, or several of an IN. */
  readonly queries: readonly LegacyConditions[];
  /** The conditions beside it. */
  readonly rest: readonly Condition[];
}

/** Undefined where a WHERE does not name a partition key, so that everything is read. */
export function queriesOfWhere(where: Condition | undefined, [hash, range]: KeySchema): QueriedKeys | undefined {
  const conjuncts = conjunctsOf(where).map((conjunct) => ({ conjunct, of: attributeCondition(conjunct) }));
  const partition = conjuncts.find(
    ({ of }) => of?.name === hash?.AttributeName && ['EQ', 'IN'].includes(of?.condition.ComparisonOperator ?? ''),
  );
  const values = partition?.of?.condition.AttributeValueList;
  if (hash === undefined || partition === undefined || values === undefined) return undefined;
  const sort = conjuncts.find(
    ({ of }) => of?.name === range?.AttributeName && of?.condition.ComparisonOperator !== 'IN',
  );
  const queries = values.map((value) => ({
    [hash.AttributeName]: { ComparisonOperator: 'EQ', AttributeValueList: [value] },
    ...(sort?.of && { [sort.of.name]: sort.of.condition }),
  }));
  return {
    queries,
    rest: conjuncts.flatMap((each) => (each === partition || each === sort ? [] : [each.conjunct])),
  };
}
