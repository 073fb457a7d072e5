import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

export interface Order {
  readonly id: string;
  readonly item: string;
  readonly amount: number;
}

export interface Report {
  readonly done: number;
  /** ISO 8601 */
  readonly time: string;
}

/** The calls to AWS that the flow makes. Tests replace them. */
export interface Services {
  readonly orders: {
    put(order: Order & { readonly status: 'placed' }): Promise<void>;
    find(id: string): Promise<unknown>;
    done(id: string, receipt: string): Promise<void>;
    countDone(): Promise<number>;
  };
  readonly reports: { put(report: Report): Promise<void>; find(): Promise<unknown> };
  readonly receipts: { write(key: string, text: string): Promise<void> };
  announce(order: Order): Promise<void>;
}

/** The names of the resources, as the environment has them. */
export interface Names {
  readonly ORDERS_TABLE_NAME: string;
  readonly REPORTS_TABLE_NAME: string;
  readonly BUS_NAME: string;
  readonly RECEIPTS_BUCKET_NAME: string;
}

const LAST = { id: 'last' };

export function services(names: Names): Services {
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient());
  const events = new EventBridgeClient();
  const s3 = new S3Client();
  const orders = names.ORDERS_TABLE_NAME;
  const reports = names.REPORTS_TABLE_NAME;
  const find = async (TableName: string, Key: { id: string }): Promise<unknown> =>
    (await dynamodb.send(new GetCommand({ TableName, Key }))).Item;
  return {
    orders: {
      put: async (order) => {
        await dynamodb.send(new PutCommand({ TableName: orders, Item: order }));
      },
      find: (id) => find(orders, { id }),
      done: async (id, receipt) => {
        await dynamodb.send(
          new UpdateCommand({
            TableName: orders,
            Key: { id },
            UpdateExpression: 'SET #status = :done, receipt = :receipt',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':done': 'done', ':receipt': receipt },
          }),
        );
      },
      countDone: async () => {
        const { Count = 0 } = await dynamodb.send(
          new ScanCommand({
            TableName: orders,
            Select: 'COUNT',
            FilterExpression: '#status = :done',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':done': 'done' },
          }),
        );
        return Count;
      },
    },
    reports: {
      put: async (report) => {
        await dynamodb.send(new PutCommand({ TableName: reports, Item: { ...LAST, ...report } }));
      },
      find: () => find(reports, LAST),
    },
    receipts: {
      write: async (Key, Body) => {
        await s3.send(new PutObjectCommand({ Bucket: names.RECEIPTS_BUCKET_NAME, Key, Body }));
      },
    },
    announce: async (order) => {
      const entry = { Source: 'shop', DetailType: 'OrderPlaced', EventBusName: names.BUS_NAME };
      const { FailedEntryCount = 0 } = await events.send(
        new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(order) }] }),
      );
      // The stream sends the order again.
      if (FailedEntryCount > 0) throw new Error(`order ${order.id} was not announced`);
    },
  };
}
