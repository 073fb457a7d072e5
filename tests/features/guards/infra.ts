import { Goblet } from '@goblet/cdk';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { app as guards } from './app.js';

const app = new App();
const entry = new URL('./app.ts', import.meta.url);

const throttled = new Stack(app, 'Throttled');
const service = new Goblet<typeof guards>(throttled, 'Guards', {
  entry,
  auth: { key: { throttle: { rateLimit: 0.01, burstLimit: 2 } } },
});
const caller = new Role(throttled, 'Caller', { assumedBy: new AccountRootPrincipal() });
caller.addToPolicy(
  new PolicyStatement({
    actions: ['execute-api:Invoke'],
    resources: [service.restApi.arnForExecuteApi('GET', '/signed', 'api')],
  }),
);
new CfnOutput(throttled, 'CallerArn', { value: caller.roleArn });

new Goblet<typeof guards>(new Stack(app, 'Limited'), 'Guards', {
  entry,
  auth: { key: { quota: { limit: 3, period: Period.DAY } } },
});
