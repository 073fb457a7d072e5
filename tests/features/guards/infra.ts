import { Goblet } from '@goblet/cdk';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { app } from '../app.js';
import type { app as guards } from './app.js';

const entry = new URL('./app.ts', import.meta.url);

const poolArn = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_123456789';

const throttled = new Stack(app, 'Throttled');
const service = new Goblet<typeof guards>(throttled, 'Guards', {
  entry,
  auth: {
    key: { throttle: { rateLimit: 0.01, burstLimit: 2 } },
    user: UserPool.fromUserPoolArn(throttled, 'Users', poolArn),
  },
});
const caller = new Role(throttled, 'Caller', { assumedBy: new AccountRootPrincipal() });
caller.addToPolicy(
  new PolicyStatement({
    actions: ['execute-api:Invoke'],
    resources: [service.restApi.arnForExecuteApi('GET', '/signed', 'api')],
  }),
);
new CfnOutput(throttled, 'CallerArn', { value: caller.roleArn });

const limited = new Stack(app, 'Limited');
new Goblet<typeof guards>(limited, 'Guards', {
  entry,
  auth: {
    key: { quota: { limit: 3, period: Period.DAY } },
    user: UserPool.fromUserPoolArn(limited, 'Users', poolArn),
  },
});
