import { Goblet } from '@goblet/cdk';
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { app as users } from '../../../examples/users-service/web-api/app.js';

const stack = new Stack(new App(), 'Beside');
const table = new Table(stack, 'Users', {
  partitionKey: { name: 'username', type: AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});
const service = new Goblet<typeof users>(stack, 'Service', {
  entry: new URL('../../../examples/users-service/web-api/app.ts', import.meta.url),
  environment: { DYNAMODB_TABLE_NAME: table.tableName },
  vpc: new Vpc(stack, 'Network', { maxAzs: 2 }),
});
table.grantReadWriteData(service.handler);

const zone = new PublicHostedZone(stack, 'Zone', { zoneName: 'users.example' });
const certificate = new Certificate(stack, 'Certificate', {
  domainName: 'api.users.example',
  validation: CertificateValidation.fromDns(zone),
});
const queue = new Queue(stack, 'Jobs', { encryption: QueueEncryption.KMS });
const secret = new Secret(stack, 'Key', { generateSecretString: { passwordLength: 24, excludePunctuation: true } });
secret.grantRead(service.handler);
queue.grantSendMessages(service.handler);

const outputs = { CertificateArn: certificate.certificateArn, QueueUrl: queue.queueUrl, SecretArn: secret.secretArn };
for (const [id, value] of Object.entries(outputs)) new CfnOutput(stack, id, { value });
