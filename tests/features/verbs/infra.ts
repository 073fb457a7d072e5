import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { app as service } from './app.js';
import type { app as shop } from './shop.js';

const app = new App();
for (const [name, stageName] of [
  ['OrdersDev', 'v1'],
  ['OrdersTest', 'test'],
] as const) {
  const stack = new Stack(app, name);
  new Goblet<typeof service>(stack, 'Orders', {
    entry: new URL('./app.ts', import.meta.url),
    stageName,
    sources: { jobs: new Queue(stack, 'Jobs') },
  });
}
new Goblet<typeof shop>(new Stack(app, 'Shop'), 'Shop', {
  entry: new URL('./shop.ts', import.meta.url),
  outputs: false,
});
// Nothing of Goblet's.
new Queue(new Stack(app, 'Neighbour'), 'Queue');
