import type { Access, Call, Scope } from '../../core/operation.js';
import { attributeOf, type Item, scalarOf } from './engine/attribute-value.js';
import type { Table } from './engine/table.js';
import { tableArn } from './engine/table.js';
import type { TableInput } from './engine/validation.js';
import type { DynamoDbState } from './service-state.js';

/** The table an input means, which a TableName that is an ARN may place in another account or region. */
export function arnOfTable({ TableName, _tableScope }: TableInput, { account, region }: Scope): string {
  const [ownAccount = account, ownRegion = region] = _tableScope?.split('/') ?? [];
  return tableArn(ownAccount, ownRegion, TableName);
}

/** A table's own policy, for accesses to the table, its indexes and its stream. */
export function policyOfTable(name: string, call: Call, state: DynamoDbState): () => Promise<string | undefined> {
  return async () => (await state.partition(call).findTable(name))?.resourcePolicy;
}

/** For operations that do one thing to one table as a whole. */
export function tableAccess(action: string) {
  return (input: TableInput, call: Call, state: DynamoDbState): readonly Access[] => [
    {
      action: `dynamodb:${action}`,
      resource: arnOfTable(input, call),
      resourcePolicy: policyOfTable(input.TableName, call, state),
    },
  ];
}

/** For operations that have no resource. */
export function anyAccess(action: string) {
  return (): readonly Access[] => [{ action: `dynamodb:${action}`, resource: '*' }];
}

/** What a request names of items, which policies may limit by the condition keys of DynamoDB. */
export interface ItemAccess {
  /** Keys or items: their partition keys are `dynamodb:LeadingKeys`. */
  readonly keys?: readonly Item[];
  /** Every top-level attribute that the request names. */
  readonly attributes?: Iterable<string>;
  readonly select?: string | undefined;
  readonly returnValues?: string | undefined;
  readonly returnConsumedCapacity?: string | undefined;
  /** The operation that an action is part of: `TransactWriteItems` */
  readonly enclosingOperation?: string;
  readonly indexName?: string | undefined;
}

function leadingKeys(table: Table | undefined, keys: readonly Item[], indexName: string | undefined): string[] {
  const index = [...(table?.globalIndexes ?? []), ...(table?.localIndexes ?? [])].find(
    ({ IndexName }) => IndexName === indexName,
  );
  const name = (index?.KeySchema ?? table?.keySchema)?.[0]?.AttributeName;
  if (name === undefined) return [];
  const values = keys.map((key) => attributeOf(key, name)).filter((value) => value !== undefined);
  return [...new Set(values.map(scalarOf))];
}

/** Access to items of a table, or of one of its indexes, with the condition keys of DynamoDB. */
export async function itemAccess(
  action: string,
  input: TableInput,
  call: Call,
  state: DynamoDbState,
  wanted: ItemAccess,
): Promise<Access> {
  const arn = arnOfTable(input, call);
  const resource = wanted.indexName === undefined ? arn : `${arn}/index/${wanted.indexName}`;
  const access: Access = {
    action: `dynamodb:${action}`,
    resource,
    resourcePolicy: policyOfTable(input.TableName, call, state),
  };
  // Policies do not bind the root of an account.
  if (call.principal.kind === 'root' && call.principal.account === call.account) return access;
  const context: Record<string, string | readonly string[]> = {};
  if (wanted.keys && wanted.keys.length > 0) {
    const table = await state.partition(call).findTable(input.TableName);
    const values = leadingKeys(table, wanted.keys, wanted.indexName);
    if (values.length > 0) context['dynamodb:LeadingKeys'] = values;
  }
  const attributes = [...new Set(wanted.attributes)];
  if (attributes.length > 0) context['dynamodb:Attributes'] = attributes;
  if (wanted.select) context['dynamodb:Select'] = wanted.select;
  if (wanted.returnValues) context['dynamodb:ReturnValues'] = wanted.returnValues;
  if (wanted.returnConsumedCapacity) context['dynamodb:ReturnConsumedCapacity'] = wanted.returnConsumedCapacity;
  if (wanted.enclosingOperation) context['dynamodb:EnclosingOperation'] = wanted.enclosingOperation;
  return { ...access, context };
}
