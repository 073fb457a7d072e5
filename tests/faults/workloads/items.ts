import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { Ledger } from '../ledger.js';
import type { Target, Workload } from '../workload.js';

const TABLE = 'items';
const INDEX = 'byGeneration';

async function createTable(target: Target, name: string): Promise<void> {
  await new DynamoDBClient(target).send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'generation', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: INDEX,
          KeySchema: [{ AttributeName: 'generation', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
}

/** The generations of all items by their id, in the table or in its index. */
async function scan(target: Target, TableName: string, IndexName?: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const pages = paginateScan(
    { client: new DynamoDBClient(target) },
    { TableName, IndexName, ConsistentRead: !IndexName },
  );
  for await (const { Items = [] } of pages) {
    for (const { id, generation } of Items) found.set(String(id?.S), Number(generation?.N));
  }
  return found;
}

const item = (id: string, generation: number) => ({ id: { S: id }, generation: { N: String(generation) } });

/** Single items, put and deleted, in a table with an index. */
export function items(): Workload {
  const ledgers = Array.from({ length: 24 }, (_, n) => new Ledger<number | undefined>(`item ${n}`, undefined));
  let generation = 0;
  return {
    name: 'items',
    prepare: (target) => createTable(target, TABLE),
    work: async (target, acknowledged) => {
      const client = new DynamoDBClient(target);
      for (const [n, ledger] of ledgers.entries()) {
        const next = ++generation;
        if (next % 5 === 0) {
          const command = new DeleteItemCommand({ TableName: TABLE, Key: { id: { S: String(n) } } });
          await ledger.change(undefined, () => client.send(command));
        } else {
          const command = new PutItemCommand({ TableName: TABLE, Item: item(String(n), next) });
          await ledger.change(next, () => client.send(command));
        }
        acknowledged();
      }
    },
    verify: async (target, cloud) => {
      const table = await scan(target, TABLE);
      for (const [n, ledger] of ledgers.entries()) ledger.settle(table.get(String(n)));
      for (const name of [TABLE, TWINS]) {
        expect(await scan(target, name, INDEX)).toEqual(await scan(target, name));
      }
      // Entries as they are stored: a Scan of the index leaves out those that do not fit their items.
      const area = cloud.context.store.area('000000000000', target.region, 'dynamodb');
      let stored = 0;
      for await (const _ of area.range({ gte: 'index/', lt: 'index0' })) stored++;
      expect(stored).toBe((await scan(target, TABLE)).size + (await scan(target, TWINS)).size);
    },
  };
}

const TWINS = 'twins';

/** Pairs of items that are always equal, as each transaction writes both. */
export function transactions(): Workload {
  const ledgers = Array.from({ length: 4 }, (_, n) => new Ledger<number | undefined>(`twins ${n}`, undefined));
  let generation = 0;
  return {
    name: 'transactions',
    prepare: (target) => createTable(target, TWINS),
    work: async (target, acknowledged) => {
      const client = new DynamoDBClient(target);
      const write = async (ledger: Ledger<number | undefined>, n: number) => {
        const next = ++generation;
        const TransactItems = ['a', 'b'].map((twin) => ({
          Put: { TableName: TWINS, Item: item(`${n}${twin}`, next) },
        }));
        await ledger.change(next, () => client.send(new TransactWriteItemsCommand({ TransactItems })));
        acknowledged();
      };
      await Promise.all(ledgers.map(write));
    },
    verify: async (target) => {
      const table = await scan(target, TWINS);
      for (const [n, ledger] of ledgers.entries()) {
        expect(table.get(`${n}a`)).toBe(table.get(`${n}b`));
        ledger.settle(table.get(`${n}a`));
      }
    },
  };
}
