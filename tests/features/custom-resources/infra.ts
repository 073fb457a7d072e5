import { App, CfnOutput, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';

const stack = new Stack(new App(), 'Custom');
const asks = new Table(stack, 'Asks', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const code = (id: string, text: string) => {
  const made = new LambdaFunction(stack, id, {
    code: Code.fromInline(text),
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    timeout: Duration.seconds(30),
    environment: { TABLE: asks.tableName },
  });
  asks.grantReadWriteData(made);
  return made;
};

/** A site is ready when it has been asked for the third time; `onEvent` and `isComplete` are the framework's names. */
const waiting = new Provider(stack, 'Sites', {
  onEventHandler: code(
    'Begin',
    `exports.handler = async ({ RequestType, PhysicalResourceId, ResourceProperties: { Name } }) => ({
      PhysicalResourceId: PhysicalResourceId ?? 'site-' + Name,
      Data: { Began: RequestType },
    });`,
  ),
  isCompleteHandler: code(
    'Check',
    `const { DynamoDB } = require('@aws-sdk/client-dynamodb');
    const table = new DynamoDB({});
    exports.handler = async ({ RequestType, PhysicalResourceId, ResourceProperties: { Times } }) => {
      const { Attributes } = await table.updateItem({
        TableName: process.env.TABLE,
        Key: { id: { S: RequestType + ' ' + PhysicalResourceId } },
        UpdateExpression: 'ADD asked :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      });
      const asked = Number(Attributes.asked.N);
      if (RequestType === 'Create' && asked < Number(Times)) return { IsComplete: false };
      return { IsComplete: true, Data: { Asked: String(asked) } };
    };`,
  ),
  queryInterval: Duration.seconds(1),
  totalTimeout: Duration.seconds(process.env.SITE_TIMEOUT ? Number(process.env.SITE_TIMEOUT) : 60),
});

/** Without `isComplete` the answer of `onEvent` is the resource. */
const atOnce = new Provider(stack, 'Names', {
  onEventHandler: code(
    'Name',
    `exports.handler = async ({ ResourceProperties: { Name } }) => ({
      PhysicalResourceId: 'name-' + Name, Data: { Upper: Name.toUpperCase() },
    });`,
  ),
});

const site = new CustomResource(stack, 'Site', {
  resourceType: 'Custom::Site',
  serviceToken: waiting.serviceToken,
  properties: { Name: 'shop', Times: process.env.SITE_TIMES ?? '3' },
});
const name = new CustomResource(stack, 'Named', {
  resourceType: 'Custom::Name',
  serviceToken: atOnce.serviceToken,
  properties: { Name: 'shop' },
});
const outputs = {
  Site: site.ref,
  Began: site.getAttString('Began'),
  Asked: site.getAttString('Asked'),
  Upper: name.getAttString('Upper'),
};
for (const [id, value] of Object.entries(outputs))
  new CfnOutput(stack, id === 'Site' ? 'SiteId' : id, { key: id, value });
