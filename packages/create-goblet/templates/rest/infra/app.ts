import { App } from 'aws-cdk-lib';
import { Service } from './service.js';

const app = new App();

new Service(app, '{{Name}}Dev', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
