import { Goblet } from '@goblet/cdk';
import { CfnOutput, Duration, Size, Stack } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Tracing } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { app } from '../app.js';
import type { app as stages } from './app.js';
import type { app as sixty } from './sixty.js';

const entry = new URL('./app.ts', import.meta.url);

// What others own: the role of the API's function, and the account's leave to write access logs.
const shared = new Stack(app, 'Shared');
const role = new Role(shared, 'HandlerRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
const logWriter = new Role(shared, 'LogWriter', {
  assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
  managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
});
new CfnAccount(shared, 'Account', { cloudWatchRoleArn: logWriter.roleArn });
new CfnOutput(shared, 'RoleArn', { value: role.roleArn });

const blue = new Stack(app, 'Blue');
blue.addStackDependency(shared);
const certificateArn = 'arn:aws:acm:us-east-1:000000000000:certificate/0123abcd-0123-abcd-0123-0123456789ab';
const service = new Goblet<typeof stages>(blue, 'Service', {
  entry,
  stageName: 'blue',
  stageVariables: { color: 'blue' },
  environment: { GREETING: 'hello' },
  role,
  accessLogs: true,
  tracingEnabled: true,
  domain: {
    domainName: 'api.shop.example',
    certificate: Certificate.fromCertificateArn(blue, 'Certificate', certificateArn),
    basePath: 'shop',
  },
  memorySize: 192,
  functions: {
    reports: {
      memorySize: 256,
      timeout: Duration.seconds(1),
      tracing: Tracing.ACTIVE,
      architecture: Architecture.X86_64,
      ephemeralStorageSize: Size.gibibytes(1),
      logRetention: RetentionDays.THREE_DAYS,
    },
    single: { reservedConcurrentExecutions: 1 },
    APIHandlerStream: { reservedConcurrentExecutions: 1 },
  },
});
for (const name of ['reports', 'single', 'APIHandlerStream']) {
  new CfnOutput(blue, `Function${name}`, { value: service.functions[name]?.functionName ?? '' });
}
const other = new Goblet<typeof sixty>(blue, 'Sixty', {
  entry: new URL('./sixty.ts', import.meta.url),
  outputs: { prefix: 'Sixty' },
});
new CfnOutput(blue, 'SixtyFunction', { value: other.handler.functionName });

new Goblet<typeof stages>(new Stack(app, 'Green'), 'Service', {
  entry,
  environment: { GREETING: 'hi' },
  throttle: { rateLimit: 0.01, burstLimit: 2 },
});
