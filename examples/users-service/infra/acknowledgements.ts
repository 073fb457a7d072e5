import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Rules of cdk-nag's Serverless pack that this service does not follow, each with the reason. */
const REASONS: Readonly<Record<string, string>> = {
  'Serverless-LambdaDLQ': 'API Gateway waits for the handler’s answer, so no failed event remains for a queue',
  'Serverless-LambdaLatestVersion': 'the bundle is built for Node.js 22, which Lambda supports',
  'Serverless-LambdaTracing': 'a request makes one call to DynamoDB, and its log line has the result',
  'Serverless-APIGWXrayEnabled': 'the handler is not traced, so there is nothing to trace here',
  'Serverless-APIGWAccessLogging': 'it needs a role in the account’s settings, which this stack does not change',
  'Serverless-APIGWDefaultThrottling': 'the account’s throttle applies to this service alone: no other API shares it',
};

/** Acknowledges these findings for everything below a construct. */
export function acknowledgeFindings(scope: IConstruct): void {
  Validations.of(scope).acknowledge(...Object.entries(REASONS).map(([id, reason]) => ({ id, reason })));
}
