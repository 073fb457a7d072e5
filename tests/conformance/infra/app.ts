import { Goblet } from '@goblet/cdk';
import { App, Duration, Stack } from 'aws-cdk-lib';
import type { app as restService } from '../service/app.js';
import type { app as httpService } from '../service/http.js';

const app = new App();
const entry = (file: string) => new URL(`../service/${file}`, import.meta.url);
const options = { memorySize: 512, timeout: Duration.seconds(10) };

new Goblet<typeof restService>(new Stack(app, 'Conformance'), 'Service', {
  entry: entry('app.ts'),
  stageName: 'v1',
  ...options,
});
new Goblet<typeof httpService>(new Stack(app, 'ConformanceHttp'), 'Service', { entry: entry('http.ts'), ...options });
