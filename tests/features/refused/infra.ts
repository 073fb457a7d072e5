import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { app as service } from './app.js';

const app = new App();
const stack = new Stack(app, 'Refused');
const userPool = new UserPool(stack, 'Users');
userPool.addClient('Web');
new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  auth: { user: userPool },
  vpc: new Vpc(stack, 'Network', { natGateways: 0 }),
  layers: [new LayerVersion(stack, 'Layer', { code: Code.fromAsset(new URL('.', import.meta.url).pathname) })],
});
new Secret(stack, 'Secret');
