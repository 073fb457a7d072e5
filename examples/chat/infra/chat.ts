import { Goblet } from '@goblet/cdk';
import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { app } from '../app.js';

/** The table of members, and the WebSocket API. */
export class Chat extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const members = new Table(this, 'Members', {
      partitionKey: { name: 'connectionId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    members.addGlobalSecondaryIndex({
      indexName: 'byRoom',
      partitionKey: { name: 'room', type: AttributeType.STRING },
    });
    const service = new Goblet<typeof app>(this, 'Service', {
      entry: new URL('../app.ts', import.meta.url),
      stageName: 'v1',
      environment: { MEMBERS_TABLE_NAME: members.tableName },
    });
    const { chat } = service.functions;
    if (chat) members.grantReadWriteData(chat);
    new CfnOutput(this, 'MembersTableName', { value: members.tableName });
  }
}
