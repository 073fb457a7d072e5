import { Goblet } from '@goblet/cdk';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { app as service } from './app.js';

const app = new App();
const entry = new URL('./app.ts', import.meta.url);
const user = { issuer: process.env.ISSUER ?? '', audience: ['web'] };

const stack = new Stack(app, 'Default');
new Goblet<typeof service>(stack, 'Service', {
  entry,
  environment: { GREETING: 'hello' },
  auth: { user },
  accessLogs: true,
  domain: {
    domainName: 'api.shop.example',
    certificate: new Certificate(stack, 'Certificate', { domainName: 'api.shop.example' }),
    basePath: 'shop/v1',
  },
});
const stranger = new Role(stack, 'Stranger', { assumedBy: new AccountRootPrincipal() });
new CfnOutput(stack, 'StrangerArn', { value: stranger.roleArn });

new Goblet<typeof service>(new Stack(app, 'Named'), 'Service', {
  entry,
  stageName: 'v2',
  stageVariables: { color: 'blue' },
  environment: { GREETING: 'hi' },
  throttle: { rateLimit: 0.01, burstLimit: 2 },
  auth: { user: { ...user, issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_123456789' } },
});
