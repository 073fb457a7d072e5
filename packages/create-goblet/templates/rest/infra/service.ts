import { Goblet } from '@goblet/cdk';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { app } from '../app.js';

/** Everything of one stage of the service. */
export class Service extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new Goblet<typeof app>(this, 'Api', {
      entry: new URL('../app.ts', import.meta.url),
      stageName: 'v1',
      memorySize: 128,
      timeout: Duration.seconds(10),
      environment: { GREETING: 'Hello' },
    });
  }
}
