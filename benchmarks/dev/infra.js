// The users service twice: with the SDK in its bundle, and with the one that Lambda's runtime has.
import { fileURLToPath } from 'node:url';
import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

const app = new App();
const SDK = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'];

for (const [name, external] of [
  ['Bundled', []],
  ['NotBundled', SDK],
]) {
  const stack = new Stack(app, name);
  const table = new dynamodb.Table(stack, 'Users', {
    partitionKey: { name: 'username', type: dynamodb.AttributeType.STRING },
  });
  const goblet = new Goblet(stack, 'WebApi', {
    entry: fileURLToPath(new URL('web-api/app.ts', import.meta.url)),
    environment: { DYNAMODB_TABLE_NAME: table.tableName },
    external,
  });
  table.grantReadData(goblet);
}
