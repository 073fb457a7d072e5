import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';

// The function's role may write its log, and nothing else.
const stack = new Stack(new App(), 'Denied');
const target = new LambdaFunction(stack, 'Reader', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => {};'),
});
const table = new Table(stack, 'Users', {
  partitionKey: { name: 'name', type: AttributeType.STRING },
  stream: StreamViewType.KEYS_ONLY,
});
new EventSourceMapping(stack, 'Mapping', {
  target,
  eventSourceArn: table.tableStreamArn ?? '',
  startingPosition: StartingPosition.LATEST,
});
