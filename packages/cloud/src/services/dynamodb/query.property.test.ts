import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttributeValue, Item } from './engine/items/attribute-value.js';
import { dynamoDbCloud } from './fixtures/dynamodb-cloud.js';

/** The slow, obvious truth: items in a list, looked at one by one. */
interface Row {
  readonly pk: string;
  readonly sk: number;
  readonly group?: string;
  readonly rank?: number;
}

const itemOf = ({ pk, sk, group, rank }: Row, spelling: (n: number) => string = String): Item => ({
  pk: { S: pk },
  sk: { N: spelling(sk) },
  ...(group !== undefined && { group: { S: group } }),
  ...(rank !== undefined && { rank: { N: String(rank) } }),
});

const numberOf = (value: AttributeValue | undefined): number => Number(value?.N);

const pk = fc.constantFrom('a', 'ab', '~');
const sk = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom(10, 0.1, -0.1, -1.5, 1e20, -1e20, 1e-20, -1e-20, 99.999),
);
const row: fc.Arbitrary<Row> = fc.record(
  { pk, sk, group: fc.constantFrom('x', 'y'), rank: fc.integer({ min: -3, max: 3 }) },
  { requiredKeys: ['pk', 'sk'] },
);

const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), row }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), row }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('regroup' as const), row, group: fc.constantFrom('x', 'y', undefined) }),
  },
);

const COMPARISONS: Readonly<Record<string, (value: number, a: number, b: number) => boolean>> = {
  '= :a': (value, a) => value === a,
  '< :a': (value, a) => value < a,
  '<= :a': (value, a) => value <= a,
  '> :a': (value, a) => value > a,
  '>= :a': (value, a) => value >= a,
  'BETWEEN :a AND :b': (value, a, b) => value >= a && value <= b,
};

const question = fc.record({
  index: fc.boolean(),
  partition: fc.constantFrom('a', 'ab', '~', 'x', 'y'),
  comparison: fc.option(fc.constantFrom(...Object.keys(COMPARISONS)), { nil: undefined }),
  bounds: fc.tuple(sk, sk).map(([a, b]): [number, number] => (a <= b ? [a, b] : [b, a])),
  forward: fc.boolean(),
  limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  filter: fc.boolean(),
});

type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

const decimal = (n: number): string =>
  Math.abs(n) < 1e-6 && n !== 0 ? `${n}` : n.toFixed(Number.isInteger(n) ? 0 : 3);

function truth(rows: readonly Row[], { index, partition, comparison, bounds, filter }: Question) {
  const sortOf = (row: Row) => (index ? row.rank : row.sk);
  return rows.filter((row) => {
    const sort = sortOf(row);
    if (index ? row.group !== partition || sort === undefined : row.pk !== partition) return false;
    if (comparison && !COMPARISONS[comparison]?.(sort ?? Number.NaN, ...bounds)) return false;
    return !filter || row.rank === undefined || row.rank >= 0 || index;
  });
}

it('answers every query as a list of all items would, page by page', async () => {
  await using service = await dynamoDbCloud();
  const { dispatch } = service.cloud.context;
  const call = {
    account: '000000000000',
    region: 'eu-west-1',
    principal: { kind: 'root' as const, account: '000000000000' },
    requestId: 'test',
    sourceIp: '127.0.0.1',
  };
  const run = (operation: string, input: object) => dispatch('dynamodb', operation, input, call);
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 20, maxLength: 60 }),
      fc.array(question, { minLength: 10, maxLength: 20 }),
      async (changes, questions) => {
        const TableName = `table${tables++}`;
        await run('CreateTable', {
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'N' },
            { AttributeName: 'group', AttributeType: 'S' },
            { AttributeName: 'rank', AttributeType: 'N' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'byGroup',
              KeySchema: [
                { AttributeName: 'group', KeyType: 'HASH' },
                { AttributeName: 'rank', KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        });
        const rows = new Map<string, Row>();
        for (const one of changes) {
          const name = `${one.row.pk}/${one.row.sk}`;
          const Key = { pk: { S: one.row.pk }, sk: { N: decimal(one.row.sk) } };
          if (one.kind === 'put') {
            rows.set(name, one.row);
            await run('PutItem', { TableName, Item: itemOf(one.row, decimal) });
          } else if (one.kind === 'delete') {
            rows.delete(name);
            await run('DeleteItem', { TableName, Key });
          } else {
            const { group: _, ...row } = rows.get(name) ?? { pk: one.row.pk, sk: one.row.sk };
            rows.set(name, one.group === undefined ? row : { ...row, group: one.group });
            await run('UpdateItem', {
              TableName,
              Key,
              UpdateExpression: one.group === undefined ? 'REMOVE #g' : 'SET #g = :g',
              ExpressionAttributeNames: { '#g': 'group' },
              ...(one.group !== undefined && { ExpressionAttributeValues: { ':g': { S: one.group } } }),
            });
          }
        }
        const scanned = await run('Scan', { TableName });
        expect(scanned.Count).toBe(rows.size);
        for (const asked of questions) {
          const { index, partition, comparison, bounds, forward, limit, filter } = asked;
          const [hash, sort] = index ? ['#group', '#rank'] : ['pk', 'sk'];
          const filtering = filter && !index;
          const found: Item[] = [];
          let ExclusiveStartKey: Item | undefined;
          do {
            const page = await run('Query', {
              TableName,
              ...(index && {
                IndexName: 'byGroup',
                ExpressionAttributeNames: { '#group': 'group', ...(comparison && { '#rank': 'rank' }) },
              }),
              KeyConditionExpression: `${hash} = :p${comparison ? ` AND ${sort} ${comparison}` : ''}`,
              ...(filtering && {
                FilterExpression: 'attribute_not_exists(#rank) OR #rank >= :zero',
                ExpressionAttributeNames: { '#rank': 'rank' },
              }),
              ExpressionAttributeValues: {
                ':p': { S: partition },
                ...(comparison && { ':a': { N: decimal(bounds[0]) } }),
                ...(comparison?.includes(':b') && { ':b': { N: decimal(bounds[1]) } }),
                ...(filtering && { ':zero': { N: '0' } }),
              },
              ScanIndexForward: forward,
              ...(limit !== undefined && { Limit: limit }),
              ...(ExclusiveStartKey && { ExclusiveStartKey }),
            });
            if (limit !== undefined) expect(page.ScannedCount).toBeLessThanOrEqual(limit);
            expect(page.Count).toBe(page.Items.length);
            found.push(...page.Items);
            ExclusiveStartKey = page.LastEvaluatedKey;
          } while (ExclusiveStartKey);
          const sorts = found.map((item) => numberOf(index ? item.rank : item.sk));
          const inOrder = [...sorts].sort((a, b) => (forward ? a - b : b - a));
          expect(sorts).toEqual(inOrder);
          const nameOf = (item: Item) => `${item.pk?.S}/${numberOf(item.sk)}`;
          expect(found.map(nameOf).sort()).toEqual(
            truth([...rows.values()], asked)
              .map((one) => `${one.pk}/${one.sk}`)
              .sort(),
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});
