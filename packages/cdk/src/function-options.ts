import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** Options of one Lambda function. */
export interface FunctionOptions {
  /** MiB. @default 128 */
  readonly memorySize?: number;
  /** @default Duration.seconds(10) */
  readonly timeout?: Duration;
  /** @default lambda.Architecture.ARM_64 */
  readonly architecture?: lambda.Architecture;
  /** @default - its own role, which may only write its log group */
  readonly role?: iam.IRole;
  /** @default logs.RetentionDays.ONE_MONTH */
  readonly logRetention?: logs.RetentionDays;
  /** Applies to the log group when the stack is deleted. @default RemovalPolicy.DESTROY */
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
  /** @default - its own group, if there is a VPC */
  readonly securityGroups?: ec2.ISecurityGroup[];
}
