import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { GobletError } from './errors.js';
import { at, type Inventory, type InventorySource } from './inventory.js';
import type { SourceBindings, UncheckedNeeds } from './props.js';

/** Connects every source of the app to its function. */
export function bindSources(
  scope: Construct,
  inventory: Inventory,
  functions: Readonly<Record<string, lambda.Function>>,
  bindings: NonNullable<UncheckedNeeds['sources']>,
): void {
  for (const source of inventory.sources) {
    const fn = functions[source.name];
    if (fn === undefined) {
      throw new GobletError(
        'GOBLET_CDK_SOURCE_UNHANDLED',
        `the app declares the source ${source.name} and handles it nowhere; write app.on('${source.name}', …)`,
      );
    }
    bindSource(scope, source, fn, bindings[source.name]);
  }
}

function bindSource(
  scope: Construct,
  source: InventorySource,
  fn: lambda.Function,
  binding: SourceBindings[keyof SourceBindings] | undefined,
): void {
  if (source.kind === 'queue' && binding !== undefined) {
    const batchSize = numberOption(source, 'batchSize');
    const batchWindow = numberOption(source, 'batchWindow');
    fn.addEventSource(
      new SqsEventSource(binding, {
        reportBatchItemFailures: true,
        ...(batchSize === undefined ? {} : { batchSize }),
        ...(batchWindow === undefined ? {} : { maxBatchingWindow: Duration.seconds(batchWindow) }),
      }),
    );
    return;
  }
  if (source.kind === 'schedule') {
    new events.Rule(scope, `${source.name}Schedule`, {
      schedule: events.Schedule.expression(String(source.options.expression)),
      targets: [new targets.LambdaFunction(fn)],
    });
    return;
  }
  // Invoked directly, by whoever is granted to: there is nothing to connect.
  if (source.kind === 'lambda') return;
  throw new GobletError(
    'GOBLET_CDK_NOT_SUPPORTED',
    `the construct does not bind sources of kind ${source.kind} yet, and ${source.name}${at(source.source)} is one`,
  );
}

function numberOption({ options }: InventorySource, name: string): number | undefined {
  const value = options[name];
  return typeof value === 'number' ? value : undefined;
}
