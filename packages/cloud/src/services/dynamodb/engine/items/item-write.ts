import { db } from '../../input/dynalite.js';
import { MAX_ITEM_SIZE, type TableInput } from '../../input/validation.js';
import { conditionalCheckFailed, duplicateItem, refuse, tooDeep, validationError } from '../errors.js';
import { type Condition, type LegacyConditions, meets, meetsAllLegacy } from '../expressions/condition.js';
import { type AttributeUpdate, actionsOf, applyUpdate, type UpdateAction } from '../expressions/update.js';
import { asSchema, attributeTypeOf, indexesOf, keyNames, type Table } from '../tables/table.js';
import { attributeOf, depthOf, type Item, scalarOf, sizeOf, typeOf } from './attribute-value.js';
import { valuesEqual } from './compare.js';
import { itemKey } from './keys.js';

/** A ConditionExpression as the expression parser returns it. */
export interface ParsedCondition {
  readonly expression: Condition;
  readonly nestedPaths: Readonly<Record<string, boolean>>;
  readonly pathHeads: Readonly<Record<string, boolean>>;
}

export interface Conditional extends TableInput {
  readonly Expected?: LegacyConditions;
  readonly ConditionalOperator?: 'AND' | 'OR';
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
  readonly _condition?: ParsedCondition;
  /** True of an INSERT of PartiQL, whose condition is that the item is not there. */
  readonly _isInsert?: true;
}

export interface PutInput extends Conditional {
  readonly Item: Item;
}

export interface KeyInput extends Conditional {
  readonly Key: Item;
}

export interface UpdateInput extends KeyInput {
  readonly AttributeUpdates?: Readonly<Record<string, AttributeUpdate>>;
  readonly _updates?: {
    readonly sections: readonly UpdateAction[];
    readonly paths: readonly (readonly (string | number)[])[];
    readonly nestedPaths: Readonly<Record<string, boolean>>;
  };
}

/** One write of one item, checked as far as it can be without the item. */
export interface ItemWrite {
  readonly table: Table;
  readonly key: string;
  readonly input: Conditional;
  /** The item as it is after the write, given the one before. Throws ValidationExceptions. */
  readonly apply: (before: Item | undefined) => Item | undefined;
}

/** Throws ConditionalCheckFailedException, with the item where it is asked for. */
export function checkCondition(input: Conditional, before: Item | undefined): void {
  const item = before ?? {};
  const met = input._condition
    ? meets(item, input._condition.expression)
    : !input.Expected || meetsAllLegacy(item, input.Expected, input.ConditionalOperator);
  if (!met && input._isInsert) throw duplicateItem();
  if (!met) {
    throw conditionalCheckFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
  }
}

/**
 * Checks the key attributes of indexes.
 * @param before what an update leaves as it was may be wrong: it was there before the index
 */
function checkIndexKeys(item: Item, table: Table, before?: Item): void {
  for (const index of indexesOf(table)) {
    for (const name of keyNames(index.KeySchema)) {
      const value = attributeOf(item, name);
      const old = attributeOf(before, name);
      if (!value || (old && valuesEqual(old, value))) continue;
      if (typeOf(value) !== attributeTypeOf(table, name)) {
        throw validationError('The update expression attempted to update the secondary index key to unsupported type');
      }
      if (scalarOf(value) === '') {
        throw validationError(
          'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty ${value.S === '' ? 'string' : 'binary'} value. ` +
            `IndexName: ${index.IndexName}, IndexKey: ${name}`,
        );
      }
    }
  }
}

const MAX_DEPTH = 32;

function checkDepth(item: Item): void {
  for (const value of Object.values(item)) if ((value.L || value.M) && depthOf(value) > MAX_DEPTH) throw tooDeep();
}

function checkConditionPaths(input: Conditional, table: Table): void {
  refuse(db.validateKeyPaths(input._condition?.nestedPaths, asSchema(table)));
}

export function prepareKey(input: KeyInput, table: Table): string {
  refuse(db.validateKey(input.Key, asSchema(table)));
  checkConditionPaths(input, table);
  return itemKey(input.Key, table);
}

export function preparePut(input: PutInput, table: Table): ItemWrite {
  refuse(db.validateItem(input.Item, asSchema(table)));
  checkIndexKeys(input.Item, table);
  checkDepth(input.Item);
  checkConditionPaths(input, table);
  if (sizeOf(input.Item) > MAX_ITEM_SIZE) throw validationError('Item size has exceeded the maximum allowed size');
  return { table, key: itemKey(input.Item, table), input, apply: () => input.Item };
}

export function prepareDelete(input: KeyInput, table: Table): ItemWrite {
  return { table, key: prepareKey(input, table), input, apply: () => undefined };
}

/** A condition check of a transaction: the item stays as it is. */
export function prepareCheck(input: KeyInput, table: Table): ItemWrite {
  return { table, key: prepareKey(input, table), input, apply: (before) => before };
}

export function prepareUpdate(input: UpdateInput, table: Table): ItemWrite {
  const key = prepareKey(input, table);
  refuse(db.validateUpdates(input.AttributeUpdates, input._updates, asSchema(table)));
  const actions = input._updates?.sections ?? actionsOf(input.AttributeUpdates ?? {});
  const apply = (before: Item | undefined): Item => {
    const after = applyUpdate(before ?? input.Key, actions, !input._updates);
    checkIndexKeys(after, table, before);
    checkDepth(after);
    if (sizeOf(after) > MAX_ITEM_SIZE) {
      throw validationError('Item size to update has exceeded the maximum allowed size');
    }
    return after;
  };
  return { table, key, input, apply };
}
