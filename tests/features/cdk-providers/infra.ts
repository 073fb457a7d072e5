import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogRetention, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';

const app = new App();
const stackIn = (id: string, region: string) =>
  new Stack(app, id, { env: { account: '000000000000', region }, crossRegionReferences: true });
const removed = { removalPolicy: RemovalPolicy.DESTROY };

const far = stackIn('Far', 'us-west-2');
const archive = new Bucket(far, 'Archive', removed);

const near = stackIn('Near', 'eu-west-1');
const site = new Bucket(near, 'Site', { ...removed, autoDeleteObjects: true });
const arrivals = new Queue(near, 'Arrivals');
site.addObjectCreatedNotification(new SqsDestination(arrivals), { prefix: 'uploads/' });
new BucketDeployment(near, 'Pages', {
  destinationBucket: site,
  sources: [Source.data('index.html', '<p>hello</p>')],
  prune: false,
});
new LogRetention(near, 'Kept', { logGroupName: '/shop/kept', retention: RetentionDays.ONE_WEEK });

// Of a stack without a region of its own, zones need not be looked up.
new Vpc(new Stack(app, 'Network'), 'Network', { natGateways: 0, restrictDefaultSecurityGroup: true });

const ssm = { service: 'SSM' };
const Name = '/shop/made-by-a-call';
const parameter = new AwsCustomResource(near, 'Parameter', {
  onCreate: {
    ...ssm,
    action: 'putParameter',
    parameters: { Name, Value: 'made', Type: 'String' },
    physicalResourceId: PhysicalResourceId.of(Name),
  },
  onDelete: { ...ssm, action: 'deleteParameter', parameters: { Name } },
  policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
});

const outputs = {
  ArchiveName: archive.bucketName,
  SiteName: site.bucketName,
  QueueUrl: arrivals.queueUrl,
  ParameterVersion: parameter.getResponseField('Version'),
};
for (const [id, value] of Object.entries(outputs)) new CfnOutput(near, id, { value });
