import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { principalArn } from '../../core/principal.js';
import { type KeyUser, useKey } from '../../kit/key-use.js';
import { validationError } from './engine/errors.js';
import type { Partition } from './engine/partition.js';
import type { Table } from './engine/tables/table.js';

/** Milliseconds for which DynamoDB keeps the key of a table that it has opened for a caller. */
const KEPT = 5 * 60_000;

/** The operations on items, which need the key of their table. */
export const ON_ITEMS: ReadonlySet<string> = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
]);

interface Named {
  readonly TableName?: string;
}

interface ItemsInput extends Named {
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, Named>>[];
}

function tablesIn({ TableName, RequestItems = {}, TransactItems = [] }: ItemsInput): readonly string[] {
  const ofTransaction = TransactItems.flatMap((item) => Object.values(item).map((each) => each.TableName));
  return [TableName, ...Object.keys(RequestItems), ...ofTransaction].filter((name) => name !== undefined);
}

/** The key of a customer by which a table is encrypted. DynamoDB's own in the account is everybody's there. */
function customerKey({ encryption }: Pick<Table, 'encryption'>): string | undefined {
  const { Enabled, KMSMasterKeyId: keyId } = encryption ?? {};
  return Enabled && keyId !== undefined && !keyId.endsWith('alias/aws/dynamodb') ? keyId : undefined;
}

const ITEMS: KeyUser = {
  service: 'dynamodb',
  refuse: ({ message }) => new AwsError('AccessDeniedException', message),
};
const TABLES: KeyUser = {
  service: 'dynamodb',
  refuse: (error) =>
    error.code === 'AccessDeniedException' ? error : validationError(`KMS validation error: ${error.message}`),
};

/**
 * The keys of tables: who reads or writes items has to be allowed to decrypt through DynamoDB, which remembers it for
 * five minutes ("DynamoDB encryption at rest: how it works" of the developer guide). PartiQL is not asked.
 */
export class TableKeys {
  readonly #context: Pick<CloudContext, 'dispatch' | 'now'>;
  /** When a table's key was opened for a caller last. */
  readonly #opened = new Map<string, number>();

  constructor(context: Pick<CloudContext, 'dispatch' | 'now'>) {
    this.#context = context;
  }

  /** @returns undefined where there is nothing to ask */
  check(input: ItemsInput, call: Call, partition: Partition): Promise<void> | undefined {
    const names = tablesIn(input);
    const isPlain = names.every((name) => {
      const table = partition.knownTable(name);
      return table !== undefined && customerKey(table) === undefined;
    });
    return isPlain ? undefined : this.#open(names, call, partition);
  }

  /** Checks that a caller may encrypt a table by the key that is named for it. @throws AwsError ValidationException */
  async checkNew(table: Pick<Table, 'name' | 'encryption'>, call: Call): Promise<void> {
    const keyId = customerKey(table);
    if (keyId === undefined) return;
    const encryptionContext = contextOf(table.name, call);
    await useKey(this.#context, TABLES, call, call, { keyId, action: 'GenerateDataKey', encryptionContext });
  }

  async #open(names: readonly string[], call: Call, partition: Partition): Promise<void> {
    for (const name of names) {
      const table = await partition.findTable(name);
      const keyId = table && customerKey(table);
      if (keyId === undefined) continue;
      const at = `${principalArn(call.principal)}\n${table?.id}\n${keyId}`;
      const now = this.#context.now();
      if (now - (this.#opened.get(at) ?? Number.NEGATIVE_INFINITY) < KEPT) continue;
      const encryptionContext = contextOf(name, call);
      await useKey(this.#context, ITEMS, call, call, { keyId, action: 'Decrypt', encryptionContext });
      this.#opened.set(at, now);
    }
  }
}

const contextOf = (table: string, { account }: Call) => ({
  'aws:dynamodb:tableName': table,
  'aws:dynamodb:subscriberId': account,
});
