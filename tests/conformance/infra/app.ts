import { Goblet } from '@goblet/cdk';
import { App, Duration, Stack } from 'aws-cdk-lib';
import type { app as service } from '../service/app.js';

const app = new App();
const stack = new Stack(app, 'Conformance');
new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('../service/app.ts', import.meta.url),
  stageName: 'v1',
  memorySize: 512,
  timeout: Duration.seconds(10),
});
