import { attributeOf, type Item } from '../items/attribute-value.js';

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export type KeySchema = readonly KeySchemaElement[];

export interface Projection {
  readonly ProjectionType: 'ALL' | 'INCLUDE' | 'KEYS_ONLY';
  readonly NonKeyAttributes?: readonly string[];
}

export interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
  readonly NumberOfDecreasesToday?: number;
  readonly LastIncreaseDateTime?: number;
  readonly LastDecreaseDateTime?: number;
}

/** The units a second that a table or an index is to be ready for at once. */
export interface WarmThroughput {
  readonly ReadUnitsPerSecond?: number;
  readonly WriteUnitsPerSecond?: number;
}

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: Throughput;
  readonly OnDemandThroughput?: object;
  readonly WarmThroughput?: WarmThroughput;
}

export interface StreamSpecification {
  readonly StreamEnabled: boolean;
  readonly StreamViewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

/**
 * The stored record of a table. Items and index entries are stored below ids, so that a new table with an old name
 * starts empty.
 */
export interface Table {
  readonly name: string;
  /** The TableId that AWS shows; items lie below it. */
  readonly id: string;
  readonly arn: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly attributes: readonly AttributeDefinition[];
  readonly keySchema: KeySchema;
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  /** Epoch seconds of the last change to PAY_PER_REQUEST. */
  readonly payPerRequestSince?: number;
  readonly throughput: Throughput;
  readonly onDemandThroughput?: object;
  readonly warmThroughput?: WarmThroughput;
  readonly globalIndexes: readonly (SecondaryIndex & { readonly id: string })[];
  readonly localIndexes: readonly (SecondaryIndex & { readonly id: string })[];
  readonly stream?: StreamSpecification & { readonly label: string };
  readonly encryption?: { readonly Enabled?: boolean; readonly SSEType?: string; readonly KMSMasterKeyId?: string };
  readonly tableClass?: { readonly TableClass: string; readonly LastUpdateDateTime?: number };
  readonly deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Expiry entries lie below the id, so that those of an attribute no longer looked at do not count. */
  readonly timeToLive?: { readonly attributeName: string; readonly id: string };
  readonly pointInTimeRecovery?: { readonly since: number; readonly days: number };
  /** JSON text of the table's resource policy. */
  readonly resourcePolicy?: string;
}

export type IndexOfTable = Table['globalIndexes'][number];

export function indexesOf(table: Table): readonly IndexOfTable[] {
  return table.globalIndexes.length + table.localIndexes.length === 0
    ? NO_INDEXES
    : [...table.localIndexes, ...table.globalIndexes];
}

const NO_INDEXES: readonly IndexOfTable[] = [];

export function tableArn(account: string, region: string, name: string): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}

export function keyNames(keySchema: KeySchema): string[] {
  return keySchema.map(({ AttributeName }) => AttributeName);
}

export function attributeTypeOf(table: Table, name: string): AttributeDefinition['AttributeType'] {
  const definition = table.attributes.find(({ AttributeName }) => AttributeName === name);
  if (!definition) throw new TypeError(`the table ${table.name} has no definition of its key attribute ${name}`);
  return definition.AttributeType;
}

/** The key attributes of an item: of the table, and of an index where one is named. */
export function keyOfItem(item: Item, table: Table, index?: SecondaryIndex): Item {
  const key: Record<string, Item[string]> = {};
  for (const name of [...keyNames(table.keySchema), ...(index ? keyNames(index.KeySchema) : [])]) {
    const value = attributeOf(item, name);
    if (value) key[name] = value;
  }
  return key;
}

/** The shape in which dynalite's checks and keys take a table. */
export function asSchema(table: Table) {
  return {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    GlobalSecondaryIndexes: table.globalIndexes,
    LocalSecondaryIndexes: table.localIndexes,
  };
}
