import { Goblet } from '@goblet/cdk';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CognitoUserPoolsAuthorizer, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { app } from '../app.js';
import type { app as people } from './app.js';

const stack = new Stack(app, 'People');
const code = (text: string) => ({
  code: Code.fromInline(text),
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  timeout: Duration.seconds(10),
});

const users = new UserPool(stack, 'Users', { selfSignUpEnabled: true, autoVerify: { email: true } });
users.addTrigger(
  UserPoolOperation.PRE_TOKEN_GENERATION,
  new LambdaFunction(
    stack,
    'Claims',
    code(`exports.handler = async (event) => ({
      ...event,
      response: { claimsOverrideDetails: { claimsToAddOrOverride: { tenant: 'shop' } } },
    });`),
  ),
);
const authFlows = { userPassword: true, adminUserPassword: true };
const web = users.addClient('Web', { authFlows });
const machine = users.addClient('Machine', { authFlows, generateSecret: true });

// Answers with the claims that the gateway hands on.
const echo = new LambdaFunction(
  stack,
  'Echo',
  code(`exports.handler = async ({ requestContext: { authorizer } }) => ({
    statusCode: 200,
    body: JSON.stringify((authorizer.jwt ?? authorizer).claims),
  });`),
);

const rest = new RestApi(stack, 'Rest', { cloudWatchRole: false });
rest.root.addMethod('GET', new LambdaIntegration(echo), {
  authorizer: new CognitoUserPoolsAuthorizer(stack, 'RestUsers', { cognitoUserPools: [users] }),
});

const http = new HttpApi(stack, 'Http');
http.addRoutes({
  path: '/',
  integration: new HttpLambdaIntegration('Echo', echo),
  authorizer: new HttpUserPoolAuthorizer('HttpUsers', users, { userPoolClients: [web] }),
});

new Goblet<typeof people>(stack, 'Service', { entry: new URL('./app.ts', import.meta.url), auth: { user: users } });

for (const [name, value] of Object.entries({
  PoolId: users.userPoolId,
  WebId: web.userPoolClientId,
  MachineId: machine.userPoolClientId,
  // Read by a custom resource, which asks DescribeUserPoolClient.
  MachineSecret: machine.userPoolClientSecret.unsafeUnwrap(),
  RestUrl: rest.url,
  HttpUrl: http.apiEndpoint,
})) {
  new CfnOutput(stack, name, { value });
}
