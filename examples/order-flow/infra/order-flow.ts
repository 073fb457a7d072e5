import { Goblet } from '@goblet/cdk';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { app } from '../app.js';

const byId = {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
};

/** The way of an order: table, stream, bus, queue, bucket, table. */
export class OrderFlow extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const orders = new Table(this, 'Orders', { ...byId, stream: StreamViewType.NEW_AND_OLD_IMAGES });
    const reports = new Table(this, 'Reports', byId);
    const eventBus = new EventBus(this, 'Shop');
    const work = new Queue(this, 'Work', { deadLetterQueue: { queue: new Queue(this, 'Dead'), maxReceiveCount: 3 } });
    const receipts = new Bucket(this, 'Receipts', { removalPolicy: RemovalPolicy.DESTROY });
    new Rule(this, 'PlacedToWork', {
      eventBus,
      eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] },
      targets: [new SqsQueue(work)],
    });

    const service = new Goblet<typeof app>(this, 'Service', {
      entry: new URL('../app.ts', import.meta.url),
      environment: {
        ORDERS_TABLE_NAME: orders.tableName,
        REPORTS_TABLE_NAME: reports.tableName,
        BUS_NAME: eventBus.eventBusName,
        RECEIPTS_BUCKET_NAME: receipts.bucketName,
      },
      sources: { changes: orders, work, receipts },
    });

    orders.grantReadWriteData(service.handler);
    reports.grantReadData(service.handler);
    const { changes, work: worker, receipts: notified, report } = service.functions;
    if (changes) eventBus.grantPutEventsTo(changes);
    if (worker) receipts.grantPut(worker);
    if (notified) orders.grantWriteData(notified);
    if (report) {
      orders.grantReadData(report);
      reports.grantWriteData(report);
    }
  }
}
