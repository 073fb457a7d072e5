import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type { SourceTarget } from './source-target.js';

export function bindSchedule({ scope, source, fn }: SourceTarget): void {
  new events.Rule(scope, `${source.name}Schedule`, {
    schedule: events.Schedule.expression(String(source.options.expression)),
    targets: [new targets.LambdaFunction(fn)],
  });
}
