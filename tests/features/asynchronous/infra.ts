import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EventBridgeDestination, S3Destination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';

const stack = new Stack(app, 'Asynchronous');

const told = new Queue(stack, 'Told');
const bus = new EventBus(stack, 'Bus');
new Rule(stack, 'Results', { eventBus: bus, eventPattern: { source: ['lambda'] }, targets: [new SqsQueue(told)] });

const dead = new Queue(stack, 'Dead');
const handles = new LambdaFunction(stack, 'Handles', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline(
    'exports.handler = async ({ fail }) => { if (fail) throw new Error("on purpose"); return "handled"; };',
  ),
  retryAttempts: 0,
  onSuccess: new EventBridgeDestination(bus),
  onFailure: new EventBridgeDestination(bus),
  deadLetterQueue: dead,
});

const kept = new Bucket(stack, 'Kept', { removalPolicy: RemovalPolicy.DESTROY });
const fails = new LambdaFunction(stack, 'Fails', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => { throw new Error("on purpose"); };'),
  retryAttempts: 0,
  onFailure: new S3Destination(kept),
});

// Provisioned concurrency is stored, and says so once at the deployment.
new Alias(stack, 'Live', { aliasName: 'live', version: handles.currentVersion, provisionedConcurrentExecutions: 1 });

for (const [name, value] of Object.entries({
  Handles: handles.functionName,
  Fails: fails.functionName,
  ToldUrl: told.queueUrl,
  DeadUrl: dead.queueUrl,
  KeptName: kept.bucketName,
})) {
  new CfnOutput(stack, `${name}Output`, { value });
}
