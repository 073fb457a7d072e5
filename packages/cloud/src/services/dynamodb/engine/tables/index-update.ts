import { AwsError } from '../../../../core/aws-error.js';
import { validationError } from '../errors.js';
import { paths } from '../partition.js';
import { type AttributeDefinition, indexesOf, keyNames, type SecondaryIndex, type Table } from './table.js';

type Named = { readonly IndexName: string };

/** One member of GlobalSecondaryIndexUpdates. */
export interface IndexUpdate {
  readonly Create?: SecondaryIndex;
  readonly Update?: Named & Partial<SecondaryIndex>;
  readonly Delete?: Named;
}

export interface IndexUpdates {
  readonly create: SecondaryIndex | undefined;
  readonly remove: Named | undefined;
  readonly updates: readonly (Named & Partial<SecondaryIndex>)[];
}

/** Sorts the index updates of one UpdateTable. Throws in AWS's words: one index comes or goes at a time. */
export function indexUpdates(updates: readonly IndexUpdate[]): IndexUpdates {
  const names = new Set<string>();
  for (const { Create, Update, Delete } of updates) {
    const name = (Create ?? Update ?? Delete)?.IndexName;
    if (name === undefined) {
      throw validationError(
        'One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, ' +
          'GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
      );
    }
    if (names.has(name)) {
      throw validationError(
        'One or more parameter values were invalid: Only one global secondary index update per index is allowed ' +
          `simultaneously. Index: ${name}`,
      );
    }
    names.add(name);
  }
  const creates = updates.flatMap(({ Create }) => Create ?? []);
  const deletes = updates.flatMap(({ Delete }) => Delete ?? []);
  if (creates.length + deletes.length > 1) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  return { create: creates[0], remove: deletes[0], updates: updates.flatMap(({ Update }) => Update ?? []) };
}

function noSuchIndex(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
}

export function withoutIndex(table: Table, { IndexName: name }: Named): Table {
  const globalIndexes = table.globalIndexes.filter(({ IndexName }) => IndexName !== name);
  if (globalIndexes.length === table.globalIndexes.length) throw noSuchIndex(name);
  return { ...table, globalIndexes };
}

const MAX_GLOBAL_INDEXES = 20;

/** The table with a new index, given the definitions of the request. Throws in AWS's words. */
export function withIndex(
  table: Table,
  index: Table['globalIndexes'][number],
  definitions: readonly AttributeDefinition[],
): Table {
  if (indexesOf(table).some(({ IndexName }) => IndexName === index.IndexName)) {
    throw validationError(`Attempting to create an index which already exists. Index name: ${index.IndexName}`);
  }
  if (table.globalIndexes.length === MAX_GLOBAL_INDEXES) {
    throw validationError(
      `One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL_INDEXES}`,
    );
  }
  const [hash, range] = index.KeySchema;
  if (hash?.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (range && range.KeyType !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  const { ProjectionType, NonKeyAttributes } = index.Projection;
  if (!ProjectionType) {
    throw validationError('One or more parameter values were invalid: Unknown ProjectionType: null');
  }
  if (NonKeyAttributes && ProjectionType !== 'INCLUDE') {
    throw validationError(
      `One or more parameter values were invalid: ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`,
    );
  }
  if (table.billingMode === 'PROVISIONED' && !index.ProvisionedThroughput) {
    throw validationError(
      `One or more parameter values were invalid: ProvisionedThroughput is not specified for index: ${index.IndexName}`,
    );
  }
  if (table.billingMode === 'PAY_PER_REQUEST' && index.ProvisionedThroughput) {
    throw validationError(
      'One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: ' +
        `${index.IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  const defined = new Map(table.attributes.map((definition) => [definition.AttributeName, definition]));
  for (const definition of definitions) {
    const known = defined.get(definition.AttributeName);
    if (known && known.AttributeType !== definition.AttributeType) {
      throw validationError(
        'One or more parameter values were invalid: Cannot change the type of an attribute that a key uses. ' +
          `Attribute: ${definition.AttributeName}`,
      );
    }
    defined.set(definition.AttributeName, definition);
  }
  const missing = keyNames(index.KeySchema).filter((name) => !defined.has(name));
  if (missing.length > 0) {
    throw validationError(
      'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. ' +
        `Keys: [${keyNames(index.KeySchema).join(', ')}], AttributeDefinitions: [${[...defined.keys()].join(', ')}]`,
    );
  }
  return { ...table, attributes: [...defined.values()], globalIndexes: [...table.globalIndexes, index] };
}

export function withUpdatedIndex(table: Table, update: Named & Partial<SecondaryIndex>): Table {
  if (!table.globalIndexes.some(({ IndexName }) => IndexName === update.IndexName)) throw noSuchIndex(update.IndexName);
  return {
    ...table,
    globalIndexes: table.globalIndexes.map((index) =>
      index.IndexName === update.IndexName ? { ...index, ...update } : index,
    ),
  };
}

/** Definitions of attributes that no key uses any more go, as they do on AWS. */
export function withUsedDefinitions(table: Table): Table {
  const used = new Set([table.keySchema, ...indexesOf(table).map(({ KeySchema }) => KeySchema)].flatMap(keyNames));
  return { ...table, attributes: table.attributes.filter(({ AttributeName }) => used.has(AttributeName)) };
}

/** The ids of the indexes that were removed. */
export function lostIndexes(before: Table, after: Table): string[] {
  const kept = new Set(indexesOf(after).map(({ id }) => id));
  return indexesOf(before)
    .filter(({ id }) => !kept.has(id))
    .map((index) => paths.index(index, ''));
}
