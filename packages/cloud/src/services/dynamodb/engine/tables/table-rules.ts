import type { InputTypes } from '../../input/validation.js';
import { validationError } from '../errors.js';
import { type KeySchema, keyNames } from './table.js';

/** Shapes of the members that dynalite's checks of CreateTable and UpdateTable do not know. */
const throughput = {
  type: 'FieldStruct<ProvisionedThroughput>',
  children: {
    WriteCapacityUnits: { type: 'Long', notNull: true, greaterThanOrEqual: 1 },
    ReadCapacityUnits: { type: 'Long', notNull: true, greaterThanOrEqual: 1 },
  },
};

const onDemandThroughput = {
  type: 'FieldStruct<OnDemandThroughput>',
  children: { MaxReadRequestUnits: 'Long', MaxWriteRequestUnits: 'Long' },
};

const warmThroughput = {
  type: 'FieldStruct<WarmThroughput>',
  children: { ReadUnitsPerSecond: 'Long', WriteUnitsPerSecond: 'Long' },
};

const indexName = {
  type: 'String',
  notNull: true,
  regex: '[a-zA-Z0-9_.-]+',
  lengthGreaterThanOrEqual: 3,
  lengthLessThanOrEqual: 255,
};

const keySchema = {
  type: 'List',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 2,
  children: {
    type: 'ValueStruct<KeySchemaElement>',
    children: {
      AttributeName: { type: 'String', notNull: true },
      KeyType: { type: 'String', notNull: true, enum: ['HASH', 'RANGE'] },
    },
  },
};

const projection = {
  type: 'FieldStruct<Projection>',
  notNull: true,
  children: {
    ProjectionType: { type: 'String', enum: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
    NonKeyAttributes: { type: 'List', lengthGreaterThanOrEqual: 1, children: 'String' },
  },
};

/** A new global secondary index, in CreateTable and in UpdateTable. */
export const newGlobalIndex = {
  IndexName: indexName,
  KeySchema: keySchema,
  Projection: projection,
  ProvisionedThroughput: throughput,
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
};

export const indexNameType = indexName;
export const throughputType = throughput;
export const onDemandThroughputType = onDemandThroughput;
export const warmThroughputType = warmThroughput;

export const tagsType = {
  type: 'List',
  children: {
    type: 'ValueStruct<Tag>',
    children: {
      Key: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 128 },
      Value: { type: 'String', notNull: true, lengthLessThanOrEqual: 256 },
    },
  },
};

/** The input of CreateTable and UpdateTable that dynalite does not know. */
export const tableOptions: InputTypes = {
  StreamSpecification: {
    type: 'FieldStruct<StreamSpecification>',
    children: {
      StreamEnabled: { type: 'Boolean', notNull: true },
      StreamViewType: { type: 'String', enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'] },
    },
  },
  SSESpecification: {
    type: 'FieldStruct<SSESpecification>',
    children: { Enabled: 'Boolean', SSEType: { type: 'String', enum: ['AES256', 'KMS'] }, KMSMasterKeyId: 'String' },
  },
  TableClass: { type: 'String', enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
  DeletionProtectionEnabled: 'Boolean',
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
};

export const attributeDefinitionsType = {
  type: 'List',
  children: {
    type: 'ValueStruct<AttributeDefinition>',
    children: {
      AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
      AttributeType: { type: 'String', notNull: true, enum: ['B', 'N', 'S'] },
    },
  },
};

/** Throws where a definition is of an attribute that no key uses: AWS refuses those. */
export function checkDefinitionsUsed(
  definitions: readonly { readonly AttributeName: string }[],
  keySchemas: readonly KeySchema[],
): void {
  const used = new Set(keySchemas.flatMap(keyNames));
  const defined = definitions.map(({ AttributeName }) => AttributeName);
  if (defined.every((name) => used.has(name))) return;
  throw validationError(
    'One or more parameter values were invalid: Some AttributeDefinitions are not used. ' +
      `AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}
