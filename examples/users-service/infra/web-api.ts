import { Goblet } from '@goblet/cdk';
import { CfnOutput, Duration, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { app } from '../web-api/app.js';
import { acknowledgeFindings } from './acknowledgements.js';

export interface WebApiProps extends StackProps {
  /** Applies to the users table when the stack is destroyed. */
  readonly tableRemovalPolicy: RemovalPolicy;
}

/** The users service of one stage: its table, the role of its API handler, and the app. */
export class WebApi extends Stack {
  /** The function that serves the routes; other stacks may grant it permissions. */
  readonly handler: lambda.Function;

  constructor(scope: Construct, id: string, props: WebApiProps) {
    super(scope, id, props);

    const table = new dynamodb.Table(this, 'UsersTable', {
      partitionKey: { name: 'username', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      removalPolicy: props.tableRemovalPolicy,
    });
    new CfnOutput(this, 'UsersTableName', { value: table.tableName });

    const role = new iam.Role(this, 'APIHandlerRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    table.grants.actions(role, 'dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem', 'dynamodb:Scan');

    const webApi = new Goblet<typeof app>(this, 'WebApi', {
      entry: new URL('../web-api/app.ts', import.meta.url),
      stageName: 'v1',
      memorySize: 128,
      timeout: Duration.seconds(10),
      environment: { DYNAMODB_TABLE_NAME: table.tableName },
      role,
    });
    acknowledgeFindings(webApi);
    this.handler = webApi.handler;
  }
}
