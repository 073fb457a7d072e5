import type { Condition } from '../expressions/condition.js';
import type { UpdateAction } from '../expressions/update.js';
import type { Item } from '../items/attribute-value.js';
import type { DocumentPath } from '../items/document-path.js';

/** One statement of PartiQL, as DynamoDB has them. The values of its parameters are in their places. */
export type Statement = SelectStatement | InsertStatement | UpdateStatement | DeleteStatement | ExistsStatement;

interface OnTable {
  /** A name, or an ARN. */
  readonly table: string;
}

export interface SelectStatement extends OnTable {
  readonly kind: 'select';
  readonly index?: string | undefined;
  /** @default - whole items */
  readonly paths?: readonly DocumentPath[] | undefined;
  readonly where?: Condition | undefined;
  readonly order: readonly { readonly name: string; readonly descending: boolean }[];
}

export interface InsertStatement extends OnTable {
  readonly kind: 'insert';
  readonly item: Item;
}

/** Which attributes of an item an UPDATE or a DELETE gives back. */
export type Returning = 'ALL_OLD' | 'MODIFIED_OLD' | 'ALL_NEW' | 'MODIFIED_NEW';

export interface UpdateStatement extends OnTable {
  readonly kind: 'update';
  readonly actions: readonly UpdateAction[];
  readonly where: Condition;
  readonly returning?: Returning | undefined;
}

export interface DeleteStatement extends OnTable {
  readonly kind: 'delete';
  readonly where: Condition;
  readonly returning?: Returning | undefined;
}

/** A condition check of a transaction: `EXISTS(SELECT * FROM … WHERE …)` */
export interface ExistsStatement extends OnTable {
  readonly kind: 'exists';
  readonly where: Condition;
}
