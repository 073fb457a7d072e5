import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AwsIntegration,
  HttpIntegration,
  JsonSchemaType,
  LambdaIntegration,
  PassthroughBehavior,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, FunctionUrlAuthType, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { app } from '../app.js';

const stack = new Stack(app, 'Integrations');
const queue = new Queue(stack, 'Orders');
const table = new Table(stack, 'Users', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});
const credentialsRole = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
queue.grantSendMessages(credentialsRole);
table.grantReadData(credentialsRole);

const greet = new LambdaFunction(stack, 'Greet', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline(`exports.handler = async ({ name, rawPath, rawQueryString }) => {
    if (name === 'nobody') throw new Error('[NotFound] ' + name);
    return rawPath === undefined ? { hello: name } : { rawPath, rawQueryString };
  };`),
});
const address = greet.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });

const api = new RestApi(stack, 'Api', { cloudWatchRole: false });
const order = api.addModel('Order', {
  modelName: 'Order',
  schema: { type: JsonSchemaType.OBJECT, required: ['id'], properties: { id: { type: JsonSchemaType.INTEGER } } },
});
const ok = { statusCode: '200' };
const methodResponses = [ok, { statusCode: '404' }];

api.root.addResource('orders').addMethod(
  'POST',
  new AwsIntegration({
    service: 'sqs',
    path: `${stack.account}/${queue.queueName}`,
    integrationHttpMethod: 'POST',
    options: {
      credentialsRole,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
      integrationResponses: [{ ...ok, responseTemplates: { 'application/json': '{"queued": true}' } }],
    },
  }),
  {
    methodResponses,
    requestModels: { 'application/json': order },
    requestValidatorOptions: { validateRequestBody: true },
  },
);

const user = api.root.addResource('users').addResource('{id}');
const ofTable = (action: string) =>
  new AwsIntegration({
    service: 'dynamodb',
    action,
    options: {
      credentialsRole,
      requestTemplates: {
        'application/json': `{"TableName": "${table.tableName}", "Key": {"id": {"S": "$input.params('id')"}}}`,
      },
      integrationResponses: [
        {
          ...ok,
          responseTemplates: {
            'application/json': `#set($item = $input.path('$.Item'))
{"name": "$item.name.S"#if($item == $null), "unknown": true#end}`,
          },
        },
        { statusCode: '404', selectionPattern: '4\\d{2}' },
      ],
    },
  });
user.addMethod('GET', ofTable('GetItem'), { methodResponses });
user.addMethod('DELETE', ofTable('DeleteItem'), { methodResponses });

api.root
  .addResource('greet')
  .addResource('{name}')
  .addMethod(
    'GET',
    new LambdaIntegration(greet, {
      proxy: false,
      requestTemplates: { 'application/json': '{"name": "$input.params(\'name\')"}' },
      integrationResponses: [ok, { statusCode: '404', selectionPattern: '\\[NotFound\\].*' }],
    }),
    { methodResponses },
  );

api.root
  .addResource('remote')
  .addResource('{path+}')
  .addMethod(
    'GET',
    new HttpIntegration(`${address.url}{path}`, {
      options: { requestParameters: { 'integration.request.path.path': 'method.request.path.path' } },
    }),
    { requestParameters: { 'method.request.path.path': true } },
  );

new CfnOutput(stack, 'Url', { value: api.url });
new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
new CfnOutput(stack, 'TableName', { value: table.tableName });
