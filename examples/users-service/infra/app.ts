import { App, RemovalPolicy } from 'aws-cdk-lib';
import { WebApi } from './web-api.js';

const app = new App();

new WebApi(app, 'WebApiDev', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
  tableRemovalPolicy: RemovalPolicy.DESTROY,
});

for (const [id, region] of [
  ['WebApiProdEuWest1', 'eu-west-1'],
  ['WebApiProdUsEast1', 'us-east-1'],
] as const) {
  new WebApi(app, id, { env: { account: '123456789012', region }, tableRemovalPolicy: RemovalPolicy.RETAIN });
}
