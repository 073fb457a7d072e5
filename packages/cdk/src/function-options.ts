import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** How one Lambda function is made. */
export interface FunctionOptions {
  /** MiB. @default 128 */
  readonly memorySize?: number;
  /** @default Duration.seconds(10) */
  readonly timeout?: Duration;
  /** @default lambda.Architecture.ARM_64 */
  readonly architecture?: lambda.Architecture;
  /** @default - a role of its own, which may write its log group and nothing else */
  readonly role?: iam.IRole;
  /** @default logs.RetentionDays.ONE_MONTH */
  readonly logRetention?: logs.RetentionDays;
  /** What becomes of the log group with the stack. @default RemovalPolicy.DESTROY */
  readonly logRemovalPolicy?: RemovalPolicy;
  /** @default - no reservation */
  readonly reservedConcurrentExecutions?: number;
  /** @default lambda.Tracing.DISABLED */
  readonly tracing?: lambda.Tracing;
  /** @default - none */
  readonly layers?: lambda.ILayerVersion[];
  /** @default 512 MiB */
  readonly ephemeralStorageSize?: Size;
  /** @default - none */
  readonly vpc?: ec2.IVpc;
  /** @default - the private subnets of the VPC */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** @default - one of its own, where there is a VPC */
  readonly securityGroups?: ec2.ISecurityGroup[];
}
