import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const app = new App();

/** A function whose role may write its log, and nothing else. */
const readerOf = (stack: Stack) =>
  new LambdaFunction(stack, 'Reader', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });

const queue = new Stack(app, 'DeniedQueue');
new EventSourceMapping(queue, 'Mapping', {
  target: readerOf(queue),
  eventSourceArn: new Queue(queue, 'Jobs').queueArn,
});

const stream = new Stack(app, 'DeniedStream');
const table = new Table(stream, 'Users', {
  partitionKey: { name: 'name', type: AttributeType.STRING },
  stream: StreamViewType.KEYS_ONLY,
});
new EventSourceMapping(stream, 'Mapping', {
  target: readerOf(stream),
  eventSourceArn: table.tableStreamArn ?? '',
  startingPosition: StartingPosition.LATEST,
});
