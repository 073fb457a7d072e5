import { App, Stack } from 'aws-cdk-lib';
import { Code, EventSourceMapping, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';

// The function's role may write its log, and nothing else.
const stack = new Stack(new App(), 'Denied');
const target = new LambdaFunction(stack, 'Reader', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => {};'),
});
new EventSourceMapping(stack, 'Mapping', { target, eventSourceArn: new Queue(stack, 'Jobs').queueArn });
