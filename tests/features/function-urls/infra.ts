import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import {
  Code,
  FunctionUrlAuthType,
  HttpMethod,
  InvokeMode,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { app } from '../app.js';

const stack = new Stack(app, 'Urls');

function functionOf(id: string, source: string, environment: Record<string, string> = {}): LambdaFunction {
  const code = Code.fromInline(source);
  return new LambdaFunction(stack, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code, environment });
}

const open = functionOf(
  'Open',
  `exports.handler = async ({ rawPath, body, requestContext }) => ({
    statusCode: 201,
    cookies: ['seen=1'],
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rawPath, body, accountId: requestContext.accountId }),
  });`,
).addFunctionUrl({
  authType: FunctionUrlAuthType.NONE,
  cors: { allowedOrigins: ['https://shop.example'], allowedMethods: [HttpMethod.GET] },
});

const stream = functionOf(
  'Stream',
  `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
    const head = { statusCode: 200, headers: { 'content-type': 'text/plain' } };
    const body = awslambda.HttpResponseStream.from(stream, head);
    body.write('one ');
    await new Promise((resolve) => setTimeout(resolve, 50));
    body.end('two');
  });`,
).addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.RESPONSE_STREAM });

const guarded = functionOf(
  'Guarded',
  'exports.handler = async ({ requestContext }) => requestContext.authorizer.iam.userArn;',
).addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
const friend = new Role(stack, 'Friend', {
  assumedBy: new ArnPrincipal(`arn:${stack.partition}:iam::${stack.account}:root`),
});
const stranger = new Role(stack, 'Stranger', {
  assumedBy: new ArnPrincipal(`arn:${stack.partition}:iam::${stack.account}:root`),
});
guarded.grantInvokeUrl(friend);

// Another function is told the address of the first one.
const caller = functionOf('Caller', 'exports.handler = async () => (await fetch(process.env.OPEN_URL)).json();', {
  OPEN_URL: open.url,
});

new CfnOutput(stack, 'OpenUrl', { value: open.url });
new CfnOutput(stack, 'StreamUrl', { value: stream.url });
new CfnOutput(stack, 'GuardedUrl', { value: guarded.url });
new CfnOutput(stack, 'FriendArn', { value: friend.roleArn });
new CfnOutput(stack, 'StrangerArn', { value: stranger.roleArn });
new CfnOutput(stack, 'CallerName', { value: caller.functionName });
