import { Goblet } from '@goblet/cdk';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';
import type { app as service } from './app.js';

const stack = new Stack(app, 'TableStreams');
const lost = new Queue(stack, 'Lost');
const table = new TableV2(stack, 'Users', {
  partitionKey: { name: 'name', type: AttributeType.STRING },
  dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
});
const goblet = new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  environment: { TABLE_NAME: table.tableName },
  sources: { changes: { table, onFailure: new SqsDlq(lost) }, joined: table },
});
table.grantWriteData(goblet.handler);

new CfnOutput(stack, 'TableName', { value: table.tableName });
new CfnOutput(stack, 'StreamArn', { value: table.tableStreamArn ?? '' });
new CfnOutput(stack, 'LostUrl', { value: lost.queueUrl });
new CfnOutput(stack, 'ChangesFunction', { value: goblet.functions.changes?.functionName ?? '' });
