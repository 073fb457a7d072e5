import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionOptions } from './function-options.js';
import { grantedBy } from './stack-principal.js';

export interface AppFunctionProps {
  readonly name: string;
  readonly code: lambda.Code;
  readonly environment: Readonly<Record<string, string>>;
  readonly options: FunctionOptions;
  readonly description: string;
}

/**
 * One function of the app, with a log group that is deleted with the stack. A policy in this stack gives the function's
 * role, given or created, the permissions that Lambda itself needs; a role of another stack therefore causes no
 * circular dependency. An imported role that must not be changed, or belongs to another account, must have these
 * permissions already.
 */
export function appFunction(scope: Construct, props: AppFunctionProps): lambda.Function {
  const { name, options } = props;
  const logGroup = new logs.LogGroup(scope, `${name}Logs`, {
    retention: options.logRetention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: options.logRemovalPolicy ?? RemovalPolicy.DESTROY,
  });
  const role =
    options.role ?? new iam.Role(scope, `${name}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const run = new iam.Policy(scope, policyId(name), {
    statements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      ...(options.vpc === undefined ? [] : [networkInterfaces()]),
    ],
  });
  role.attachInlinePolicy(run);
  const fn = new lambda.Function(scope, name, {
    description: props.description,
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: options.architecture ?? lambda.Architecture.ARM_64,
    handler: `index.${name}`,
    code: props.code,
    memorySize: options.memorySize ?? 128,
    timeout: options.timeout ?? Duration.seconds(10),
    environment: { ...props.environment },
    role,
    logGroup,
    ...(options.reservedConcurrentExecutions === undefined
      ? {}
      : { reservedConcurrentExecutions: options.reservedConcurrentExecutions }),
    ...(options.tracing === undefined ? {} : { tracing: options.tracing }),
    ...(options.layers === undefined ? {} : { layers: options.layers }),
    ...(options.vpc === undefined ? {} : { vpc: options.vpc }),
    ...(options.vpcSubnets === undefined ? {} : { vpcSubnets: options.vpcSubnets }),
    ...(options.securityGroups === undefined ? {} : { securityGroups: options.securityGroups }),
    ...(options.ephemeralStorageSize === undefined ? {} : { ephemeralStorageSize: options.ephemeralStorageSize }),
  });
  fn.node.addDependency(run);
  return fn;
}

const policyId = (name: string) => `${name}Policy`;

/** The policy with which this stack gives permissions to a function's role, for more permissions. */
function functionPolicy(scope: Construct, name: string): iam.Policy {
  // Created under this id by appFunction.
  return scope.node.findChild(policyId(name)) as iam.Policy;
}

/** The role of a function; grants go to this stack's policy. */
export function functionGrantee(scope: Construct, name: string, fn: lambda.Function): iam.IGrantable {
  return fn.role === undefined ? fn : grantedBy(functionPolicy(scope, name), fn.role);
}

/**
 * The permissions with which Lambda runs a function in a VPC; these actions take no resource ("Giving Lambda functions
 * access to a VPC").
 */
function networkInterfaces(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}
