import { Goblet } from '@goblet/cdk';
import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { app } from '../app.js';
import type { app as service } from './app.js';

const stack = new Stack(app, 'Refused');
const userPool = new UserPool(stack, 'Users');
userPool.addClient('Web');
new Goblet<typeof service>(stack, 'Service', {
  entry: new URL('./app.ts', import.meta.url),
  auth: { user: userPool },
  vpc: new Vpc(stack, 'Network', { natGateways: 0 }),
});
new Secret(stack, 'Secret');
new CfnDeliveryStream(stack, 'Clicks', { deliveryStreamType: 'DirectPut' });
