import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { asynchronously } from './asynchronous.js';
import type { BoundSource } from './source-target.js';

/** A bus, and the handling of events that the function did not process. */
export interface BusBinding extends lambda.EventInvokeConfigOptions {
  readonly eventBus: events.IEventBusRef;
  /**
   * Receives the events that EventBridge could not deliver to Lambda.
   * @default - they are lost
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

export const busSource: BoundSource<BusBinding> = {
  takes: 'an EventBridge bus',
  resource: 'eventBus',
  mark: 'eventBusRef',
  bind: ({ scope, source, fn }, { eventBus, deadLetterQueue, ...invocation }) => {
    new events.Rule(scope, `${source.name}Rule`, {
      eventBus,
      // The pattern is in EventBridge's own syntax, and Rule passes it on unchanged.
      eventPattern: source.options.pattern as events.EventPattern,
      targets: [new targets.LambdaFunction(fn, deadLetterQueue === undefined ? {} : { deadLetterQueue })],
    });
    asynchronously(fn, invocation);
  },
};
